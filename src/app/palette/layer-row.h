/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "layers/layer.h"

G_BEGIN_DECLS

#define STRATA_TYPE_LAYER_ROW (strata_layer_row_get_type ())
G_DECLARE_FINAL_TYPE (StrataLayerRow, strata_layer_row, STRATA, LAYER_ROW, GtkListBoxRow)

GtkWidget             *strata_layer_row_new      (const StrataLayerInfo *info, gboolean draggable);
const StrataLayerInfo *strata_layer_row_get_info (StrataLayerRow *self);
int                    strata_layer_row_match    (StrataLayerRow *self, const char *search);

G_END_DECLS
