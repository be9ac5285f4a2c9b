/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/minimap.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "canvas/canvas-private.h"
#include "canvas/category.h"
#include "canvas/note-draw.h"

#define WIDTH 176
#define HEIGHT 132
#define MARGIN 8

/**
 * StrataMinimap:
 *
 * All of the canvas in a corner of it, with a frame around what is in sight. Clicked or dragged, it brings what is
 * there into sight.
 */
struct _StrataMinimap
{
  GtkWidget parent_instance;

  StrataCanvas *canvas;         /* lives as long as the view that both are in */
};

G_DEFINE_FINAL_TYPE (StrataMinimap, strata_minimap, GTK_TYPE_WIDGET)

static void
strata_minimap_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

/* How the canvas is shown here: all cards, and what is in sight. */
static void
get_viewport (StrataMinimap   *self,
              GPtrArray       *units,
              graphene_rect_t *sight,
              StrataViewport  *viewport)
{
  graphene_rect_t all;

  strata_canvas_get_sight (self->canvas, sight);
  all = *sight;
  if (strata_canvas_get_extent (self->canvas, units, &all))
    graphene_rect_union (&all, sight, &all);
  *viewport = (StrataViewport){ 0, 0, 1 };
  viewport->scale = MIN ((WIDTH - 2 * MARGIN) / all.size.width, (HEIGHT - 2 * MARGIN) / all.size.height);
  strata_viewport_center_on (viewport, &all, WIDTH, HEIGHT);
}

static void
place (const StrataViewport  *viewport,
       const graphene_rect_t *area,
       graphene_rect_t       *result)
{
  graphene_point_t corner;

  strata_viewport_to_widget (viewport, &area->origin, &corner);
  graphene_rect_init (result, corner.x, corner.y, MAX (area->size.width * viewport->scale, 2),
                      MAX (area->size.height * viewport->scale, 2));
}

static void
draw_notes (StrataMinimap        *self,
            cairo_t              *cr,
            const StrataViewport *viewport)
{
  gboolean dark =
    adw_style_manager_get_dark (adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self))));
  g_autoptr (GPtrArray) notes = strata_canvas_dup_notes (self->canvas);

  for (guint i = 0; i < notes->len; i++)
    {
      StrataDocNote *note = g_ptr_array_index (notes, i);
      graphene_rect_t area, block;
      GdkRGBA color;

      strata_canvas_get_note_area (self->canvas, note, &area);
      place (viewport, &area, &block);
      strata_note_color_get_rgba (strata_doc_note_get_look (note)->color, dark, &color);
      color.alpha = 0.3;
      gdk_cairo_set_source_rgba (cr, &color);
      cairo_rectangle (cr, block.origin.x, block.origin.y, block.size.width, block.size.height);
      cairo_fill (cr);
    }
}

static void
draw_units (StrataMinimap        *self,
            cairo_t              *cr,
            GPtrArray            *units,
            const StrataViewport *viewport)
{
  gboolean dark =
    adw_style_manager_get_dark (adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self))));

  for (guint i = 0; i < units->len; i++)
    {
      StrataDocNode *unit = g_ptr_array_index (units, i);
      const StrataLayerInfo *info = strata_doc_node_get_info (unit);
      graphene_rect_t area, block;
      GdkRGBA color;

      strata_canvas_get_card_area (self->canvas, unit, &area);
      place (viewport, &area, &block);
      if (strata_doc_node_has_severity (unit, STRATA_SEVERITY_ERROR))
        strata_canvas_look_up (self->canvas, "error_bg_color", &color);
      else
        strata_category_get_color (info != NULL ? info->object.category : NULL, dark, &color);
      gdk_cairo_set_source_rgba (cr, &color);
      cairo_rectangle (cr, block.origin.x, block.origin.y, block.size.width, block.size.height);
      cairo_fill (cr);
    }
}

static void
strata_minimap_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  StrataMinimap *self = STRATA_MINIMAP (widget);
  g_autoptr (GPtrArray) units = strata_canvas_dup_units (self->canvas);
  graphene_rect_t sight, frame;
  StrataViewport viewport;
  GdkRGBA accent, fill;
  cairo_t *cr;

  get_viewport (self, units, &sight, &viewport);
  place (&viewport, &sight, &frame);
  strata_canvas_look_up (self->canvas, "accent_bg_color", &accent);
  fill = accent;
  fill.alpha = 0.12;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, WIDTH, HEIGHT));
  draw_notes (self, cr, &viewport);
  draw_units (self, cr, units, &viewport);
  cairo_rectangle (cr, frame.origin.x + 0.5, frame.origin.y + 0.5, frame.size.width - 1, frame.size.height - 1);
  gdk_cairo_set_source_rgba (cr, &fill);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, &accent);
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
go_to (StrataMinimap *self,
       double         x,
       double         y)
{
  g_autoptr (GPtrArray) units = strata_canvas_dup_units (self->canvas);
  graphene_point_t point;
  graphene_rect_t sight;
  StrataViewport viewport;

  get_viewport (self, units, &sight, &viewport);
  strata_viewport_to_canvas (&viewport, x, y, &point);
  strata_canvas_center_on (self->canvas, point.x, point.y);
}

static void
drag_begin_cb (StrataMinimap *self,
               double         x,
               double         y)
{
  go_to (self, x, y);
}

static void
drag_update_cb (StrataMinimap  *self,
                double          dx,
                double          dy,
                GtkGestureDrag *gesture)
{
  double x, y;

  if (gtk_gesture_drag_get_start_point (gesture, &x, &y))
    go_to (self, x + dx, y + dy);
}

static void
strata_minimap_class_init (StrataMinimapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = strata_minimap_measure;
  widget_class->snapshot = strata_minimap_snapshot;
  gtk_widget_class_set_css_name (widget_class, "strata-minimap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
strata_minimap_init (StrataMinimap *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (GTK_WIDGET (self), "canvas-controls");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Overview of the network"), -1);
}

GtkWidget *
strata_minimap_new (StrataCanvas *canvas)
{
  StrataMinimap *self = g_object_new (STRATA_TYPE_MINIMAP, NULL);

  self->canvas = canvas;
  /* The zoom is told of whenever another part is in sight. */
  g_signal_connect_object (canvas, "notify::zoom", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (strata_canvas_get_document (canvas), "analysed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
