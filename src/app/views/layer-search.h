/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "canvas/canvas.h"

G_BEGIN_DECLS

#define STRATA_TYPE_LAYER_SEARCH (strata_layer_search_get_type ())
G_DECLARE_FINAL_TYPE (StrataLayerSearch, strata_layer_search, STRATA, LAYER_SEARCH, GtkPopover)

GtkWidget *strata_layer_search_new  (StrataCanvas *canvas);
void       strata_layer_search_open (StrataLayerSearch *self, double x, double y);

G_END_DECLS
