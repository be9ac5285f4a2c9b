/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "evaluate/series-pad.h"

#include <glib/gi18n.h>
#include <math.h>

#include "charts/theme.h"
#include "widgets/arrow-keys.h"

#define WIDTH 360
#define HEIGHT 200
#define DOT 4.0
/* How far lines can be bent beyond what they reach, as a multiple of how far samples usually go. */
#define BEYOND 2.0
/* How many presses of a key lead from the foot to the top. */
#define PRESSES 50

/**
 * StrataSeriesPad:
 *
 * A stretch of a series that can be bent, with the pointer or by keys: Left and Right choose a step, Up and Down move
 * it. Foot and top are as far off as samples usually go, and nowhere beyond what the data has in a line's column.
 */
struct _StrataSeriesPad
{
  GtkWidget parent_instance;

  StrataDataSet *set;
  float *numbers;       /* step by step, as the network gets them; NULL before there are any */
  gint64 n_steps, n_lines;
  StrataRange *ranges;  /* of each line in the data */
  StrataRange *shown;   /* what is at the foot and at the top for each */
  gint64 line, step;    /* what is bent */
  double start_x, start_y;
};

G_DEFINE_FINAL_TYPE (StrataSeriesPad, strata_series_pad, GTK_TYPE_WIDGET)

static guint changed_signal, moved_signal;

static float *
get_number (StrataSeriesPad *self)
{
  return &self->numbers[self->step * self->n_lines + self->line];
}

/* In the unit of its column, where that is known. */
static double
restore (StrataSeriesPad *self,
         double           number)
{
  const StrataFeature *feature;

  if (self->set->features == NULL)
    return number;
  feature = &g_array_index (self->set->features, StrataFeature, self->line);
  number = number / feature->scale + feature->mean;
  /* What is left of 0 by rounding */
  return fabs (number) < 1e-6 / feature->scale ? 0 : number;
}

/**
 * strata_series_pad_dup_text:
 *
 * Returns: (transfer full): where one is, and what is there
 */
char *
strata_series_pad_dup_text (StrataSeriesPad *self)
{
  const StrataRange *range;

  if (self->numbers == NULL)
    return g_strdup ("");
  range = &self->ranges[self->line];
  /* Translators: a step of a series in time, how many there are, the number at it, and the least and the largest one
   * that the data has */
  return g_strdup_printf (_("Step %d of %d: %.4g (%.4g to %.4g in the data)"), (int) self->step + 1,
                          (int) self->n_steps, restore (self, *get_number (self)), restore (self, range->low),
                          restore (self, range->high));
}

static void
describe (StrataSeriesPad *self)
{
  g_autofree char *text = strata_series_pad_dup_text (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  g_signal_emit (self, moved_signal, 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_number (StrataSeriesPad *self,
            double           number)
{
  *get_number (self) = (float) CLAMP (number, self->shown[self->line].low, self->shown[self->line].high);
  describe (self);
  g_signal_emit (self, changed_signal, 0);
}

static double
place_step (StrataSeriesPad *self,
            gint64           step)
{
  return DOT + 1 + step * (gtk_widget_get_width (GTK_WIDGET (self)) - 2 * DOT - 2) / MAX (self->n_steps - 1, 1);
}

static gint64
find_step (StrataSeriesPad *self,
           double           x)
{
  double across = place_step (self, 1) - place_step (self, 0);

  return across > 0 ? (gint64) CLAMP (round ((x - DOT - 1) / across), 0, self->n_steps - 1) : 0;
}

/* How far it is from the foot to the top. */
static double
get_reach (StrataSeriesPad *self,
           gint64           line)
{
  return MAX (self->shown[line].high - self->shown[line].low, 1e-6);
}

static double
place_number (StrataSeriesPad *self,
              gint64           line,
              double           number)
{
  double height = gtk_widget_get_height (GTK_WIDGET (self)) - 2 * DOT - 2;

  return DOT + 1 + height * (self->shown[line].high - number) / get_reach (self, line);
}

/* A quick hand passes over steps: those between get what is between. */
static void
bend_to (StrataSeriesPad *self,
         double           x,
         double           y)
{
  double height = gtk_widget_get_height (GTK_WIDGET (self)) - 2 * DOT - 2, start = *get_number (self), end;
  const StrataRange *range = &self->shown[self->line];
  gint64 from = self->step, to = find_step (self, x);

  end = CLAMP (range->high - (y - DOT - 1) / height * get_reach (self, self->line), range->low, range->high);
  for (gint64 step = from; step != to; step += to > from ? 1 : -1)
    if (step != from)
      self->numbers[step * self->n_lines + self->line] = (float) (start + (end - start) * (step - from) / (to - from));
  self->step = to;
  set_number (self, end);
}

static void
drag_begin_cb (StrataSeriesPad *self,
               double           x,
               double           y)
{
  if (self->numbers == NULL)
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->start_x = x;
  self->start_y = y;
  self->step = find_step (self, x);
  bend_to (self, x, y);
}

static void
drag_update_cb (StrataSeriesPad *self,
                double           x,
                double           y)
{
  if (self->numbers != NULL)
    bend_to (self, self->start_x + x, self->start_y + y);
}

static gboolean
move_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   user_data)
{
  StrataSeriesPad *self = STRATA_SERIES_PAD (widget);
  int along, down;

  if (self->numbers == NULL)
    return FALSE;
  g_variant_get (args, "(ii)", &along, &down);
  self->step = CLAMP (self->step + along, 0, self->n_steps - 1);
  if (down != 0)
    set_number (self, *get_number (self) - down * get_reach (self, self->line) / PRESSES);
  else
    describe (self);
  return TRUE;
}

static void
draw_line (StrataSeriesPad         *self,
           const StrataChartTheme  *theme,
           cairo_t                 *cr,
           gint64                   line)
{
  GdkRGBA color = *strata_chart_theme_get_color (theme, (guint) line);

  if (line != self->line)
    color.alpha *= 0.45f;
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, theme->stroke * (line == self->line ? 1.5 : 0.8));
  for (gint64 step = 0; step < self->n_steps; step++)
    cairo_line_to (cr, place_step (self, step), place_number (self, line, self->numbers[step * self->n_lines + line]));
  cairo_stroke (cr);
}

static void
strata_series_pad_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  StrataSeriesPad *self = STRATA_SERIES_PAD (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  g_autoptr (StrataChartTheme) theme = strata_chart_theme_new_for_widget (widget);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));

  gdk_cairo_set_source_rgba (cr, &theme->grid);
  cairo_set_line_width (cr, 1);
  cairo_rectangle (cr, 0.5, 0.5, width - 1, height - 1);
  cairo_stroke (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (gint64 line = 0; self->numbers != NULL && line < self->n_lines; line++)
    if (line != self->line)
      draw_line (self, theme, cr, line);
  if (self->numbers != NULL)
    {
      draw_line (self, theme, cr, self->line);
      cairo_arc (cr, place_step (self, self->step), place_number (self, self->line, *get_number (self)), DOT, 0,
                 2 * G_PI);
      gdk_cairo_set_source_rgba (cr, gtk_widget_has_focus (widget)
                                       ? &theme->ink
                                       : strata_chart_theme_get_color (theme, (guint) self->line));
      cairo_fill (cr);
    }
  cairo_destroy (cr);
}

