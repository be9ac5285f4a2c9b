/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../window/pointer.h"

#include "canvas/canvas-private.h"
#include "canvas/metrics.h"
#include "views/design-view.h"

/* What the tests with a real pointer on the canvas share. */

/* Rows far enough apart for the cards of any font. */
#define ROW 176

/* An input, a flatten and a dense layer in a row, and a dropout beside them that has no wires. */
typedef struct
{
  StrataDocument *document;
  StrataDocNode *input, *flatten, *dense, *dropout;
  StrataDesignView *view;
  StrataCanvas *canvas;
  StrataSelection *selection;
  GtkWidget *window;
} Fixture;

static inline gboolean
fills_screen (gpointer window)
{
  return gtk_widget_get_mapped (window) && gtk_widget_get_width (window) > 1500;
}

static inline void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->document = strata_document_new ();
  self->input = strata_document_add_node (self->document, "InputLayer", NULL, 0, 0, NULL);
  self->flatten = strata_document_add_node (self->document, "Flatten", NULL, 0, ROW, NULL);
  self->dense = strata_document_add_node (self->document, "Dense", NULL, 0, 2 * ROW, NULL);
  self->dropout = strata_document_add_node (self->document, "Dropout", NULL, 400, 2 * ROW, NULL);
  strata_document_connect (self->document, self->input, 0, self->flatten, 0, NULL);
  strata_document_connect (self->document, self->flatten, 0, self->dense, 0, NULL);
  self->view = STRATA_DESIGN_VIEW (strata_design_view_new (self->document));
  self->canvas = strata_design_view_get_canvas (self->view);
  self->selection = strata_design_view_get_selection (self->view);
  self->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->view));
  gtk_window_fullscreen (GTK_WINDOW (self->window));
  gtk_window_present (GTK_WINDOW (self->window));
  wait_until (fills_screen, self->window, 20);
  settle (50);
}

static inline void
tear_down (Fixture      *self,
           gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  settle (50);
  g_object_unref (self->document);
}

/* Where a point of the canvas is on the screen. */
static inline graphene_point_t
at (Fixture *self,
    double   x,
    double   y)
{
  graphene_point_t point;

  strata_canvas_to_widget (self->canvas, x, y, &point);
  g_assert_true (gtk_widget_compute_point (GTK_WIDGET (self->canvas), self->window, &point, &point));
  return point;
}

/* A point of a card, from 0 to 1. */
static inline graphene_point_t
on_card (Fixture       *self,
         StrataDocNode *node,
         double         x,
         double         y)
{
  graphene_rect_t area;

  strata_canvas_get_card_area (self->canvas, node, &area);
  return at (self, area.origin.x + x * area.size.width, area.origin.y + y * area.size.height);
}

/* The middle of the wire between two cards of one column. */
static inline graphene_point_t
between (Fixture       *self,
         StrataDocNode *above,
         StrataDocNode *below)
{
  graphene_rect_t area;

  strata_canvas_get_card_area (self->canvas, above, &area);
  return at (self, area.origin.x + area.size.width / 2,
             (area.origin.y + area.size.height + strata_doc_node_get_y (below)) / 2);
}

static inline void
point_at (graphene_point_t place)
{
  hand ("mousemove %d %d", (int) place.x, (int) place.y);
  settle (20);
}

static inline void
click (graphene_point_t place,
       const char      *modifier)
{
  if (modifier != NULL)
    hand ("keydown %s", modifier);
  click_at (place);
  if (modifier != NULL)
    hand ("keyup %s", modifier);
}
