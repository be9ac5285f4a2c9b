/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charts/series.h"

#include <math.h>

/**
 * StrataSeries:
 *
 * A line of a chart: points that grow to the right, from the main thread.
 *
 * Numbers that are not finite are kept and leave a gap.
 */
struct _StrataSeries
{
  GObject parent_instance;

  char *name;
  GArray *x;
  GArray *y;
  gssize lowest, highest; /* which points; negative while there is none */
  double least_positive;
  guint color;
  guint version;
  StrataSeriesStyle style;
  gboolean visible;
};

G_DEFINE_FINAL_TYPE (StrataSeries, strata_series, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_NAME,
  PROP_VISIBLE,
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
strata_series_finalize (GObject *object)
{
  StrataSeries *self = STRATA_SERIES (object);

  g_free (self->name);
  g_array_unref (self->x);
  g_array_unref (self->y);
  G_OBJECT_CLASS (strata_series_parent_class)->finalize (object);
}

static void
strata_series_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  StrataSeries *self = STRATA_SERIES (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_VISIBLE:
      g_value_set_boolean (value, self->visible);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_series_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  StrataSeries *self = STRATA_SERIES (object);

  switch (id)
    {
    case PROP_NAME:
      strata_series_set_name (self, g_value_get_string (value));
      break;
    case PROP_VISIBLE:
      strata_series_set_visible (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_series_class_init (StrataSeriesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = strata_series_finalize;
  object_class->get_property = strata_series_get_property;
  object_class->set_property = strata_series_set_property;
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_VISIBLE] = g_param_spec_boolean ("visible", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * StrataSeries::changed:
   * @self: a series
   *
   * Points came or went, or it looks different.
   */
  signals[CHANGED] = g_signal_new ("changed", STRATA_TYPE_SERIES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
strata_series_init (StrataSeries *self)
{
  self->x = g_array_new (FALSE, FALSE, sizeof (double));
  self->y = g_array_new (FALSE, FALSE, sizeof (double));
  self->lowest = self->highest = -1;
  self->least_positive = INFINITY;
  self->visible = TRUE;
}

static void
changed (StrataSeries *self)
{
  self->version++;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * strata_series_new:
 * @name: what it is called where its line ends
 * @color: index of its colour (see strata_chart_theme_get_color())
 * @style: how it is drawn
 *
 * Returns: (transfer full): a series without points
 */
StrataSeries *
strata_series_new (const char        *name,
                   guint              color,
                   StrataSeriesStyle  style)
{
  StrataSeries *self = g_object_new (STRATA_TYPE_SERIES, NULL);

  self->name = g_strdup (name);
  self->color = color;
  self->style = style;
  return self;
}

/**
 * strata_series_append:
 * @self: a series
 * @x: where; a point left of the last one is not taken, for lines grow to the right
 * @y: what; NaN for a gap
 *
 * Adds a point.
 */
void
strata_series_append (StrataSeries *self,
                      double        x,
                      double        y)
{
  gsize n;

  g_return_if_fail (STRATA_IS_SERIES (self));

  n = self->x->len;
  if (!isfinite (x) || (n > 0 && x < g_array_index (self->x, double, n - 1)))
    return;
  g_array_append_val (self->x, x);
  g_array_append_val (self->y, y);
  if (isfinite (y))
    {
      if (self->lowest < 0 || y < g_array_index (self->y, double, self->lowest))
        self->lowest = n;
      if (self->highest < 0 || y > g_array_index (self->y, double, self->highest))
        self->highest = n;
      if (y > 0 && y < self->least_positive)
        self->least_positive = y;
    }
  changed (self);
}

/**
 * strata_series_clear:
 * @self: a series
 *
 * Removes all points.
 */
void
strata_series_clear (StrataSeries *self)
{
  g_return_if_fail (STRATA_IS_SERIES (self));

  g_array_set_size (self->x, 0);
  g_array_set_size (self->y, 0);
  self->lowest = self->highest = -1;
  self->least_positive = INFINITY;
  changed (self);
}

/**
 * strata_series_get_n:
 * @self: a series
 *
 * Returns: how many points there are
 */
gsize
strata_series_get_n (StrataSeries *self)
{
  g_return_val_if_fail (STRATA_IS_SERIES (self), 0);

  return self->x->len;
}

/**
 * strata_series_get_x: (skip)
 * @self: a series
 *
 * Returns: where its points are, in rising order; until it changes
 */
const double *
strata_series_get_x (StrataSeries *self)
{
  g_return_val_if_fail (STRATA_IS_SERIES (self), NULL);

  return (const double *) (gpointer) self->x->data;
}

/**
 * strata_series_get_y: (skip)
 * @self: a series
 *
 * Returns: how high its points are; until it changes
 */
const double *
strata_series_get_y (StrataSeries *self)
{
  g_return_val_if_fail (STRATA_IS_SERIES (self), NULL);

  return (const double *) (gpointer) self->y->data;
}

/**
 * strata_series_get_version:
 * @self: a series
 *
 * Returns: a number that differs after each change, for those who keep what they made of the points
 */
guint
strata_series_get_version (StrataSeries *self)
{
  g_return_val_if_fail (STRATA_IS_SERIES (self), 0);

  return self->version;
}

static gboolean
get_point (StrataSeries *self,
           gssize        index,
           double       *x,
           double       *y)
{
  if (index < 0 || index >= self->x->len)
    return FALSE;
  if (x != NULL)
    *x = g_array_index (self->x, double, index);
  if (y != NULL)
    *y = g_array_index (self->y, double, index);
  return TRUE;
}

/**
 * strata_series_get_last:
 * @self: a series
 * @x: (out) (optional): where
 * @y: (out) (optional): what
 *
 * Returns: whether there is a last point
 */
gboolean
strata_series_get_last (StrataSeries *self,
                        double       *x,
                        double       *y)
{
  g_return_val_if_fail (STRATA_IS_SERIES (self), FALSE);

  return get_point (self, (gssize) self->x->len - 1, x, y);
}

/**
 * strata_series_get_lowest:
 * @self: a series
 * @x: (out) (optional): where
 * @y: (out) (optional): what
 *
 * Returns: whether there is a finite point; then the first of the lowest
 */
gboolean
strata_series_get_lowest (StrataSeries *self,
                          double       *x,
                          double       *y)
{
  g_return_val_if_fail (STRATA_IS_SERIES (self), FALSE);

  return get_point (self, self->lowest, x, y);
}

/**
 * strata_series_get_highest:
 * @self: a series
 * @x: (out) (optional): where
 * @y: (out) (optional): what
 *
 * Returns: whether there is a finite point; then the first of the highest
 */
gboolean
strata_series_get_highest (StrataSeries *self,
                           double       *x,
                           double       *y)
{
  g_return_val_if_fail (STRATA_IS_SERIES (self), FALSE);

  return get_point (self, self->highest, x, y);
}

/**
 * strata_series_get_least_positive:
 * @self: a series
 *
 * Returns: the least number above zero, where a logarithmic axis may begin; infinity if there is none
 */
double
strata_series_get_least_positive (StrataSeries *self)
{
  g_return_val_if_fail (STRATA_IS_SERIES (self), (double) INFINITY);

  return self->least_positive;
}

/**
 * strata_series_find:
 * @self: a series
 * @x: a place
 * @index: (out): the nearest point
 *
 * Returns: whether there are points
 */
gboolean
strata_series_find (StrataSeries *self,
                    double        x,
                    gsize        *index)
{
  const double *places;
  gsize low = 0, high;

  g_return_val_if_fail (STRATA_IS_SERIES (self), FALSE);

  if (self->x->len == 0)
    return FALSE;
  places = strata_series_get_x (self);
  high = self->x->len - 1;
  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (places[middle] < x)
        low = middle + 1;
      else
        high = middle;
    }
  if (low > 0 && x - places[low - 1] <= places[low] - x)
    low--;
  *index = low;
  return TRUE;
}

/**
 * strata_series_get_name:
 * @self: a series
 *
 * Returns: what it is called
 */
const char *
strata_series_get_name (StrataSeries *self)
{
  g_return_val_if_fail (STRATA_IS_SERIES (self), NULL);

  return self->name;
}

/**
 * strata_series_set_name:
 * @self: a series
 * @name: what it is called
 */
void
strata_series_set_name (StrataSeries *self,
                        const char   *name)
{
  g_return_if_fail (STRATA_IS_SERIES (self));

  if (g_strcmp0 (self->name, name) == 0)
    return;
  g_free (self->name);
  self->name = g_strdup (name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
  changed (self);
}

/**
 * strata_series_get_color:
 * @self: a series
 *
 * Returns: index of its colour
 */
guint
strata_series_get_color (StrataSeries *self)
{
  g_return_val_if_fail (STRATA_IS_SERIES (self), 0);

  return self->color;
}

/**
 * strata_series_get_style:
 * @self: a series
 *
 * Returns: how it is drawn
 */
StrataSeriesStyle
strata_series_get_style (StrataSeries *self)
{
  g_return_val_if_fail (STRATA_IS_SERIES (self), STRATA_SERIES_SOLID);

  return self->style;
}

/**
 * strata_series_get_visible:
 * @self: a series
 *
 * Returns: whether it is drawn
 */
gboolean
strata_series_get_visible (StrataSeries *self)
{
  g_return_val_if_fail (STRATA_IS_SERIES (self), FALSE);

  return self->visible;
}

/**
 * strata_series_set_visible:
 * @self: a series
 * @visible: whether it is drawn
 */
void
strata_series_set_visible (StrataSeries *self,
                           gboolean      visible)
{
  g_return_if_fail (STRATA_IS_SERIES (self));

  visible = !!visible;
  if (self->visible == visible)
    return;
  self->visible = visible;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VISIBLE]);
  changed (self);
}
