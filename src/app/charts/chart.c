/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charts/chart.h"

#include <glib/gi18n.h>
#include <math.h>

#include "charts/figures.h"

/**
 * StrataChart:
 *
 * Series that are seen together, and how: what is drawn on the screen, and into files.
 */
struct _StrataChart
{
  GObject parent_instance;

  const StrataChartKind *kind;
  char *log;
  GPtrArray *series;
  double x_end;
  double smoothing;
  StrataScaleKind scale;
};

G_DEFINE_FINAL_TYPE (StrataChart, strata_chart, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_LOGARITHMIC,
  PROP_SMOOTHING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
changed (StrataChart *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
release_series (StrataChart  *self,
                StrataSeries *series)
{
  g_signal_handlers_disconnect_by_data (series, self);
  g_object_unref (series);
}

static void
strata_chart_finalize (GObject *object)
{
  StrataChart *self = STRATA_CHART (object);

  for (guint i = 0; i < self->series->len; i++)
    release_series (self, g_ptr_array_index (self->series, i));
  g_ptr_array_unref (self->series);
  g_free (self->log);
  G_OBJECT_CLASS (strata_chart_parent_class)->finalize (object);
}

static void
strata_chart_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  StrataChart *self = STRATA_CHART (object);

  switch (id)
    {
    case PROP_LOGARITHMIC:
      g_value_set_boolean (value, self->scale == STRATA_SCALE_LOG);
      break;
    case PROP_SMOOTHING:
      g_value_set_double (value, self->smoothing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_chart_set_property (GObject      *object,
                           guint         id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  StrataChart *self = STRATA_CHART (object);

  switch (id)
    {
    case PROP_LOGARITHMIC:
      strata_chart_set_scale (self, g_value_get_boolean (value) ? STRATA_SCALE_LOG : STRATA_SCALE_LINEAR);
      break;
    case PROP_SMOOTHING:
      strata_chart_set_smoothing (self, g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_chart_class_init (StrataChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = strata_chart_finalize;
  object_class->get_property = strata_chart_get_property;
  object_class->set_property = strata_chart_set_property;
  properties[PROP_LOGARITHMIC] = g_param_spec_boolean ("logarithmic", NULL, NULL, FALSE, flags);
  properties[PROP_SMOOTHING] = g_param_spec_double ("smoothing", NULL, NULL, 0, 0.99, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * StrataChart::changed:
   * @self: a chart
   *
   * It has to be drawn again.
   */
  signals[CHANGED] = g_signal_new ("changed", STRATA_TYPE_CHART, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
strata_chart_init (StrataChart *self)
{
  self->series = g_ptr_array_new ();
}

/**
 * strata_chart_new:
 * @kind: what kind of chart
 * @log: (nullable): what it shows, as Keras's logs call it, without "val_"
 *
 * Returns: (transfer full): a chart without series
 */
StrataChart *
strata_chart_new (const StrataChartKind *kind,
                  const char            *log)
{
  StrataChart *self;

  g_return_val_if_fail (kind != NULL, NULL);

  self = g_object_new (STRATA_TYPE_CHART, NULL);
  self->kind = kind;
  self->log = g_strdup (log);
  self->scale = kind->scale;
  return self;
}

/**
 * strata_chart_get_kind: (skip)
 * @self: a chart
 *
 * Returns: its kind
 */
const StrataChartKind *
strata_chart_get_kind (StrataChart *self)
{
  g_return_val_if_fail (STRATA_IS_CHART (self), NULL);

  return self->kind;
}

/**
 * strata_chart_get_log:
 * @self: a chart
 *
 * Returns: (nullable): what it shows, as Keras's logs call it
 */
const char *
strata_chart_get_log (StrataChart *self)
{
  g_return_val_if_fail (STRATA_IS_CHART (self), NULL);

  return self->log;
}

/**
 * strata_chart_dup_title:
 * @self: a chart
 *
 * Returns: (transfer full): what it is called, without a unit
 */
char *
strata_chart_dup_title (StrataChart *self)
{
  g_return_val_if_fail (STRATA_IS_CHART (self), NULL);

  return strata_chart_kind_dup_title (self->kind, self->log);
}

/**
 * strata_chart_add_series:
 * @self: a chart
 * @series: a line; drawn above those that are there
 */
void
strata_chart_add_series (StrataChart  *self,
                         StrataSeries *series)
{
  g_return_if_fail (STRATA_IS_CHART (self));
  g_return_if_fail (STRATA_IS_SERIES (series));

  g_ptr_array_add (self->series, g_object_ref (series));
  g_signal_connect_swapped (series, "changed", G_CALLBACK (changed), self);
  changed (self);
}

/**
 * strata_chart_remove_series:
 * @self: a chart
 * @series: a line of it
 */
void
strata_chart_remove_series (StrataChart  *self,
                            StrataSeries *series)
{
  guint index;

  g_return_if_fail (STRATA_IS_CHART (self));

  if (!g_ptr_array_find (self->series, series, &index))
    return;
  g_ptr_array_remove_index (self->series, index);
  release_series (self, series);
  changed (self);
}

/**
 * strata_chart_remove_all:
 * @self: a chart
 *
 * Removes all its lines.
 */
void
strata_chart_remove_all (StrataChart *self)
{
  g_return_if_fail (STRATA_IS_CHART (self));

  if (self->series->len == 0)
    return;
  for (guint i = 0; i < self->series->len; i++)
    release_series (self, g_ptr_array_index (self->series, i));
  g_ptr_array_set_size (self->series, 0);
  changed (self);
}

/**
 * strata_chart_get_n_series:
 * @self: a chart
 *
 * Returns: how many lines it has, seen or not
 */
guint
strata_chart_get_n_series (StrataChart *self)
{
  g_return_val_if_fail (STRATA_IS_CHART (self), 0);

  return self->series->len;
}

/**
 * strata_chart_get_series:
 * @self: a chart
 * @i: which
 *
 * Returns: (transfer none): a line
 */
StrataSeries *
strata_chart_get_series (StrataChart *self,
                         guint        i)
{
  g_return_val_if_fail (STRATA_IS_CHART (self), NULL);
  g_return_val_if_fail (i < self->series->len, NULL);

  return g_ptr_array_index (self->series, i);
}

/**
 * strata_chart_get_x_end:
 * @self: a chart
 *
 * Returns: how far its axis goes at least
 */
double
strata_chart_get_x_end (StrataChart *self)
{
  g_return_val_if_fail (STRATA_IS_CHART (self), 0);

  return self->x_end;
}

/**
 * strata_chart_set_x_end:
 * @self: a chart
 * @x_end: how far its axis goes at least: the epochs there will be, so that lines grow and the axis stands still
 */
void
strata_chart_set_x_end (StrataChart *self,
                        double       x_end)
{
  g_return_if_fail (STRATA_IS_CHART (self));

  if (self->x_end == x_end)
    return;
  self->x_end = x_end;
  changed (self);
}

/**
 * strata_chart_get_scale:
 * @self: a chart
 *
 * Returns: how its vertical axis places numbers
 */
StrataScaleKind
strata_chart_get_scale (StrataChart *self)
{
  g_return_val_if_fail (STRATA_IS_CHART (self), STRATA_SCALE_LINEAR);

  return self->scale;
}

/**
 * strata_chart_set_scale:
 * @self: a chart
 * @scale: how its vertical axis places numbers
 */
void
strata_chart_set_scale (StrataChart     *self,
                        StrataScaleKind  scale)
{
  g_return_if_fail (STRATA_IS_CHART (self));

  if (self->scale == scale)
    return;
  self->scale = scale;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOGARITHMIC]);
  changed (self);
}

/**
 * strata_chart_get_smoothing:
 * @self: a chart
 *
 * Returns: the share of the past in what is drawn
 */
double
strata_chart_get_smoothing (StrataChart *self)
{
  g_return_val_if_fail (STRATA_IS_CHART (self), 0);

  return self->smoothing;
}

/**
 * strata_chart_set_smoothing:
 * @self: a chart
 * @smoothing: the share of the past in what is drawn, from 0 (as it is) to 0.99; what is measured stays visible behind
 */
void
strata_chart_set_smoothing (StrataChart *self,
                            double       smoothing)
{
  g_return_if_fail (STRATA_IS_CHART (self));

  smoothing = isnan (smoothing) ? 0 : CLAMP (smoothing, 0, 0.99);
  if (self->smoothing == smoothing)
    return;
  self->smoothing = smoothing;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SMOOTHING]);
  changed (self);
}

/**
 * strata_chart_get_x_range:
 * @self: a chart
 * @low: (out): where its axis begins
 * @high: (out): where it ends
 */
void
strata_chart_get_x_range (StrataChart *self,
                          double      *low,
                          double      *high)
{
  g_return_if_fail (STRATA_IS_CHART (self));

  *low = 0;
  *high = fmax (self->x_end, 0);
  for (guint i = 0; i < self->series->len; i++)
    {
      StrataSeries *series = g_ptr_array_index (self->series, i);
      double last;

      if (strata_series_get_visible (series) && strata_series_get_last (series, &last, NULL))
        *high = fmax (*high, last);
    }
  if (*high <= 0)
    *high = 1;
}

/* A line behind another that has a single point is not to be seen. */
static gboolean
is_seen (StrataSeries *series)
{
  return strata_series_get_style (series) != STRATA_SERIES_FAINT || strata_series_get_n (series) > 1;
}

static void
widen (StrataChart  *self,
       StrataSeries *series,
       double       *low,
       double       *high)
{
  double least, most;

  if (!strata_series_get_visible (series) || !strata_series_get_lowest (series, NULL, &least) ||
      !strata_series_get_highest (series, NULL, &most))
    return;
  if (self->scale == STRATA_SCALE_LOG)
    least = strata_series_get_least_positive (series);
  *low = fmin (*low, least);
  *high = fmax (*high, most);
}

/**
 * strata_chart_get_y_range:
 * @self: a chart
 * @low: (out): the least number seen
 * @high: (out): the greatest
 *
 * Returns: whether there are numbers
 */
gboolean
strata_chart_get_y_range (StrataChart *self,
                          double      *low,
                          double      *high)
{
  g_return_val_if_fail (STRATA_IS_CHART (self), FALSE);

  *low = INFINITY;
  *high = -INFINITY;
  for (int single = 0; single < 2 && *low > *high; single++)
    for (guint i = 0; i < self->series->len; i++)
      if (single || is_seen (g_ptr_array_index (self->series, i)))
        widen (self, g_ptr_array_index (self->series, i), low, high);
  return *low <= *high;
}

static gboolean
has_validation (StrataChart *self,
                guint        color)
{
  for (guint i = 0; i < self->series->len; i++)
    {
      StrataSeries *series = g_ptr_array_index (self->series, i);

      if (strata_series_get_style (series) == STRATA_SERIES_DASHED && strata_series_get_color (series) == color &&
          strata_series_get_n (series) > 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * strata_chart_get_best:
 * @self: a chart
 * @series: a line of it
 * @x: (out) (optional): where
 * @y: (out) (optional): what
 *
 * Finds the point where a run was best. Runs are judged by held-out samples if
 * they have some.
 *
 * Returns: whether @series has such a point
 */
gboolean
strata_chart_get_best (StrataChart  *self,
                       StrataSeries *series,
                       double       *x,
                       double       *y)
{
  StrataSeriesStyle style;
  StrataBest best;

  g_return_val_if_fail (STRATA_IS_CHART (self), FALSE);
  g_return_val_if_fail (STRATA_IS_SERIES (series), FALSE);

  style = strata_series_get_style (series);
  best = strata_chart_kind_get_best (self->kind, self->log);
  if (best == STRATA_BEST_NONE || style == STRATA_SERIES_FAINT)
    return FALSE;
  if (style == STRATA_SERIES_SOLID && has_validation (self, strata_series_get_color (series)))
    return FALSE;
  return best == STRATA_BEST_LOWEST ? strata_series_get_lowest (series, x, y)
                                    : strata_series_get_highest (series, x, y);
}

static void
describe_series (StrataChart  *self,
                 StrataSeries *series,
                 GString      *text)
{
  g_autofree char *last = NULL;
  double x, y;

  if (!strata_series_get_last (series, &x, &y))
    return;
  last = strata_chart_kind_format (self->kind, y);
  /* Translators: of a chart: "Validation: 0.0821 at epoch 5." */
  g_string_append_printf (text, _(" %s: %s at epoch %.4g."), strata_series_get_name (series), last, x);
  if (strata_chart_get_best (self, series, &x, &y))
    {
      g_autofree char *best = strata_chart_kind_format (self->kind, y);

      g_string_append_printf (text, _(" Best %s at epoch %.4g."), best, x);
    }
}

/**
 * strata_chart_dup_summary:
 * @self: a chart
 *
 * Returns: (transfer full): what there is to see, in words: the last and the best value of each line
 */
char *
strata_chart_dup_summary (StrataChart *self)
{
  g_autofree char *title = NULL;
  GString *text;
  gsize empty;

  g_return_val_if_fail (STRATA_IS_CHART (self), NULL);

  title = strata_chart_dup_title (self);
  text = g_string_new (NULL);
  g_string_append_printf (text, _("%s by epoch."), title);
  empty = text->len;
  for (guint i = 0; i < self->series->len; i++)
    {
      StrataSeries *series = g_ptr_array_index (self->series, i);

      if (strata_series_get_visible (series) && strata_series_get_style (series) != STRATA_SERIES_FAINT)
        describe_series (self, series, text);
    }
  if (text->len == empty)
    g_string_append_printf (text, " %s", _("No values yet."));
  return g_string_free (text, FALSE);
}
