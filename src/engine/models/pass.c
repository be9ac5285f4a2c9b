/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "graph/gradient.h"
#include "models/model-private.h"
#include "ops/elementwise.h"
#include "regularizers/regularizer.h"

typedef struct
{
  StrataModel *model;
  StrataPass *pass;
  StrataBuilder *builder;
  StrataCall call;
  GPtrArray *fetches;
} Recorder;

void
strata_pass_free (StrataPass *self)
{
  g_clear_pointer (&self->program, strata_program_free);
  g_ptr_array_unref (self->x);
  g_ptr_array_unref (self->y);
  g_ptr_array_unref (self->weights);
  g_free (self);
}

/* Integers that index stay what they are; all else is computed with as float32. */
static StrataDType
choose_dtype (StrataModel *model,
              guint        i,
              StrataDType  found)
{
  if (i < strata_model_get_n_inputs (model))
    return strata_model_get_input_spec (model, i)->dtype;
  return found == STRATA_INT32 || found == STRATA_INT64 || found == STRATA_STRING ? found : STRATA_FLOAT32;
}

static StrataValue *
add_input (Recorder     *self,
           StrataSource *source,
           guint         array,
           const char   *prefix,
           GPtrArray    *inputs)
{
  g_autofree char *name = g_strdup_printf ("%s%u", prefix, array);
  StrataDType dtype;
  StrataShape shape;
  StrataValue *value;

  strata_source_get_spec (source, array, &dtype, &shape);
  strata_shape_insert (&shape, 0, self->pass->n);
  dtype = inputs == self->pass->x ? choose_dtype (self->model, array, dtype) : STRATA_FLOAT32;
  value = strata_builder_input (self->builder, name, dtype, &shape);
  g_ptr_array_add (inputs, value);
  return value;
}

static void
record_forward (Recorder     *self,
                StrataSource *x)
{
  for (guint i = 0; i < strata_source_get_n_arrays (x); i++)
    add_input (self, x, i, "x", self->pass->x);
  self->call = (StrataCall){ .inputs = (StrataValue *const *) self->pass->x->pdata,
                             .n_inputs = self->pass->x->len,
                             .training = self->pass->mode == STRATA_MODE_TRAIN };
  strata_layer_call (STRATA_LAYER (self->model), self->builder, &self->call);
}

static StrataValue *
get_weights (Recorder *self,
             guint     output)
{
  GPtrArray *weights = self->pass->weights;

  return weights->len == 0 ? NULL : g_ptr_array_index (weights, MIN (output, weights->len - 1));
}

static StrataValue *
sum (StrataBuilder *b,
     StrataValue   *total,
     StrataValue   *summand)
{
  return total == NULL ? summand : strata_add (b, total, summand);
}

/* Penalties on weights that train, and what layers added while they were called. */
static StrataValue *
record_penalties (Recorder    *self,
                  StrataValue *total)
{
  StrataBuilder *b = self->builder;
  g_autoptr (GPtrArray) weights = strata_layer_dup_trainable_weights (STRATA_LAYER (self->model));
  const GPtrArray *added = strata_builder_get_losses (b);

  for (guint i = 0; i < weights->len && !strata_builder_has_failed (b); i++)
    {
      StrataVariable *weight = g_ptr_array_index (weights, i);

      if (weight->regularizer != NULL)
        total = sum (b, total,
                     strata_regularizer_penalty (STRATA_REGULARIZER (weight->regularizer), b, strata_builder_read_initial (b, weight)));
    }
  for (guint i = 0; i < added->len; i++)
    total = sum (b, total, g_ptr_array_index (added, i));
  return total;
}

static StrataValue *
record_loss (Recorder *self)
{
  StrataObjective *objective = strata_model_get_objective (self->model);
  StrataBuilder *b = self->builder;
  StrataValue *total = NULL;

  for (guint i = 0; i < objective->losses->len && !strata_builder_has_failed (b); i++)
    {
      StrataObjectiveLoss *entry = &g_array_index (objective->losses, StrataObjectiveLoss, i);
      StrataValue *loss = strata_loss_compute (entry->loss, b, g_ptr_array_index (self->pass->y, entry->output),
                                               self->call.outputs[entry->output], get_weights (self, entry->output),
                                               self->call.output_masks[entry->output]);

      if (objective->losses->len > 1)
        g_ptr_array_add (self->fetches, loss);
      total = sum (b, total, entry->weight != 1 ? strata_scale (b, loss, entry->weight) : loss);
    }
  if (!strata_builder_has_failed (b))
    total = record_penalties (self, total);
  if (total == NULL)
    {
      strata_builder_fail (b, STRATA_ERROR_STATE, "the model has no loss to make small: give it one when compiling");
      return strata_builder_nothing (b);
    }
  g_ptr_array_insert (self->fetches, 0, total);
  return total;
}

