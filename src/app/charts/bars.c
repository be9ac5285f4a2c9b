/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charts/bars.h"

#include <math.h>

#include "charts/drawing.h"

/* Lengths in heights of a line of text. */
#define ROW 1.7
#define THICKNESS 0.85
#define GAP 0.6
/* Names take no more than this part of the width. */
#define NAMES 0.4

typedef struct
{
  char *name, *text;
  double value;
  guint color;
} Bar;

/**
 * StrataBars:
 *
 * Amounts as bars from the same line, each with its name and its number.
 */
struct _StrataBars
{
  GtkWidget parent_instance;

  char *title, *description;
  GArray *bars;
  double whole;  /* what the longest bar there can be stands for, or 0 for the longest there is */
  StrataChartTheme *theme;
};

G_DEFINE_FINAL_TYPE (StrataBars, strata_bars, GTK_TYPE_WIDGET)

static StrataChartTheme *
get_theme (StrataBars *self)
{
  if (self->theme == NULL)
    self->theme = strata_chart_theme_new_for_widget (GTK_WIDGET (self));
  return self->theme;
}

static void
clear_bar (gpointer data)
{
  Bar *bar = data;

  g_free (bar->name);
  g_free (bar->text);
}

static void
strata_bars_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  StrataBars *self = STRATA_BARS (widget);
  double em = strata_chart_theme_em (get_theme (self));

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = ceil (10 * em);
      *natural = ceil (18 * em);
    }
  else
    *minimum = *natural = ceil (MAX (self->bars->len, 1) * ROW * em);
}

/* All that goes by rows is laid out from left to right and mirrored where people read the other way. */
static void
strata_bars_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
  StrataBars *self = STRATA_BARS (widget);
  StrataChartTheme *theme = get_theme (self);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double em = strata_chart_theme_em (theme);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  double names = 0, texts = 0, most = self->whole;
  cairo_t *cr;

  if (self->bars->len == 0 || width < 1)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  for (guint i = 0; i < self->bars->len; i++)
    {
      const Bar *bar = &g_array_index (self->bars, Bar, i);

      names = fmax (names, strata_chart_measure_label (theme, bar->name));
      texts = fmax (texts, strata_chart_measure_label (theme, bar->text));
      most = fmax (most, bar->value);
    }
  names = fmin (names + 1, width * NAMES);
  for (guint i = 0; i < self->bars->len; i++)
    {
      const Bar *bar = &g_array_index (self->bars, Bar, i);
      double middle = (i + 0.5) * ROW * em, room = width - names - texts - 2 * GAP * em;
      double length = most > 0 ? fmax (room * bar->value / most, bar->value > 0 ? 2 : 0) : 0, start = names + GAP * em;

      strata_chart_draw_label (theme, bar->name, &theme->ink, mirrored ? width - names : 0, middle, names,
                               mirrored ? 0 : 1, cr);
      gdk_cairo_set_source_rgba (cr, strata_chart_theme_get_color (theme, bar->color));
      cairo_rectangle (cr, mirrored ? width - start - length : start, middle - THICKNESS * em / 2, length,
                       THICKNESS * em);
      cairo_fill (cr);
      start += length + GAP * em;
      strata_chart_draw_label (theme, bar->text, &theme->ink, mirrored ? width - start - texts - 1 : start,
                               middle, texts + 1, mirrored ? 1 : 0, cr);
    }
  cairo_destroy (cr);
}

static void
strata_bars_css_changed (GtkWidget         *widget,
                         GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (strata_bars_parent_class)->css_changed (widget, change);
  g_clear_pointer (&STRATA_BARS (widget)->theme, strata_chart_theme_free);
  gtk_widget_queue_resize (widget);
}

static void
strata_bars_finalize (GObject *object)
{
  StrataBars *self = STRATA_BARS (object);

  g_clear_pointer (&self->theme, strata_chart_theme_free);
  g_array_unref (self->bars);
  g_free (self->title);
  g_free (self->description);

  G_OBJECT_CLASS (strata_bars_parent_class)->finalize (object);
}

static void
strata_bars_class_init (StrataBarsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = strata_bars_finalize;
  widget_class->measure = strata_bars_measure;
  widget_class->snapshot = strata_bars_snapshot;
  widget_class->css_changed = strata_bars_css_changed;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "strata-bars");
}

static void
strata_bars_init (StrataBars *self)
{
  self->bars = g_array_new (FALSE, FALSE, sizeof (Bar));
  g_array_set_clear_func (self->bars, clear_bar);
}

/**
 * strata_bars_new:
 * @title: what a screen reader calls it
 *
 * Returns: a chart without bars
 */
GtkWidget *
strata_bars_new (const char *title)
{
  StrataBars *self = g_object_new (STRATA_TYPE_BARS, NULL);

  self->title = g_strdup (title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return GTK_WIDGET (self);
}

/* What is drawn is said, too. */
static void
update_description (StrataBars *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->bars->len; i++)
    {
      const Bar *bar = &g_array_index (self->bars, Bar, i);

      g_string_append_printf (text, "%s%s: %s", i > 0 ? "; " : "", bar->name, bar->text);
    }
  g_free (self->description);
  self->description = g_string_free (text, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, self->description, -1);
}

void
strata_bars_clear (StrataBars *self)
{
  g_array_set_size (self->bars, 0);
  update_description (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * strata_bars_set_whole:
 * @whole: what a bar of the whole width stands for, or 0 for the greatest value there is
 */
void
strata_bars_set_whole (StrataBars *self,
                       double      whole)
{
  self->whole = whole;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * strata_bars_add:
 * @name: what it is of
 * @value: how long it is
 * @text: the value for people
 * @color: which colour of the palette
 */
void
strata_bars_add (StrataBars *self,
                 const char *name,
                 double      value,
                 const char *text,
                 guint       color)
{
  Bar bar = { g_strdup (name), g_strdup (text), value, color };

  g_array_append_val (self->bars, bar);
  update_description (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

guint
strata_bars_get_n (StrataBars *self)
{
  return self->bars->len;
}

/**
 * strata_bars_get_description:
 *
 * Returns: (nullable): the bars in words
 */
const char *
strata_bars_get_description (StrataBars *self)
{
  return self->description;
}
