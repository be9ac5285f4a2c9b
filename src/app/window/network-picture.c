/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "window/network-picture.h"

#include <adwaita.h>
#include <math.h>

#include "canvas/category.h"

#define HEIGHT 128
#define GAP 5
#define MARGIN 18

typedef struct
{
  const char *category;
  double width, height;
} Block;

/**
 * StrataNetworkPicture:
 *
 * A network as a row of blocks: as high as the picture or the list that leaves
 * the layer, as wide as its channels, in the colour of the layer's category.
 */
struct _StrataNetworkPicture
{
  GtkWidget parent_instance;

  GArray *blocks;
};

G_DEFINE_FINAL_TYPE (StrataNetworkPicture, strata_network_picture, GTK_TYPE_WIDGET)

static void
strata_network_picture_finalize (GObject *object)
{
  g_array_unref (STRATA_NETWORK_PICTURE (object)->blocks);

  G_OBJECT_CLASS (strata_network_picture_parent_class)->finalize (object);
}

static void
strata_network_picture_snapshot (GtkWidget   *widget,
                                 GtkSnapshot *snapshot)
{
  StrataNetworkPicture *self = STRATA_NETWORK_PICTURE (widget);
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  double width = gtk_widget_get_width (widget) - 2 * MARGIN, height = gtk_widget_get_height (widget) - 2 * MARGIN;
  double sum = 0, scale, x;

  for (guint i = 0; i < self->blocks->len; i++)
    sum += g_array_index (self->blocks, Block, i).width;
  if (self->blocks->len == 0 || width <= 0 || height <= 0)
    return;

  scale = (width - GAP * (self->blocks->len - 1.0)) / sum;
  scale = CLAMP (scale, 0.1, 1.6);
  x = MARGIN + (width - sum * scale - GAP * (self->blocks->len - 1.0)) / 2;
  for (guint i = 0; i < self->blocks->len; i++)
    {
      const Block *block = &g_array_index (self->blocks, Block, i);
      graphene_rect_t bounds = GRAPHENE_RECT_INIT (x, MARGIN + height * (1 - block->height) / 2, block->width * scale,
                                                   height * block->height);
      GskRoundedRect outline;
      GdkRGBA color;

      strata_category_get_color (block->category, dark, &color);
      gsk_rounded_rect_init_from_rect (&outline, &bounds, MIN (4, bounds.size.width / 2));
      gtk_snapshot_push_rounded_clip (snapshot, &outline);
      gtk_snapshot_append_color (snapshot, &color, &bounds);
      gtk_snapshot_pop (snapshot);
      x += block->width * scale + GAP;
    }
}

static void
strata_network_picture_measure (GtkWidget      *widget,
                                GtkOrientation  orientation,
                                int             for_size,
                                int            *minimum,
                                int            *natural,
                                int            *minimum_baseline,
                                int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 120;
}

static void
strata_network_picture_class_init (StrataNetworkPictureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = strata_network_picture_finalize;
  widget_class->snapshot = strata_network_picture_snapshot;
  widget_class->measure = strata_network_picture_measure;
  gtk_widget_class_set_css_name (widget_class, "strata-network-picture");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
strata_network_picture_init (StrataNetworkPicture *self)
{
  self->blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

/* Sizes differ by factors of thousands, so it is their logarithms that are drawn. */
static void
add_block (StrataNetworkPicture *self,
           StrataDocNode        *node,
           double                largest)
{
  const StrataSpec *spec = strata_doc_node_get_output_spec (node, 0);
  const StrataLayerInfo *info = strata_doc_node_get_info (node);
  Block block = { .category = info != NULL ? info->object.category : NULL, .width = 10, .height = 0.5 };
  int rank = spec != NULL ? spec->shape.rank : 0;
  double along = 1, channels = 1;

  if (rank >= 3)
    {
      along = MAX (spec->shape.dims[1], 1);
      channels = MAX (spec->shape.dims[rank - 1], 1);
      block.height = 0.2 + 0.8 * log1p (along) / log1p (largest);
      block.width = 5 + 3.2 * log2 (channels + 1);
    }
  else if (rank == 2)
    {
      along = MAX (spec->shape.dims[1], 1);
      block.height = CLAMP (0.2 + 0.8 * log1p (along) / log1p (1024), 0.2, 1);
    }
  g_array_append_val (self->blocks, block);
}

/**
 * strata_network_picture_new:
 *
 * Returns: (transfer floating): a picture of the network as it is now
 */
GtkWidget *
strata_network_picture_new (StrataDocument *document)
{
  StrataNetworkPicture *self = g_object_new (STRATA_TYPE_NETWORK_PICTURE, NULL);
  const GPtrArray *nodes = strata_document_get_nodes (document);
  double largest = 1;

  for (guint i = 0; i < nodes->len; i++)
    {
      const StrataSpec *spec = strata_doc_node_get_output_spec (g_ptr_array_index (nodes, i), 0);

      if (spec != NULL && spec->shape.rank >= 3)
        largest = MAX (largest, spec->shape.dims[1]);
    }
  for (guint i = 0; i < nodes->len; i++)
    add_block (self, g_ptr_array_index (nodes, i), largest);
  return GTK_WIDGET (self);
}
