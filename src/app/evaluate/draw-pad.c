/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "evaluate/draw-pad.h"

#include <glib/gi18n.h>

#include "charts/theme.h"
#include "widgets/arrow-keys.h"

/* In pixels: about as thick as the digits of MNIST are for their size. */
#define SIDE 224
#define PEN 18
/* How far a key moves the pen. */
#define STEP 8

/**
 * StrataDrawPad:
 *
 * Paper to draw on, with the pointer or, for those who have none, with the arrow keys: Space puts the pen down and
 * lifts it, Delete takes a new sheet.
 */
struct _StrataDrawPad
{
  GtkWidget parent_instance;

  cairo_surface_t *ink;
  double x, y;          /* where the pen is */
  double start_x, start_y;
  gboolean down, empty;
};

G_DEFINE_FINAL_TYPE (StrataDrawPad, strata_draw_pad, GTK_TYPE_WIDGET)

static guint changed_signal;

static void
changed (StrataDrawPad *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "pad.clear", !self->empty);
  g_signal_emit (self, changed_signal, 0);
}

static void
draw_to (StrataDrawPad *self,
         double         x,
         double         y)
{
  cairo_t *cr = cairo_create (self->ink);

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, PEN);
  cairo_move_to (cr, self->x, self->y);
  cairo_line_to (cr, x, y);
  cairo_stroke (cr);
  cairo_destroy (cr);
  self->x = x;
  self->y = y;
  self->empty = FALSE;
  changed (self);
}

/* The sheet is in the middle of whatever room there is. */
static void
get_origin (StrataDrawPad *self,
            double        *x,
            double        *y)
{
  *x = (gtk_widget_get_width (GTK_WIDGET (self)) - SIDE) / 2.0;
  *y = (gtk_widget_get_height (GTK_WIDGET (self)) - SIDE) / 2.0;
}

static void
drag_begin_cb (StrataDrawPad *self,
               double         x,
               double         y)
{
  double left, top;

  get_origin (self, &left, &top);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->x = self->start_x = x - left;
  self->y = self->start_y = y - top;
  draw_to (self, self->x, self->y);
}

static void
drag_update_cb (StrataDrawPad *self,
                double         x,
                double         y)
{
  draw_to (self, self->start_x + x, self->start_y + y);
}

static gboolean
move_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   user_data)
{
  StrataDrawPad *self = STRATA_DRAW_PAD (widget);
  double x, y;
  int dx, dy;

  g_variant_get (args, "(ii)", &dx, &dy);
  x = CLAMP (self->x + dx * STEP, 0, SIDE);
  y = CLAMP (self->y + dy * STEP, 0, SIDE);
  if (self->down)
    draw_to (self, x, y);
  self->x = x;
  self->y = y;
  gtk_widget_queue_draw (widget);
  return TRUE;
}

static gboolean
pen_cb (GtkWidget *widget,
        GVariant  *args,
        gpointer   user_data)
{
  StrataDrawPad *self = STRATA_DRAW_PAD (widget);

  self->down = !self->down;
  if (self->down)
    draw_to (self, self->x, self->y);
  gtk_widget_queue_draw (widget);
  return TRUE;
}

static void
clear_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  strata_draw_pad_clear (STRATA_DRAW_PAD (widget));
}

static void
strata_draw_pad_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  *minimum = *natural = SIDE;
}

/* Where the pen is, while the keys move it. */
static void
draw_pen (StrataDrawPad          *self,
          const StrataChartTheme *theme,
          cairo_t                *cr)
{
  gdk_cairo_set_source_rgba (cr, strata_chart_theme_get_color (theme, self->down ? 1 : 0));
  cairo_set_line_width (cr, theme->stroke);
  cairo_arc (cr, self->x, self->y, PEN / 2.0, 0, 2 * G_PI);
  cairo_stroke (cr);
}

static void
strata_draw_pad_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  StrataDrawPad *self = STRATA_DRAW_PAD (widget);
  g_autoptr (StrataChartTheme) theme = strata_chart_theme_new_for_widget (widget);
  double x, y;
  cairo_t *cr;

  get_origin (self, &x, &y);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (x, y, SIDE, SIDE));
  cairo_translate (cr, x, y);
  gdk_cairo_set_source_rgba (cr, &theme->grid);
  cairo_rectangle (cr, 0.5, 0.5, SIDE - 1, SIDE - 1);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  gdk_cairo_set_source_rgba (cr, &theme->ink);
  cairo_mask_surface (cr, self->ink, 0, 0);
  if (gtk_widget_has_visible_focus (widget))
    draw_pen (self, theme, cr);
  cairo_destroy (cr);
}

static void
strata_draw_pad_finalize (GObject *object)
{
  cairo_surface_destroy (STRATA_DRAW_PAD (object)->ink);

  G_OBJECT_CLASS (strata_draw_pad_parent_class)->finalize (object);
}

static void
strata_draw_pad_class_init (StrataDrawPadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = strata_draw_pad_finalize;
  widget_class->measure = strata_draw_pad_measure;
  widget_class->snapshot = strata_draw_pad_snapshot;
  changed_signal = g_signal_new ("changed", STRATA_TYPE_DRAW_PAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "strata-draw-pad");
  gtk_widget_class_install_action (widget_class, "pad.clear", NULL, clear_cb);
  strata_arrow_keys_bind (widget_class, move_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, 0, pen_cb, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "pad.clear", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_BackSpace, 0, "pad.clear", NULL);
}

static void
strata_draw_pad_init (StrataDrawPad *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->ink = cairo_image_surface_create (CAIRO_FORMAT_A8, SIDE, SIDE);
  self->x = self->y = SIDE / 2.0;
  self->empty = TRUE;
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "pad.clear", FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Paper to draw on"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  _("The arrow keys move the pen, Space puts it down and lifts it, Delete clears the "
                                    "paper"), -1);
}

/**
 * strata_draw_pad_new:
 *
 * Returns: an empty sheet
 */
GtkWidget *
strata_draw_pad_new (void)
{
  return g_object_new (STRATA_TYPE_DRAW_PAD, NULL);
}

/**
 * strata_draw_pad_clear:
 *
 * Takes a new sheet, and lifts the pen.
 */
void
strata_draw_pad_clear (StrataDrawPad *self)
{
  cairo_t *cr = cairo_create (self->ink);

  cairo_set_operator (cr, CAIRO_OPERATOR_CLEAR);
  cairo_paint (cr);
  cairo_destroy (cr);
  self->down = FALSE;
  self->empty = TRUE;
  self->x = self->y = SIDE / 2.0;
  changed (self);
}

/**
 * strata_draw_pad_read:
 * @width: (out): how many columns there are
 * @height: (out): how many rows there are
 *
 * Returns: (transfer full): how much ink is where, from 0 to 1, row by row
 */
float *
strata_draw_pad_read (StrataDrawPad *self,
                      int           *width,
                      int           *height)
{
  float *ink = g_new (float, SIDE * SIDE);
  const guchar *data;
  int stride;

  cairo_surface_flush (self->ink);
  data = cairo_image_surface_get_data (self->ink);
  stride = cairo_image_surface_get_stride (self->ink);
  for (int y = 0; y < SIDE; y++)
    for (int x = 0; x < SIDE; x++)
      ink[y * SIDE + x] = data[y * stride + x] / 255.0f;
  *width = *height = SIDE;
  return ink;
}
