/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "canvas/node-widget.h"

G_BEGIN_DECLS

/* The lines of text on a card. */
typedef enum
{
  LINE_NAME,
  LINE_CLASS,
  LINE_WORDS,
  LINE_SHAPE,
  LINE_COUNT,
  LINE_LARGE_NAME,
  N_LINES,
} StrataNodeLine;

struct _StrataNodeWidget
{
  GtkWidget parent_instance;

  StrataDocNode *node;
  StrataFlow flow;
  StrataPort port;
  StrataPortState port_state;
  gboolean sample;
  gboolean error, warning;

  char *name, *words, *shape, *count, *problems;
  guint n_ports, n_wires, revision;
  PangoLayout *lines[N_LINES];
  GtkIconPaintable *icon;
};

void strata_node_widget_drop_layouts (StrataNodeWidget *self);
void strata_node_widget_snapshot     (GtkWidget *widget, GtkSnapshot *snapshot);

PangoLayout *strata_node_widget_get_name_layout (StrataNodeWidget *self);

G_END_DECLS
