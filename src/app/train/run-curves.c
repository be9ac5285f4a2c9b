/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "train/run-curves.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "charts/chart-kind.h"

/* A name at the end of a line is no longer than this, in characters. */
#define NAME_LENGTH 16

/**
 * StrataRunCurves:
 *
 * The series of a run, which follow it while it goes on.
 *
 * Keras shows the mean of an epoch so far, which hides what the batches do. Of
 * two such means the mean of the batches between them follows, and that is what
 * is drawn.
 */
struct _StrataRunCurves
{
  GObject parent_instance;

  StrataRun *run;
  GPtrArray *curves;
  gboolean visible;
  gboolean alone;
};

G_DEFINE_FINAL_TYPE (StrataRunCurves, strata_run_curves, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_RUN,
  PROP_VISIBLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  CURVE_ADDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
curve_free (gpointer data)
{
  StrataRunCurve *curve = data;

  g_free (curve->log);
  g_object_unref (curve->batches);
  g_object_unref (curve->training);
  g_object_unref (curve->validation);
  g_free (curve);
}

static void
strata_run_curves_dispose (GObject *object)
{
  StrataRunCurves *self = STRATA_RUN_CURVES (object);

  if (self->run != NULL)
    g_signal_handlers_disconnect_by_data (self->run, self);
  g_clear_object (&self->run);
  g_clear_pointer (&self->curves, g_ptr_array_unref);
  G_OBJECT_CLASS (strata_run_curves_parent_class)->dispose (object);
}

static void
strata_run_curves_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  StrataRunCurves *self = STRATA_RUN_CURVES (object);

  switch (id)
    {
    case PROP_RUN:
      g_value_set_object (value, self->run);
      break;
    case PROP_VISIBLE:
      g_value_set_boolean (value, self->visible);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_run_curves_set_property (GObject      *object,
                                guint         id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  StrataRunCurves *self = STRATA_RUN_CURVES (object);

  switch (id)
    {
    case PROP_VISIBLE:
      strata_run_curves_set_visible (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_run_curves_class_init (StrataRunCurvesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = strata_run_curves_dispose;
  object_class->get_property = strata_run_curves_get_property;
  object_class->set_property = strata_run_curves_set_property;
  properties[PROP_RUN] = g_param_spec_object ("run", NULL, NULL, STRATA_TYPE_RUN,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_VISIBLE] = g_param_spec_boolean ("visible", NULL, NULL, TRUE,
                                                   G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                   G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CURVE_ADDED] = g_signal_new ("curve-added", STRATA_TYPE_RUN_CURVES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
strata_run_curves_init (StrataRunCurves *self)
{
  self->curves = g_ptr_array_new_with_free_func (curve_free);
  self->visible = TRUE;
  self->alone = TRUE;
}

static char *
shorten (const char *name)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (name, -1) <= NAME_LENGTH)
    return g_strdup (name);
  start = g_utf8_substring (name, 0, NAME_LENGTH - 1);
  return g_strconcat (g_strchomp (start), "…", NULL);
}

/* A run that is seen alone needs no name: then what tells its lines apart is what they are of. */
static void
name_curve (StrataRunCurves *self,
            StrataRunCurve  *curve)
{
  g_autofree char *name = shorten (strata_run_get_name (self->run));
  /* Translators: of a chart's line: "Run 3 validation". */
  g_autofree char *validation = g_strdup_printf (_("%s validation"), name);

  strata_series_set_name (curve->batches, name);
  strata_series_set_name (curve->training, self->alone ? _("Training") : name);
  strata_series_set_name (curve->validation, self->alone ? _("Validation") : validation);
}

static void
name_curves (StrataRunCurves *self)
{
  for (guint i = 0; i < self->curves->len; i++)
    name_curve (self, g_ptr_array_index (self->curves, i));
}

static StrataRunCurve *
ensure_curve (StrataRunCurves *self,
              const char      *log)
{
  StrataRunCurve *curve = strata_run_curves_find (self, log);
  guint color = strata_run_curves_get_color (self);

  if (curve != NULL)
    return curve;
  curve = g_new0 (StrataRunCurve, 1);
  curve->log = g_strdup (log);
  curve->batches = strata_series_new (NULL, color, STRATA_SERIES_FAINT);
  curve->training = strata_series_new (NULL, color, STRATA_SERIES_SOLID);
  curve->validation = strata_series_new (NULL, color, STRATA_SERIES_DASHED);
  strata_series_set_visible (curve->batches, self->visible);
  strata_series_set_visible (curve->training, self->visible);
  strata_series_set_visible (curve->validation, self->visible);
  name_curve (self, curve);
  g_ptr_array_add (self->curves, curve);
  g_signal_emit (self, signals[CURVE_ADDED], 0, curve);
  return curve;
}

static void
append_batch (StrataRunCurve        *curve,
              const StrataChartKind *kind,
              StrataRunPoint         point)
{
  double within = point.epoch - floor (point.epoch), before = curve->epoch - floor (curve->epoch);
  double value = point.value;

  /* The end of an epoch is 1 of that epoch, not 0 of the next. */
  if (within == 0 && point.epoch > 0)
    within = 1;
  if (before == 0 && curve->epoch > 0)
    before = 1;
  if (kind->is_mean && ceil (point.epoch) == ceil (curve->epoch) && within > before)
    value = fmin (fmax ((point.value * within - curve->mean * before) / (within - before), kind->lowest),
                  kind->highest);
  curve->epoch = point.epoch;
  curve->mean = point.value;
  strata_series_append (curve->batches, point.epoch, isfinite (point.value) ? value : point.value);
}

static void
update_batches (StrataRunCurves *self,
                StrataRunCurve  *curve,
                const char      *name)
{
  const StrataChartKind *kind = strata_chart_kinds_find_for_log (name);
  const StrataRunPoint *points;
  guint n;

  points = strata_run_get_batch_points (self->run, name, &n);
  for (; curve->n_batches < n; curve->n_batches++)
    append_batch (curve, kind, points[curve->n_batches]);
}

static void
update_epochs (StrataRunCurves *self,
               StrataSeries    *series,
               const char      *name,
               guint           *n_done)
{
  const StrataRunPoint *points;
  guint n;

  points = strata_run_get_epoch_points (self->run, name, &n);
  for (; *n_done < n; (*n_done)++)
    strata_series_append (series, points[*n_done].epoch, points[*n_done].value);
}

/* Fewer batches than epochs were only seen by chance: a line through them would show what never was. */
static void
show_batches (StrataRunCurves *self, StrataRunCurve *curve)
{
  strata_series_set_visible (curve->batches, self->visible && curve->n_batches > curve->n_training);
}

/**
 * strata_run_curves_update:
 * @self: curves
 *
 * Takes over the points that the run has and the series have not.
 */
void
strata_run_curves_update (StrataRunCurves *self)
{
  g_return_if_fail (STRATA_IS_RUN_CURVES (self));

  for (guint i = 0; i < strata_run_get_n_series (self->run); i++)
    {
      const char *name = strata_run_get_series_name (self->run, i);
      gboolean validation = g_str_has_prefix (name, "val_");
      StrataRunCurve *curve = ensure_curve (self, validation ? name + strlen ("val_") : name);

      if (validation)
        update_epochs (self, curve->validation, name, &curve->n_validation);
      else
        {
          update_batches (self, curve, name);
          update_epochs (self, curve->training, name, &curve->n_training);
          show_batches (self, curve);
        }
    }
}

/**
 * strata_run_curves_new:
 * @run: a run
 *
 * Returns: (transfer full): curves without points; strata_run_curves_update() takes those that are there
 */
StrataRunCurves *
strata_run_curves_new (StrataRun *run)
{
  StrataRunCurves *self;

  g_return_val_if_fail (STRATA_IS_RUN (run), NULL);

  self = g_object_new (STRATA_TYPE_RUN_CURVES, NULL);
  self->run = g_object_ref (run);
  g_signal_connect_swapped (run, "changed", G_CALLBACK (strata_run_curves_update), self);
  g_signal_connect_swapped (run, "notify::name", G_CALLBACK (name_curves), self);
  return self;
}

/**
 * strata_run_curves_get_run:
 * @self: curves
 *
 * Returns: (transfer none): what they are of
 */
StrataRun *
strata_run_curves_get_run (StrataRunCurves *self)
{
  g_return_val_if_fail (STRATA_IS_RUN_CURVES (self), NULL);

  return self->run;
}

/**
 * strata_run_curves_get_color:
 * @self: curves
 *
 * Returns: the colour of the run, the same in every chart
 */
guint
strata_run_curves_get_color (StrataRunCurves *self)
{
  g_return_val_if_fail (STRATA_IS_RUN_CURVES (self), 0);

  return MAX (strata_run_get_number (self->run), 1) - 1;
}

/**
 * strata_run_curves_get_n:
 * @self: curves
 *
 * Returns: how many there are
 */
guint
strata_run_curves_get_n (StrataRunCurves *self)
{
  g_return_val_if_fail (STRATA_IS_RUN_CURVES (self), 0);

  return self->curves->len;
}

/**
 * strata_run_curves_get: (skip)
 * @self: curves
 * @i: which
 *
 * Returns: a curve
 */
StrataRunCurve *
strata_run_curves_get (StrataRunCurves *self,
                       guint            i)
{
  g_return_val_if_fail (STRATA_IS_RUN_CURVES (self), NULL);
  g_return_val_if_fail (i < self->curves->len, NULL);

  return g_ptr_array_index (self->curves, i);
}

/**
 * strata_run_curves_find: (skip)
 * @self: curves
 * @log: what is measured, without "val_"
 *
 * Returns: (nullable): its curve
 */
StrataRunCurve *
strata_run_curves_find (StrataRunCurves *self,
                        const char      *log)
{
  g_return_val_if_fail (STRATA_IS_RUN_CURVES (self), NULL);

  for (guint i = 0; i < self->curves->len; i++)
    {
      StrataRunCurve *curve = g_ptr_array_index (self->curves, i);

      if (g_strcmp0 (curve->log, log) == 0)
        return curve;
    }
  return NULL;
}

/**
 * strata_run_curves_get_visible:
 * @self: curves
 *
 * Returns: whether they are drawn
 */
gboolean
strata_run_curves_get_visible (StrataRunCurves *self)
{
  g_return_val_if_fail (STRATA_IS_RUN_CURVES (self), FALSE);

  return self->visible;
}

/**
 * strata_run_curves_set_visible:
 * @self: curves
 * @visible: whether they are drawn
 */
void
strata_run_curves_set_visible (StrataRunCurves *self,
                               gboolean         visible)
{
  g_return_if_fail (STRATA_IS_RUN_CURVES (self));

  visible = !!visible;
  if (self->visible == visible)
    return;
  self->visible = visible;
  for (guint i = 0; i < self->curves->len; i++)
    {
      StrataRunCurve *curve = g_ptr_array_index (self->curves, i);

      show_batches (self, curve);
      strata_series_set_visible (curve->training, visible);
      strata_series_set_visible (curve->validation, visible);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VISIBLE]);
}

/**
 * strata_run_curves_set_alone:
 * @self: curves
 * @alone: whether no other run is seen, so that lines need not be named for theirs
 */
void
strata_run_curves_set_alone (StrataRunCurves *self,
                             gboolean         alone)
{
  g_return_if_fail (STRATA_IS_RUN_CURVES (self));

  if (self->alone == !!alone)
    return;
  self->alone = !!alone;
  name_curves (self);
}
