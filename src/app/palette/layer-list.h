/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "layers/layer.h"

G_BEGIN_DECLS

#define STRATA_TYPE_LAYER_LIST (strata_layer_list_get_type ())
G_DECLARE_FINAL_TYPE (StrataLayerList, strata_layer_list, STRATA, LAYER_LIST, GtkWidget)

/* Tells whether a layer is offered, or comes first. */
typedef gboolean (*StrataLayerFilter) (const StrataLayerInfo *info, gpointer user_data);

/* Signal: chosen (class name) */
GtkWidget *strata_layer_list_new        (gboolean draggable);
void       strata_layer_list_set_filter (StrataLayerList *self, StrataLayerFilter filter, gpointer user_data);
void       strata_layer_list_prefer     (StrataLayerList *self, StrataLayerFilter preferred, gpointer user_data);
void       strata_layer_list_search     (StrataLayerList *self, const char *text);
guint      strata_layer_list_get_n_shown (StrataLayerList *self);
const char *strata_layer_list_get_best  (StrataLayerList *self);

G_END_DECLS
