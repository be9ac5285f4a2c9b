/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charts/share-bar.h"

#include <math.h>
#include <string.h>

#include "charts/theme.h"

#define MOST_SHARES 12
/* Between shares, in pixels. */
#define GAP 1

/**
 * StrataShareBar:
 *
 * An amount as a bar, taken apart into what it is made of. What is beside it says the same in words.
 */
struct _StrataShareBar
{
  GtkWidget parent_instance;

  StrataChartTheme *theme;
  double thickness; /* in heights of a line of text */
  double shares[MOST_SHARES];
  guint colors[MOST_SHARES], n;
};

G_DEFINE_FINAL_TYPE (StrataShareBar, strata_share_bar, GTK_TYPE_WIDGET)

static StrataChartTheme *
get_theme (StrataShareBar *self)
{
  if (self->theme == NULL)
    self->theme = strata_chart_theme_new_for_widget (GTK_WIDGET (self));
  return self->theme;
}

static void
strata_share_bar_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  StrataShareBar *self = STRATA_SHARE_BAR (widget);
  double em = strata_chart_theme_em (get_theme (self));

  *minimum = ceil (em * (orientation == GTK_ORIENTATION_HORIZONTAL ? 2 : self->thickness));
  *natural = ceil (em * (orientation == GTK_ORIENTATION_HORIZONTAL ? 10 : self->thickness));
}

/* Laid out from left to right, and mirrored where people read the other way. */
static void
strata_share_bar_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  StrataShareBar *self = STRATA_SHARE_BAR (widget);
  StrataChartTheme *theme = get_theme (self);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double thickness = fmin (height, self->thickness * strata_chart_theme_em (theme)), start = 0;
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  cairo_t *cr;

  if (self->n == 0 || width < 1)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  for (guint i = 0; i < self->n; i++)
    {
      double length = self->shares[i] * width, drawn = fmax (length - GAP, fmin (length, 1));

      gdk_cairo_set_source_rgba (cr, strata_chart_theme_get_color (theme, self->colors[i]));
      cairo_rectangle (cr, mirrored ? width - start - drawn : start, (height - thickness) / 2, drawn, thickness);
      cairo_fill (cr);
      start += length;
    }
  cairo_destroy (cr);
}

static void
strata_share_bar_css_changed (GtkWidget         *widget,
                              GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (strata_share_bar_parent_class)->css_changed (widget, change);
  g_clear_pointer (&STRATA_SHARE_BAR (widget)->theme, strata_chart_theme_free);
  gtk_widget_queue_resize (widget);
}

static void
strata_share_bar_finalize (GObject *object)
{
  g_clear_pointer (&STRATA_SHARE_BAR (object)->theme, strata_chart_theme_free);

  G_OBJECT_CLASS (strata_share_bar_parent_class)->finalize (object);
}

static void
strata_share_bar_class_init (StrataShareBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = strata_share_bar_finalize;
  widget_class->measure = strata_share_bar_measure;
  widget_class->snapshot = strata_share_bar_snapshot;
  widget_class->css_changed = strata_share_bar_css_changed;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
strata_share_bar_init (StrataShareBar *self)
{
}

/**
 * strata_share_bar_new:
 * @thickness: in heights of a line of text
 *
 * Returns: a bar of no length
 */
GtkWidget *
strata_share_bar_new (double thickness)
{
  StrataShareBar *self = g_object_new (STRATA_TYPE_SHARE_BAR, NULL);

  self->thickness = thickness;
  return GTK_WIDGET (self);
}

/**
 * strata_share_bar_set:
 * @shares: parts of the whole width, from the start
 * @colors: which colours of the palette they have
 * @n: how many there are
 */
void
strata_share_bar_set (StrataShareBar *self,
                      const double   *shares,
                      const guint    *colors,
                      guint           n)
{
  g_return_if_fail (n <= MOST_SHARES);

  if (n > 0)
    {
      memcpy (self->shares, shares, n * sizeof shares[0]);
      memcpy (self->colors, colors, n * sizeof colors[0]);
    }
  self->n = n;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
