/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/canvas-private.h"
#include "canvas/metrics.h"

/* Pixels that stay free around what is fitted into the widget, and between that and the controls. */
#define MARGIN 40
#define ABOVE_CONTROLS 6
/* What most names beside blocks take, in pixels of ordinary text. */
#define ROOM_FOR_NAMES 160

static const double steps[] = { 0.1, 0.15, 0.25, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3 };

/**
 * strata_canvas_get_zoom:
 *
 * Returns: how large things are shown; 1 is 100 %
 */
double
strata_canvas_get_zoom (StrataCanvas *self)
{
  return self->viewport.scale / self->text_scale;
}

/**
 * strata_canvas_set_controls:
 * @controls: (nullable): what floats over the canvas at its lower edge
 *
 * Has what is fitted or looked for end above them.
 */
void
strata_canvas_set_controls (StrataCanvas *self,
                            GtkWidget    *controls)
{
  g_set_weak_pointer (&self->controls, controls);
}

/**
 * strata_canvas_measure_controls:
 * @width: (out): of the controls
 * @height: (out): which is more where they take several rows
 */
void
strata_canvas_measure_controls (StrataCanvas *self,
                                int          *width,
                                int          *height)
{
  int minimum, natural;

  *width = *height = 0;
  if (self->controls == NULL)
    return;
  gtk_widget_measure (self->controls, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  *width = CLAMP (natural, minimum, MAX (gtk_widget_get_width (GTK_WIDGET (self)), minimum));
  gtk_widget_measure (self->controls, GTK_ORIENTATION_VERTICAL, *width, NULL, height, NULL, NULL);
}

/* As much of the widget's height as the controls leave, where so much is left free below anyway. */
static double
get_free_height (StrataCanvas *self,
                 double        margin)
{
  int width, height;

  strata_canvas_measure_controls (self, &width, &height);
  return gtk_widget_get_height (GTK_WIDGET (self)) - MAX (height + ABOVE_CONTROLS - margin, 0);
}

static void
get_extent (StrataCanvas    *self,
            graphene_rect_t *extent)
{
  g_autoptr (GPtrArray) units = strata_canvas_dup_units (self);

  if (!strata_canvas_get_extent (self, units, extent))
    graphene_rect_init (extent, 0, 0, STRATA_NODE_WIDTH, STRATA_NODE_HEIGHT);
}

/* However large the network, all of it can be seen. */
static double
get_least_scale (StrataCanvas *self)
{
  StrataViewport fitted = self->viewport;
  graphene_rect_t extent;

  get_extent (self, &extent);
  strata_viewport_fit (&fitted, &extent, gtk_widget_get_width (GTK_WIDGET (self)),
                       get_free_height (self, MARGIN), MARGIN, 1);
  return MIN (STRATA_MIN_ZOOM * self->text_scale, fitted.scale);
}

/* Zooms so that what is at x and y in the widget stays there. */
void
strata_canvas_set_scale (StrataCanvas *self,
                         double        x,
                         double        y,
                         double        scale)
{
  double bounded = CLAMP (scale, get_least_scale (self), STRATA_MAX_ZOOM * self->text_scale);

  if (bounded == self->viewport.scale)
    return;
  strata_viewport_zoom_at (&self->viewport, x, y, bounded);
  strata_canvas_viewport_changed (self);
}

void
strata_canvas_pan (StrataCanvas *self,
                   double        dx,
                   double        dy)
{
  self->viewport.x += dx;
  self->viewport.y += dy;
  strata_canvas_viewport_changed (self);
}

/**
 * strata_canvas_set_zoom:
 * @zoom: 1 for 100 %
 *
 * Zooms around the middle.
 */
void
strata_canvas_set_zoom (StrataCanvas *self,
                        double        zoom)
{
  GtkWidget *widget = GTK_WIDGET (self);

  strata_canvas_set_scale (self, gtk_widget_get_width (widget) / 2.0, gtk_widget_get_height (widget) / 2.0,
                           zoom * self->text_scale);
}

/* Where what one is at is in the widget: what is selected or has the focus, if it is in sight, or else the middle. */
static void
get_center (StrataCanvas     *self,
            graphene_point_t *center)
{
  g_autoptr (GPtrArray) selected = strata_selection_dup_nodes (self->selection);
  GtkWidget *focused = gtk_widget_get_focus_child (self->plane);
  graphene_rect_t area, sight;

  graphene_point_init (center, gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
                       gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
  strata_canvas_get_sight (self, &sight);
  if (!strata_canvas_get_bounds (self, selected, &area))
    {
      if (focused == NULL)
        return;
      strata_canvas_get_widget_area (self, focused, &area);
    }
  if (graphene_rect_intersection (&area, &sight, &area))
    strata_canvas_to_widget (self, area.origin.x + area.size.width / 2, area.origin.y + area.size.height / 2, center);
}

/**
 * strata_canvas_zoom_to:
 * @zoom: 1 for 100 %
 *
 * Zooms around what one is at, as keys and buttons do.
 */
void
strata_canvas_zoom_to (StrataCanvas *self,
                       double        zoom)
{
  graphene_point_t center;

  get_center (self, &center);
  strata_canvas_set_scale (self, center.x, center.y, zoom * self->text_scale);
}

void
strata_canvas_zoom_in (StrataCanvas *self)
{
  double zoom = strata_canvas_get_zoom (self);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i] > zoom * 1.01)
      {
        strata_canvas_zoom_to (self, steps[i]);
        return;
      }
}

