/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "runner/trial.h"

#include "base/json.h"
#include "data/data-source.h"
#include "data/image-source.h"
#include "models/slice-source.h"
#include "runner/samples.h"

/* The first steps make programs and warm caches; those after are like all others. */
#define WARM_UP 2
#define FEWEST_STEPS 10
#define MOST_STEPS 40
#define ENOUGH_SECONDS 0.4
#define MOST_READING_SECONDS 1.0
/* A forward pass alone, as part of a step forward and back. */
#define FORWARD_SHARE 0.35

struct _StrataTrial
{
  StrataModel *model;
  char *data, *compile, *fit, *folder;
  StrataDataSet *set;
  StrataDataFacts *facts;
  double epoch_seconds;

  GCancellable *stop;           /* ends the steps: there are enough, or nobody wants to know any more */
  gint64 began, steps;
  double per_step;
};

/**
 * strata_trial_new: (skip)
 * @model: (nullable): what to time, which nobody else uses; %NULL looks at the data only
 * @data: settings of the document, as JSON
 * @compile: (nullable): likewise
 * @fit: (nullable): likewise
 * @folder: (nullable): where relative paths in @data begin
 * @set: (nullable): the data, if it was read before; then it is not looked at again
 *
 * Returns: (transfer full): a trial
 */
StrataTrial *
strata_trial_new (StrataModel   *model,
                  const char    *data,
                  const char    *compile,
                  const char    *fit,
                  const char    *folder,
                  StrataDataSet *set)
{
  StrataTrial *self = g_new0 (StrataTrial, 1);

  self->model = model != NULL ? g_object_ref (model) : NULL;
  self->data = g_strdup (data);
  self->compile = g_strdup (compile);
  self->fit = g_strdup (fit);
  self->folder = g_strdup (folder);
  self->set = set != NULL ? strata_data_set_ref (set) : NULL;
  self->stop = g_cancellable_new ();
  self->epoch_seconds = -1;
  return self;
}

void
strata_trial_free (StrataTrial *self)
{
  g_clear_object (&self->model);
  g_free (self->data);
  g_free (self->compile);
  g_free (self->fit);
  g_free (self->folder);
  g_clear_pointer (&self->set, strata_data_set_unref);
  g_clear_pointer (&self->facts, strata_data_facts_unref);
  g_clear_object (&self->stop);
  g_free (self);
}

const char *
strata_trial_get_data (StrataTrial *self)
{
  return self->data;
}

/**
 * strata_trial_get_set: (skip)
 *
 * Returns: (nullable): the data, to be used again
 */
StrataDataSet *
strata_trial_get_set (StrataTrial *self)
{
  return self->set;
}

/**
 * strata_trial_get_facts: (skip)
 *
 * Returns: (nullable): what the data is like, if it was read now
 */
StrataDataFacts *
strata_trial_get_facts (StrataTrial *self)
{
  return self->facts;
}

/**
 * strata_trial_get_epoch_seconds: (skip)
 *
 * Returns: about how long an epoch takes, or -1
 */
double
strata_trial_get_epoch_seconds (StrataTrial *self)
{
  return self->epoch_seconds;
}

static void
progress_cb (const StrataProgress *progress,
             gpointer              user_data)
{
  StrataTrial *self = user_data;
  gint64 now = g_get_monotonic_time ();
  double seconds;

  if (progress->epoch_done)
    return;
  self->steps++;
  if (self->steps <= WARM_UP)
    {
      self->began = now;
      return;
    }
  seconds = (now - self->began) / (double) G_USEC_PER_SEC;
  self->per_step = seconds / (self->steps - WARM_UP);
  if (seconds > ENOUGH_SECONDS)
    g_cancellable_cancel (self->stop);
}

static JsonNode *
parse (const char *text)
{
  JsonNode *node = text != NULL ? json_from_string (text, NULL) : NULL;

  return node != NULL ? node : json_from_string ("{}", NULL);
}

/* As training will, with what is held out. */
static double
estimate (StrataTrial   *self,
          StrataDataSet *samples,
          JsonObject    *fit,
          gint64         batch_size)
{
  gint64 n = strata_source_get_size (samples->x), n_held_out;
  double split = strata_json_get_double (fit, "validation_split", 0);

  if (split > 0)
    n_held_out = (gint64) (n * split);
  else
    n_held_out = samples->test_x != NULL && strata_json_get_bool (fit, "validate_with_test", TRUE)
                 ? strata_source_get_size (samples->test_x) : 0;
  if (split > 0)
    n -= n_held_out;
  return self->per_step * ((n + batch_size - 1) / batch_size + FORWARD_SHARE * n_held_out / batch_size);
}

