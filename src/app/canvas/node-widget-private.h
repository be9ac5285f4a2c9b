/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "canvas/card-layout.h"
#include "canvas/node-widget.h"
#include "canvas/sprites.h"

G_BEGIN_DECLS

struct _StrataNodeWidget
{
  GtkWidget parent_instance;

  StrataDocNode *node;
  StrataFlow flow;
  StrataPort port;
  StrataPortState port_state;
  gboolean sample;
  gboolean error, warning;
  double share;                 /* of the parameters of the largest, or -1 where that is not shown */

  char *name, *words, *shape, *short_shape, *count, *problems;
  guint n_ports, n_wires, revision;
  PangoLayout *lines[STRATA_CARD_N_LINES];
  StrataCardLayout layout;
  GtkIconPaintable *icon;
  StrataSprites *sprites;       /* of the canvas, or NULL */
  double scale;                 /* they are drawn for */
};

void         strata_node_widget_drop_layouts (StrataNodeWidget *self);
void         strata_node_widget_snapshot     (GtkWidget *widget, GtkSnapshot *snapshot);
void         strata_node_widget_set_sprites  (StrataNodeWidget *self, StrataSprites *sprites, double scale);
PangoLayout *strata_node_widget_get_line     (StrataNodeWidget *self, StrataCardLine line);

G_END_DECLS
