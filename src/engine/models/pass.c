/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "models/model-private.h"

typedef struct
{
  StrataModel *model;
  StrataPass *pass;
  StrataBuilder *builder;
  GPtrArray *fetches;
} Recorder;

void
strata_pass_free (StrataPass *self)
{
  g_clear_pointer (&self->program, strata_program_free);
  g_ptr_array_unref (self->x);
  g_ptr_array_unref (self->y);
  g_ptr_array_unref (self->weights);
  g_ptr_array_unref (self->open);
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
add_weights (Recorder         *self,
             const StrataFeed *feed)
{
  for (guint i = 0; feed->sample_weight != NULL && i < strata_source_get_n_arrays (feed->sample_weight); i++)
    add_input (self, feed->sample_weight, i, "w", self->pass->weights);
  if (feed->class_weight != NULL)
    g_ptr_array_add (self->pass->weights,
                     strata_builder_input (self->builder, "w", STRATA_FLOAT32, &STRATA_SHAPE (self->pass->n)));
}

static StrataBatch
get_batch (StrataPass *pass)
{
  return (StrataBatch){ (StrataValue *const *) pass->x->pdata, (StrataValue *const *) pass->y->pdata,
                        (StrataValue *const *) pass->weights->pdata, pass->x->len, pass->y->len, pass->weights->len };
}

/* The loss, then each output's where there are several. */
static void
fetch_losses (Recorder    *self,
              StrataValue *loss)
{
  StrataObjective *objective = strata_model_get_objective (self->model);

  g_ptr_array_add (self->fetches, loss);
  for (guint i = 0; i < objective->losses->len && objective->losses->len > 1; i++)
    {
      StrataValue *own = g_array_index (objective->losses, StrataObjectiveLoss, i).value;

      g_ptr_array_add (self->fetches, own != NULL ? own : loss);
    }
}

static void
record_step (Recorder *self)
{
  StrataModelClass *klass = STRATA_MODEL_GET_CLASS (self->model);
  StrataBatch batch = get_batch (self->pass);
  StrataValue *loss;

  strata_objective_forget_values (strata_model_get_objective (self->model));
  loss = (self->pass->mode == STRATA_MODE_TRAIN ? klass->train_step : klass->test_step) (self->model, self->builder,
                                                                                         &batch);
  if (!strata_builder_has_failed (self->builder))
    fetch_losses (self, loss);
}

/* Targets that are class numbers; a loss that ignores one of them takes any number. */
static void
limit_classes (Recorder *self)
{
  StrataObjective *objective = strata_model_get_objective (self->model);

  for (guint i = 0; i < objective->losses->len; i++)
    {
      StrataObjectiveLoss *entry = &g_array_index (objective->losses, StrataObjectiveLoss, i);
      const StrataShape *shape = &strata_model_get_output_spec (self->model, entry->output)->shape;
      g_autoptr (JsonNode) ignored = NULL;

      if (!STRATA_LOSS_GET_CLASS (entry->loss)->sparse || shape->rank == 0)
        continue;
      ignored = strata_object_get_param (STRATA_OBJECT (entry->loss), "ignore_class");
      if (ignored == NULL || !JSON_NODE_HOLDS_VALUE (ignored))
        self->pass->n_classes[entry->output] = shape->dims[shape->rank - 1];
    }
}

static void
record_prediction (Recorder *self)
{
  StrataBatch batch = get_batch (self->pass);
  StrataCall call;

  strata_model_forward (self->model, self->builder, &batch, FALSE, &call);
  for (guint i = 0; i < call.n_outputs; i++)
    g_ptr_array_add (self->fetches, call.outputs[i]);
}

/**
 * strata_pass_new: (skip)
 * @mode: what for
 * @n: samples a run takes
 * @feed: where inputs, targets and weights come from: their shapes
 *
 * Records its model, its loss, gradient and update, and compiles them.
 */
StrataPass *
strata_pass_new (StrataMode         mode,
                 gint64             n,
                 const StrataFeed  *feed,
                 GError           **error)
{
  StrataPass *pass = g_new0 (StrataPass, 1);
  g_autoptr (GPtrArray) fetches = g_ptr_array_new ();
  Recorder recorder = { .model = feed->model, .pass = pass, .builder = strata_builder_new_recording (),
                        .fetches = fetches };

  pass->mode = mode;
  pass->n = n;
  pass->by_class = feed->class_weight != NULL;
  pass->x = g_ptr_array_new ();
  pass->y = g_ptr_array_new ();
  pass->weights = g_ptr_array_new ();
  pass->open = g_ptr_array_new ();

  for (guint i = 0; i < strata_source_get_n_arrays (feed->x); i++)
    add_input (&recorder, feed->x, i, "x", pass->x);
  strata_pass_show_texts (pass, feed, recorder.builder);
  if (mode == STRATA_MODE_PREDICT)
    record_prediction (&recorder);
  else
    {
      for (guint i = 0; feed->y != NULL && i < strata_source_get_n_arrays (feed->y); i++)
        add_input (&recorder, feed->y, i, "y", pass->y);
      add_weights (&recorder, feed);
      record_step (&recorder);
      limit_classes (&recorder);
    }

  strata_pass_note_texts (pass, recorder.builder);
  pass->program = strata_program_compile (recorder.builder, (StrataValue *const *) fetches->pdata, fetches->len, error);
  if (pass->program == NULL)
    g_clear_pointer (&pass, strata_pass_free);
  return pass;
}

/**
 * strata_pass_fits: (skip)
 *
 * Returns: whether the pass does @mode for @n samples of @feed
 */
gboolean
strata_pass_fits (const StrataPass *self,
                  StrataMode        mode,
                  gint64            n,
                  const StrataFeed *feed)
{
  GPtrArray *sides[] = { self->x, self->y, self->weights };
  StrataSource *sources[] = { feed->x, feed->y, feed->sample_weight };

  if (self->mode != mode || self->n != n || self->by_class != (feed->class_weight != NULL) ||
      self->weights->len != strata_feed_get_n_weights (feed) || (self->y->len > 0) != (feed->y != NULL))
    return FALSE;
  for (guint side = 0; side < G_N_ELEMENTS (sides); side++)
    {
      GPtrArray *inputs = sides[side];
      StrataSource *source = sources[side];

      for (guint i = 0; source != NULL && i < inputs->len; i++)
        {
          StrataValue *input = g_ptr_array_index (inputs, i);
          StrataDType dtype;
          StrataShape shape;

          strata_source_get_spec (source, i, &dtype, &shape);
          strata_shape_insert (&shape, 0, n);
          if (!strata_shape_equal (&shape, &input->shape))
            return FALSE;
        }
    }
  return strata_pass_fits_texts (self, feed);
}

/* Profiles */

void
strata_pass_set_profiling (StrataPass *self,
                           guint       every)
{
  strata_program_set_profiling (self->program, every);
  self->n_fills = 0;
  self->fill_seconds = 0;
}

typedef struct
{
  StrataProfileFunc func;
  gpointer user_data;
} Held;

static void
add_held_out (const StrataProfileEntry *entry,
              gpointer                  user_data)
{
  Held *held = user_data;
  StrataProfileEntry changed = *entry;

  changed.phase = STRATA_PHASE_TEST;
  held->func (&changed, held->user_data);
}

/**
 * strata_pass_profile: (skip)
 *
 * As strata_model_profile() for one pass.
 */
void
strata_pass_profile (StrataPass        *self,
                     StrataProfileFunc  func,
                     gpointer           user_data)
{
  StrataProfileEntry samples = { .phase = STRATA_PHASE_DATA, .op = "samples", .shape = &STRATA_SHAPE (self->n),
                                 .runs = self->n_fills,
                                 .seconds = self->fill_seconds, .all_seconds = self->fill_seconds,
                                 .fastest = self->fastest_fill };
  Held held = { func, user_data };

  func (&samples, user_data);
  if (self->mode == STRATA_MODE_TEST)
    strata_program_profile (self->program, add_held_out, &held);
  else
    strata_program_profile (self->program, func, user_data);
}
