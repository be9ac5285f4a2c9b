/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "canvas/ports.h"

G_BEGIN_DECLS

/**
 * StrataPortState:
 *
 * How the pointer is about to use a port.
 */
typedef enum
{
  STRATA_PORT_IDLE,
  STRATA_PORT_HOVER,
  STRATA_PORT_FITS,
  STRATA_PORT_FAILS,
} StrataPortState;

#define STRATA_TYPE_NODE_WIDGET (strata_node_widget_get_type ())
G_DECLARE_FINAL_TYPE (StrataNodeWidget, strata_node_widget, STRATA, NODE_WIDGET, GtkWidget)

GtkWidget     *strata_node_widget_new          (StrataDocNode *node);
GtkWidget     *strata_node_widget_new_sample   (StrataDocNode *node);
StrataDocNode *strata_node_widget_get_node     (StrataNodeWidget *self);
gboolean       strata_node_widget_refresh      (StrataNodeWidget *self);
gboolean       strata_node_widget_fit          (StrataNodeWidget *self);
void           strata_node_widget_set_flow     (StrataNodeWidget *self, StrataFlow flow);
void           strata_node_widget_set_selected (StrataNodeWidget *self, gboolean selected);
void           strata_node_widget_set_share    (StrataNodeWidget *self, double share);
void           strata_node_widget_set_port     (StrataNodeWidget *self, const StrataPort *port, StrataPortState state);
gboolean       strata_node_widget_is_on_badge  (StrataNodeWidget *self, const graphene_point_t *point);

/* What is written on it, for tests and tooltips */
const char    *strata_node_widget_get_shape_text (StrataNodeWidget *self);
const char    *strata_node_widget_get_words      (StrataNodeWidget *self);
char          *strata_node_widget_dup_hint       (StrataNodeWidget *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
