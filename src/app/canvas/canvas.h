/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "canvas/node-widget.h"
#include "canvas/selection.h"

G_BEGIN_DECLS

#define STRATA_TYPE_CANVAS (strata_canvas_get_type ())
G_DECLARE_FINAL_TYPE (StrataCanvas, strata_canvas, STRATA, CANVAS, GtkWidget)

/*
 * Property: zoom (1 is 100 %).
 * Signals: notice (text), something to tell the user for a moment; search (x, y), where a layer shall be chosen, to
 * be answered with strata_canvas_add_layer(); scope-changed (), when another group is looked into.
 */
GtkWidget        *strata_canvas_new           (StrataDocument *document, StrataSelection *selection);
StrataDocument   *strata_canvas_get_document  (StrataCanvas *self);
StrataNodeWidget *strata_canvas_get_card      (StrataCanvas *self, StrataDocNode *node);

/* What is shown */
void              strata_canvas_set_controls  (StrataCanvas *self, GtkWidget *controls);
void              strata_canvas_measure_controls (StrataCanvas *self, int *width, int *height);
double            strata_canvas_get_zoom      (StrataCanvas *self);
void              strata_canvas_set_zoom      (StrataCanvas *self, double zoom);
void              strata_canvas_zoom_to (StrataCanvas *self, double zoom);
void              strata_canvas_zoom_in       (StrataCanvas *self);
void              strata_canvas_zoom_out      (StrataCanvas *self);
void              strata_canvas_zoom_to_fit   (StrataCanvas *self);
void              strata_canvas_reveal        (StrataCanvas *self, StrataDocNode *node);
void              strata_canvas_to_widget     (StrataCanvas *self, double x, double y, graphene_point_t *result);

void              strata_canvas_center_on     (StrataCanvas *self, double x, double y);
void              strata_canvas_get_middle    (StrataCanvas *self, graphene_point_t *middle);
gboolean          strata_canvas_get_amounts (StrataCanvas *self);
void              strata_canvas_set_amounts (StrataCanvas *self, gboolean amounts);
void              strata_canvas_show_at       (StrataCanvas *self, double x, double y, double zoom);
void              strata_canvas_set_scope     (StrataCanvas *self, StrataDocNode *group);
StrataDocNode    *strata_canvas_get_scope     (StrataCanvas *self);

/* Editing */
StrataDocNode    *strata_canvas_add_layer     (StrataCanvas *self, const char *class_name);
StrataDocNode    *strata_canvas_append_layer  (StrataCanvas *self, const char *class_name);
void              strata_canvas_begin_search  (StrataCanvas *self);
gboolean          strata_canvas_offers        (const StrataLayerInfo *info, gpointer canvas);
gboolean          strata_canvas_suits         (const StrataLayerInfo *info, gpointer canvas);
gboolean          strata_canvas_drop_layer    (StrataCanvas *self, const char *class_name, double x, double y);
StrataDocWire    *strata_canvas_find_wire     (StrataCanvas *self, double x, double y);

G_END_DECLS