static void
record_metrics (Recorder *self)
{
  StrataObjective *objective = strata_model_get_objective (self->model);

  for (guint i = 0; i < objective->metrics->len && !strata_builder_has_failed (self->builder); i++)
    {
      StrataObjectiveMetric *entry = &g_array_index (objective->metrics, StrataObjectiveMetric, i);

      strata_metric_update (entry->metric, self->builder, g_ptr_array_index (self->pass->y, entry->output),
                            self->call.outputs[entry->output], entry->weighted ? get_weights (self, entry->output) : NULL);
    }
}

static gboolean
record_update (Recorder     *self,
               StrataValue  *loss,
               GError      **error)
{
  StrataOptimizer *optimizer = strata_model_get_optimizer (self->model);
  g_autoptr (GPtrArray) weights = strata_layer_dup_trainable_weights (STRATA_LAYER (self->model));
  g_autofree StrataValue **values = g_new0 (StrataValue *, weights->len + 1);
  g_autofree StrataValue **grads = g_new0 (StrataValue *, weights->len + 1);

  if (weights->len == 0)
    return TRUE;
  if (!strata_optimizer_build (optimizer, weights, error))
    return FALSE;
  for (guint i = 0; i < weights->len; i++)
    values[i] = strata_builder_read_initial (self->builder, g_ptr_array_index (weights, i));
  if (strata_gradient (self->builder, loss, values, weights->len, grads))
    strata_optimizer_apply (optimizer, self->builder, grads);
  return TRUE;
}

static gboolean
record_objective (Recorder      *self,
                  StrataSource  *y,
                  GError       **error)
{
  StrataValue *loss;

  for (guint i = 0; i < strata_source_get_n_arrays (y); i++)
    add_input (self, y, i, "y", self->pass->y);
  for (guint i = 0; i < self->pass->weighted; i++)
    {
      g_autofree char *name = g_strdup_printf ("w%u", i);

      g_ptr_array_add (self->pass->weights,
                       strata_builder_input (self->builder, name, STRATA_FLOAT32, &STRATA_SHAPE (self->pass->n)));
    }
  if (strata_builder_has_failed (self->builder))
    return TRUE;

  loss = record_loss (self);
  if (self->pass->mode == STRATA_MODE_TRAIN && !strata_builder_has_failed (self->builder) && !record_update (self, loss, error))
    return FALSE;
  record_metrics (self);
  return TRUE;
}

/**
 * strata_pass_new: (skip)
 * @mode: what for
 * @n: samples a run takes
 * @x: where inputs come from: their shapes
 * @y: (nullable): where targets come from
 * @n_weights: arrays of sample weights
 *
 * Records the model, its loss, gradient and update, and compiles them.
 */
StrataPass *
strata_pass_new (StrataModel   *model,
                 StrataMode     mode,
                 gint64         n,
                 StrataSource  *x,
                 StrataSource  *y,
                 guint          n_weights,
                 GError       **error)
{
  StrataPass *pass = g_new0 (StrataPass, 1);
  g_autoptr (GPtrArray) fetches = g_ptr_array_new ();
  Recorder recorder = { .model = model, .pass = pass, .builder = strata_builder_new_recording (), .fetches = fetches };

  pass->mode = mode;
  pass->n = n;
  pass->weighted = n_weights;
  pass->x = g_ptr_array_new ();
  pass->y = g_ptr_array_new ();
  pass->weights = g_ptr_array_new ();

  record_forward (&recorder, x);
  if (mode == STRATA_MODE_PREDICT)
    for (guint i = 0; i < recorder.call.n_outputs; i++)
      g_ptr_array_add (fetches, recorder.call.outputs[i]);
  else if (!record_objective (&recorder, y, error))
    {
      strata_builder_free (recorder.builder);
      strata_pass_free (pass);
      return NULL;
    }

  pass->program = strata_program_compile (recorder.builder, (StrataValue *const *) fetches->pdata, fetches->len, error);
  if (pass->program == NULL)
    g_clear_pointer (&pass, strata_pass_free);
  return pass;
}
