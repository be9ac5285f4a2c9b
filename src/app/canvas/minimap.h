/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "canvas/canvas.h"

G_BEGIN_DECLS

#define STRATA_TYPE_MINIMAP (strata_minimap_get_type ())
G_DECLARE_FINAL_TYPE (StrataMinimap, strata_minimap, STRATA, MINIMAP, GtkWidget)

GtkWidget *strata_minimap_new (StrataCanvas *canvas);

G_END_DECLS
