/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>

#include "canvas/canvas-private.h"
#include "canvas/node-widget-private.h"
#include "canvas/rounded.h"
#include "document/group.h"

/*
 * Names beside blocks that are too small for text, always in the size of the desktop's text: first of what is selected,
 * then of folded blocks, then of layers that are as high as a line of it. Where there is no room, there is none.
 */

#define GAP 6
#define PAD 3
/* Layers whose blocks are lower than this part of a line stay without: every tenth name would tell little. */
#define LEAST_PART 0.7
/* More names than that are no help. */
#define MOST_LABELS 160
#define GROUND_ALPHA 0.8

typedef struct
{
  StrataCanvas *canvas;
  cairo_t *cr;
  gboolean mirrored;
  GdkRGBA ink, ground;
  GArray *taken;        /* where labels are, in the widget */
  GPtrArray *found;     /* reused while looking for room */
} Labels;

/* Half a name tells nothing. */
static gboolean
is_in_sight (Labels                *self,
             const graphene_rect_t *place)
{
  return place->origin.x >= 0 &&
         place->origin.x + place->size.width <= gtk_widget_get_width (GTK_WIDGET (self->canvas));
}

/* Where the name of a node would be in the widget: behind the block, or before it where the widget ends. @used is what
 * the text takes of its layout. */
static void
get_place (Labels               *self,
           StrataDocNode        *node,
           const PangoRectangle *used,
           graphene_rect_t      *place)
{
  StrataCanvas *canvas = self->canvas;
  graphene_point_t corner;
  graphene_rect_t area;
  double left, right;

  strata_canvas_get_card_area (canvas, node, &area);
  strata_viewport_to_widget (&canvas->viewport, &area.origin, &corner);
  graphene_rect_init (place, 0, 0, used->width * canvas->text_scale + 2 * PAD, used->height * canvas->text_scale);
  place->origin.y = round (corner.y + (area.size.height * canvas->viewport.scale - place->size.height) / 2);
  left = corner.x - GAP - place->size.width;
  right = corner.x + area.size.width * canvas->viewport.scale + GAP;
  place->origin.x = self->mirrored ? left : right;
  if (!is_in_sight (self, place))
    place->origin.x = self->mirrored ? right : left;
}

static gboolean
is_free (Labels                *self,
         const graphene_rect_t *place)
{
  const StrataViewport *viewport = &self->canvas->viewport;
  graphene_rect_t on_canvas, card;
  graphene_point_t corner;

  if (!is_in_sight (self, place))
    return FALSE;
  for (guint i = 0; i < self->taken->len; i++)
    if (graphene_rect_intersection (&g_array_index (self->taken, graphene_rect_t, i), place, NULL))
      return FALSE;
  strata_viewport_to_canvas (viewport, place->origin.x, place->origin.y, &corner);
  graphene_rect_init (&on_canvas, corner.x, corner.y, place->size.width / viewport->scale,
                      place->size.height / viewport->scale);
  g_ptr_array_set_size (self->found, 0);
  strata_canvas_find_cards (self->canvas, &on_canvas, self->found);
  for (guint i = 0; i < self->found->len; i++)
    {
      strata_canvas_get_card_area (self->canvas, g_ptr_array_index (self->found, i), &card);
      if (graphene_rect_intersection (&card, &on_canvas, NULL))
        return FALSE;
    }
  return TRUE;
}

static void
draw_label (Labels        *self,
            StrataDocNode *node)
{
  PangoLayout *layout = strata_node_widget_get_line (strata_canvas_get_card (self->canvas, node), STRATA_CARD_LABEL);
  PangoRectangle used;
  graphene_rect_t place;

  pango_layout_get_pixel_extents (layout, NULL, &used);
  get_place (self, node, &used, &place);
  if (!is_free (self, &place))
    return;
  g_array_append_val (self->taken, place);
  /* Wires may pass here. */
  strata_rounded_add (self->cr, place.origin.x, place.origin.y, place.size.width, place.size.height, PAD);
  gdk_cairo_set_source_rgba (self->cr, &self->ground);
  cairo_fill (self->cr);
  gdk_cairo_set_source_rgba (self->cr, &self->ink);
  cairo_save (self->cr);
  cairo_translate (self->cr, place.origin.x + PAD, place.origin.y);
  cairo_scale (self->cr, self->canvas->text_scale, self->canvas->text_scale);
  /* Who reads from right to left has lines begin at the far end of the layout. */
  cairo_translate (self->cr, -used.x, 0);
  pango_cairo_show_layout (self->cr, layout);
  cairo_restore (self->cr);
}

/* What is named first has the lowest rank; what cannot be named is G_MAXUINT. */
static guint
get_rank (StrataCanvas  *canvas,
          StrataDocNode *node)
{
  double height = strata_doc_node_get_height (node) * canvas->viewport.scale;

  if (strata_selection_contains (canvas->selection, node))
    return 0;
  if (strata_doc_node_is_group (node))
    return 1;
  return height >= LEAST_PART * STRATA_CARD_LABEL_SIZE * canvas->text_scale ? 2 : G_MAXUINT;
}

/**
 * strata_canvas_draw_labels: (skip)
 * @nodes: (element-type StrataDocNode): those in sight
 *
 * Names blocks where there is room beside them.
 */
void
strata_canvas_draw_labels (StrataCanvas    *self,
                           cairo_t         *cr,
                           const GPtrArray *nodes)
{
  Labels labels = { self, cr, gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL };

  labels.taken = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  labels.found = g_ptr_array_new ();
  strata_canvas_get_ink (self, &labels.ink);
  strata_canvas_look_up (self, "window_bg_color", &labels.ground);
  labels.ground.alpha = GROUND_ALPHA;
  for (guint rank = 0; rank <= 2; rank++)
    for (guint i = 0; i < nodes->len && labels.taken->len < MOST_LABELS; i++)
      if (get_rank (self, g_ptr_array_index (nodes, i)) == rank)
        draw_label (&labels, g_ptr_array_index (nodes, i));
  g_array_unref (labels.taken);
  g_ptr_array_unref (labels.found);
}