static void
strata_series_pad_finalize (GObject *object)
{
  StrataSeriesPad *self = STRATA_SERIES_PAD (object);

  g_free (self->numbers);
  g_free (self->ranges);
  g_free (self->shown);
  g_clear_pointer (&self->set, strata_data_set_unref);

  G_OBJECT_CLASS (strata_series_pad_parent_class)->finalize (object);
}

static void
strata_series_pad_class_init (StrataSeriesPadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = strata_series_pad_finalize;
  widget_class->snapshot = strata_series_pad_snapshot;
  changed_signal = g_signal_new ("changed", STRATA_TYPE_SERIES_PAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  moved_signal = g_signal_new ("moved", STRATA_TYPE_SERIES_PAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  strata_arrow_keys_bind (widget_class, move_cb);
}

static void
strata_series_pad_init (StrataSeriesPad *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_set_size_request (GTK_WIDGET (self), WIDTH, HEIGHT);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("A series to bend"), -1);
}

/**
 * strata_series_pad_new:
 *
 * Returns: (transfer floating): a pad with nothing to bend yet
 */
GtkWidget *
strata_series_pad_new (void)
{
  return g_object_new (STRATA_TYPE_SERIES_PAD, NULL);
}

/* A line that rises over years would be flat between the least and the most of all of them. */
static void
show_range (StrataSeriesPad *self,
            gint64           line)
{
  const StrataRange *range = &self->ranges[line];
  double low = INFINITY, high = -INFINITY;

  for (gint64 step = 0; step < self->n_steps; step++)
    {
      double number = self->numbers[step * self->n_lines + line];

      low = MIN (low, number);
      high = MAX (high, number);
    }
  /* Not all of the data was looked at. */
  self->shown[line].low = MIN (low, MAX (range->low, low - BEYOND * range->spread));
  self->shown[line].high = MAX (high, MIN (range->high, high + BEYOND * range->spread));
}

/**
 * strata_series_pad_show: (skip)
 * @set: whose samples are series
 * @ranges: of each column
 * @numbers: one of the samples
 */
void
strata_series_pad_show (StrataSeriesPad   *self,
                        StrataDataSet     *set,
                        const StrataRange *ranges,
                        const float       *numbers)
{
  StrataShape shape;
  StrataDType dtype;
  gsize size;

  strata_data_set_ref (set);
  g_clear_pointer (&self->set, strata_data_set_unref);
  self->set = set;
  strata_source_get_spec (set->x, 0, &dtype, &shape);
  self->n_steps = shape.dims[0];
  self->n_lines = shape.dims[1];
  size = self->n_steps * self->n_lines;
  g_free (self->numbers);
  self->numbers = g_memdup2 (numbers, size * sizeof *numbers);
  g_free (self->ranges);
  g_free (self->shown);
  self->ranges = g_memdup2 (ranges, self->n_lines * sizeof *ranges);
  self->shown = g_new (StrataRange, self->n_lines);
  for (gint64 line = 0; line < self->n_lines; line++)
    show_range (self, line);
  self->line = MIN (self->line, self->n_lines - 1);
  self->step = self->n_steps - 1;
  describe (self);
}

void
strata_series_pad_clear (StrataSeriesPad *self)
{
  g_clear_pointer (&self->numbers, g_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * strata_series_pad_choose:
 * @line: which of the numbers of a step are bent
 */
void
strata_series_pad_choose (StrataSeriesPad *self,
                          guint            line)
{
  self->line = line;
  if (self->numbers != NULL && line < self->n_lines)
    describe (self);
}

/**
 * strata_series_pad_get_numbers:
 *
 * Returns: (nullable): the series as it is now, step by step
 */
const float *
strata_series_pad_get_numbers (StrataSeriesPad *self)
{
  return self->numbers;
}