void
strata_canvas_zoom_out (StrataCanvas *self)
{
  double zoom = strata_canvas_get_zoom (self);

  for (guint i = G_N_ELEMENTS (steps); i > 0; i--)
    if (steps[i - 1] < zoom / 1.01)
      {
        strata_canvas_zoom_to (self, steps[i - 1]);
        return;
      }
}

/* From so far away that names stand behind blocks, what is free before them is left for those of the last ones. */
static void
make_room_for_names (StrataCanvas          *self,
                     const graphene_rect_t *bounds)
{
  double free = (gtk_widget_get_width (GTK_WIDGET (self)) - bounds->size.width * self->viewport.scale) / 2;
  double shift = CLAMP (ROOM_FOR_NAMES * self->text_scale - free, 0, MAX (free - MARGIN, 0));

  if (self->detail == STRATA_DETAIL_BLOCKS)
    self->viewport.x += gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? shift : -shift;
}

/**
 * strata_canvas_zoom_to_fit:
 *
 * Shows all of the network, at most at 100 %, and goes on to do so in another size until one zooms or pans.
 */
void
strata_canvas_zoom_to_fit (StrataCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  graphene_rect_t bounds;

  get_extent (self, &bounds);
  strata_viewport_fit (&self->viewport, &bounds, gtk_widget_get_width (widget),
                       get_free_height (self, MARGIN), MARGIN, self->text_scale);
  strata_canvas_viewport_changed (self);
  make_room_for_names (self, &bounds);
  self->fitted = TRUE;
  self->fitted_width = gtk_widget_get_width (widget);
  self->fitted_height = gtk_widget_get_height (widget);
}

/**
 * strata_canvas_reveal:
 *
 * Pans until the card of @node is in sight, and looks into its group before.
 */
void
strata_canvas_reveal (StrataCanvas  *self,
                      StrataDocNode *node)
{
  GtkWidget *widget = GTK_WIDGET (self);
  graphene_rect_t area;

  strata_canvas_set_scope (self, strata_doc_node_get_group (node));
  strata_canvas_get_card_area (self, node, &area);
  strata_viewport_reveal (&self->viewport, &area, gtk_widget_get_width (widget),
                          get_free_height (self, 0), MARGIN);
  strata_canvas_viewport_changed (self);
}

/**
 * strata_canvas_reveal_widget: (skip)
 * @widget: a card, or what stands for a note
 *
 * Pans until it is in sight.
 */
void
strata_canvas_reveal_widget (StrataCanvas *self,
                             GtkWidget    *widget)
{
  graphene_rect_t area;

  strata_canvas_get_widget_area (self, widget, &area);
  strata_viewport_reveal (&self->viewport, &area, gtk_widget_get_width (GTK_WIDGET (self)),
                          get_free_height (self, 0), MARGIN);
  strata_canvas_viewport_changed (self);
}

/**
 * strata_canvas_center_on:
 * @x: on the canvas
 * @y: likewise
 *
 * Pans until that point is in the middle.
 */
void
strata_canvas_center_on (StrataCanvas *self,
                         double        x,
                         double        y)
{
  strata_viewport_center_on (&self->viewport, &GRAPHENE_RECT_INIT (x, y, 0, 0),
                             gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)));
  strata_canvas_viewport_changed (self);
}

/**
 * strata_canvas_to_widget: (skip)
 * @x: on the canvas
 * @y: likewise
 * @result: (out): that point in the widget
 */
void
strata_canvas_to_widget (StrataCanvas     *self,
                         double            x,
                         double            y,
                         graphene_point_t *result)
{
  strata_viewport_to_widget (&self->viewport, &GRAPHENE_POINT_INIT (x, y), result);
}

/**
 * strata_canvas_get_middle: (skip)
 * @middle: (out): the point of the canvas that is shown in the middle
 */
void
strata_canvas_get_middle (StrataCanvas     *self,
                          graphene_point_t *middle)
{
  strata_viewport_to_canvas (&self->viewport, gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
                             gtk_widget_get_height (GTK_WIDGET (self)) / 2.0, middle);
}

static void
show (StrataCanvas *self,
      double        x,
      double        y,
      double        zoom)
{
  g_autoptr (GPtrArray) units = strata_canvas_dup_units (self);
  graphene_rect_t extent, sight;

  strata_canvas_set_zoom (self, zoom);
  strata_canvas_center_on (self, x, y);
  strata_canvas_get_sight (self, &sight);
  /* The network may be elsewhere now. */
  if (!strata_canvas_get_extent (self, units, &extent) || !graphene_rect_intersection (&extent, &sight, NULL))
    strata_canvas_zoom_to_fit (self);
}

/**
 * strata_canvas_show_at:
 * @x: what comes to lie in the middle, on the canvas
 * @y: likewise
 * @zoom: 1 for 100 %
 *
 * Shows a part of the network; a canvas that is not shown yet begins with that. Where nothing would be seen, shows all.
 */
void
strata_canvas_show_at (StrataCanvas *self,
                       double        x,
                       double        y,
                       double        zoom)
{
  if (self->shown)
    {
      show (self, x, y, zoom);
      return;
    }
  self->recalls = TRUE;
  graphene_point_init (&self->recalled, x, y);
  self->recalled_zoom = zoom;
}

void
strata_canvas_show_first (StrataCanvas *self)
{
  if (self->recalls)
    show (self, self->recalled.x, self->recalled.y, self->recalled_zoom);
  else
    strata_canvas_zoom_to_fit (self);
}