/* Pictures that are kept once they are read cost their reading in the first epoch alone, which is not what an epoch is
 * like. So that no step waits for files, as many are read before as a moment allows: the steps are about those. */
static gint64
read_ahead (StrataTrial  *self,
            StrataSource *x,
            gint64        n,
            gint64        batch_size)
{
  gint64 end = g_get_monotonic_time () + (gint64) (MOST_READING_SECONDS * G_USEC_PER_SEC), done = 0;
  g_autofree gint64 *indices = g_new (gint64, batch_size);
  g_autofree float *numbers = NULL;
  StrataShape shape;
  StrataDType dtype;

  if (!STRATA_IS_IMAGE_SOURCE (self->set->x) || !strata_image_source_keeps_all (STRATA_IMAGE_SOURCE (self->set->x)))
    return n;
  strata_source_get_spec (x, 0, &dtype, &shape);
  numbers = g_try_new (float, batch_size * strata_shape_get_size (&shape));
  while (numbers != NULL && done < n && (done == 0 || g_get_monotonic_time () < end) &&
         !g_cancellable_is_cancelled (self->stop))
    {
      gint64 many = MIN (batch_size, n - done);

      for (gint64 i = 0; i < many; i++)
        indices[i] = done + i;
      if (!strata_source_fill (x, 0, indices, many, STRATA_FLOAT32, numbers, NULL))
        break;
      done += many;
    }
  return done > 0 ? done : n;
}

static void
time_steps (StrataTrial *self)
{
  g_autoptr (JsonNode) compile = parse (self->compile), fit_settings = parse (self->fit);
  JsonObject *settings = json_node_get_object (fit_settings);
  gint64 batch_size = MAX (strata_json_get_int (settings, "batch_size", 32), 1), n;
  g_autoptr (StrataDataSet) samples = NULL;
  g_autoptr (StrataSource) x = NULL, y = NULL;
  g_autoptr (StrataHistory) history = NULL;
  StrataFit fit = { .batch_size = batch_size, .epochs = 1, .seed = 1, .progress = progress_cb, .user_data = self,
                    .cancellable = self->stop };

  if (!strata_model_compile (self->model, json_node_get_object (compile), NULL))
    return;
  samples = strata_samples_for_model (self->set, self->model, json_node_get_object (compile), NULL);
  if (samples == NULL || samples->y == NULL)
    return;
  n = MIN (strata_source_get_size (samples->x), batch_size * (WARM_UP + MOST_STEPS));
  n = read_ahead (self, samples->x, n, batch_size);
  x = strata_slice_source_new (samples->x, 0, n);
  y = strata_slice_source_new (samples->y, 0, n);
  fit.x = x;
  fit.y = y;
  /* Few samples are seen several times, until there are enough steps. */
  fit.epochs = MAX (1, (WARM_UP + FEWEST_STEPS) * batch_size / MAX (n, 1));
  history = strata_model_fit (self->model, &fit, NULL);
  if (self->per_step > 0)
    self->epoch_seconds = estimate (self, samples, settings, batch_size);
}

static void
cancel_cb (GCancellable *cancellable,
           gpointer      stop)
{
  g_cancellable_cancel (stop);
}

/**
 * strata_trial_run: (skip)
 * @cancellable: (nullable): ends it after the step
 *
 * Does it; this takes about a second, in any thread. What cannot be done is not told.
 */
void
strata_trial_run (StrataTrial  *self,
                  GCancellable *cancellable)
{
  gulong handler = cancellable != NULL
                   ? g_cancellable_connect (cancellable, G_CALLBACK (cancel_cb), self->stop, NULL) : 0;

  if (self->set == NULL)
    {
      g_autoptr (JsonNode) data = parse (self->data);

      self->set = strata_data_source_load (json_node_get_object (data), self->folder, NULL);
      if (self->set != NULL)
        self->facts = strata_data_facts_new (self->set, NULL);
    }
  if (self->set != NULL && self->model != NULL && !g_cancellable_is_cancelled (self->stop))
    time_steps (self);
  if (cancellable != NULL)
    g_cancellable_disconnect (cancellable, handler);
}
