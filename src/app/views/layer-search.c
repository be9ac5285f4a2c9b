/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "views/layer-search.h"

#include "canvas/text.h"
#include "palette/layer-list.h"

/* In ordinary text; larger text takes more, though not more than the window has. */
#define WIDTH 300
#define HEIGHT 340
#define MOST_OF_WINDOW 0.7

/**
 * StrataLayerSearch:
 *
 * Layers to choose from at a place of the canvas, by typing what they are called.
 */
struct _StrataLayerSearch
{
  GtkPopover parent_instance;

  StrataCanvas *canvas;
  StrataLayerList *list;
};

G_DEFINE_FINAL_TYPE (StrataLayerSearch, strata_layer_search, GTK_TYPE_POPOVER)

static void
strata_layer_search_class_init (StrataLayerSearchClass *klass)
{
}

static void
strata_layer_search_init (StrataLayerSearch *self)
{
}

static void
chosen_cb (StrataLayerSearch *self,
           const char        *class_name)
{
  StrataDocNode *node;

  gtk_popover_popdown (GTK_POPOVER (self));
  node = strata_canvas_add_layer (self->canvas, class_name);
  if (node != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (strata_canvas_get_card (self->canvas, node)));
}

/**
 * strata_layer_search_new:
 * @canvas: what the layers are added to
 *
 * Returns: a popover of @canvas, which has to be unparented before @canvas goes
 */
GtkWidget *
strata_layer_search_new (StrataCanvas *canvas)
{
  StrataLayerSearch *self = g_object_new (STRATA_TYPE_LAYER_SEARCH, "has-arrow", FALSE, "position", GTK_POS_BOTTOM,
                                          NULL);

  self->canvas = canvas;
  self->list = STRATA_LAYER_LIST (strata_layer_list_new (FALSE));
  strata_layer_list_prefer (self->list, strata_canvas_suits, canvas);
  g_signal_connect_object (self->list, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_popover_set_child (GTK_POPOVER (self), GTK_WIDGET (self->list));
  gtk_widget_add_css_class (GTK_WIDGET (self), "layer-search");
  gtk_widget_set_parent (GTK_WIDGET (self), GTK_WIDGET (canvas));
  return GTK_WIDGET (self);
}

static void
fit (StrataLayerSearch *self)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self->canvas)));
  double scale = strata_text_get_scale (GTK_WIDGET (self->canvas));
  double width = MIN (scale * WIDTH, MOST_OF_WINDOW * gtk_widget_get_width (root));
  double height = MIN (scale * HEIGHT, MOST_OF_WINDOW * gtk_widget_get_height (root));

  gtk_widget_set_size_request (GTK_WIDGET (self->list), (int) width, (int) height);
}

/**
 * strata_layer_search_open:
 * @x: where on the canvas
 * @y: where on the canvas
 *
 * Offers all layers, or those that fit the wire that one is searched for.
 */
void
strata_layer_search_open (StrataLayerSearch *self,
                          double             x,
                          double             y)
{
  fit (self);
  strata_layer_list_set_filter (self->list, strata_canvas_offers, self->canvas);
  gtk_popover_set_pointing_to (GTK_POPOVER (self), &(GdkRectangle){ x, y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self));
  strata_layer_list_search (self->list, "");
}
