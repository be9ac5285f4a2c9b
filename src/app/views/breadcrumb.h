/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "canvas/canvas.h"

G_BEGIN_DECLS

#define STRATA_TYPE_BREADCRUMB (strata_breadcrumb_get_type ())
G_DECLARE_FINAL_TYPE (StrataBreadcrumb, strata_breadcrumb, STRATA, BREADCRUMB, GtkWidget)

GtkWidget *strata_breadcrumb_new (StrataCanvas *canvas);

G_END_DECLS
