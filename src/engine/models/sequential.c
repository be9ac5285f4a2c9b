/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "models/sequential.h"

#include "layers/core/input-layer.h"
#include "ops/elementwise.h"

struct _StrataSequential
{
  StrataModel parent_instance;

  StrataLayer *input; /* of class InputLayer, or NULL while the shape is open */
};

/**
 * StrataSequential:
 *
 * A model that is a row of layers, each fed by the one before.
 */
G_DEFINE_FINAL_TYPE (StrataSequential, strata_sequential, STRATA_TYPE_MODEL)

static gboolean
infer_layer (StrataLayer  *layer,
             StrataSpec   *spec,
             GError      **error)
{
  g_autofree StrataSpec *outputs = g_new (StrataSpec, STRATA_MAX_RESULTS);
  guint n_outputs;

  if (!strata_layer_infer (layer, spec, 1, outputs, &n_outputs, error))
    return FALSE;
  if (n_outputs != 1)
    {
      strata_set_error (error, STRATA_ERROR_VALUE,
                        "%s returns %u tensors; a sequential model needs layers that return one",
                        strata_layer_get_name (layer), n_outputs);
      return FALSE;
    }
  *spec = outputs[0];
  return TRUE;
}

static void
set_output (StrataSequential *self,
            const StrataSpec *spec)
{
  guint n = strata_model_get_n_layers (STRATA_MODEL (self));
  const char *name = n > 0 ? strata_layer_get_name (strata_model_get_layer (STRATA_MODEL (self), n - 1))
                           : strata_layer_get_name (self->input);

  strata_model_set_outputs (STRATA_MODEL (self), &name, spec, 1);
}

static gboolean
strata_sequential_build (StrataLayer       *layer,
                         const StrataSpec  *inputs,
                         guint              n_inputs,
                         GError           **error)
{
  StrataSequential *self = STRATA_SEQUENTIAL (layer);
  StrataSpec spec = inputs[0];
  const char *name = self->input != NULL ? strata_layer_get_name (self->input) : "input_layer";

  if (n_inputs != 1)
    {
      strata_set_error (error, STRATA_ERROR_SHAPE, "a sequential model takes one input, received %u", n_inputs);
      return FALSE;
    }
  for (guint i = 0; i < strata_layer_get_n_children (layer); i++)
    if (!infer_layer (strata_layer_get_child (layer, i, NULL), &spec, error))
      return FALSE;
  strata_model_set_inputs (STRATA_MODEL (self), &name, inputs, 1);
  set_output (self, &spec);
  return TRUE;
}

static void
strata_sequential_call (StrataLayer   *layer,
                        StrataBuilder *b,
                        StrataCall    *call)
{
  StrataValue *x = call->inputs[0], *mask = call->masks != NULL ? call->masks[0] : NULL;
  const StrataSpec *spec = strata_model_get_input_spec (STRATA_MODEL (layer), 0);

  if (x->dtype != spec->dtype && x->dtype != STRATA_STRING)
    x = strata_cast (b, x, spec->dtype);
  for (guint i = 0; i < strata_layer_get_n_children (layer); i++)
    {
      StrataCall inner = { .inputs = &x, .n_inputs = 1, .masks = &mask, .training = call->training };

      if (!strata_layer_call (strata_layer_get_child (layer, i, NULL), b, &inner))
        return;
      if (i == 0)
        call->spent = inner.spent;
      x = inner.outputs[0];
      mask = inner.output_masks[0];
    }
  call->output_masks[0] = mask;
  strata_call_return (call, x);
}

static const char *
strata_sequential_get_class_name (StrataObject *object)
{
  return "Sequential";
}

static void
strata_sequential_finalize (GObject *object)
{
  g_clear_object (&STRATA_SEQUENTIAL (object)->input);

  G_OBJECT_CLASS (strata_sequential_parent_class)->finalize (object);
}

static void
strata_sequential_class_init (StrataSequentialClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_sequential_finalize;
  STRATA_OBJECT_CLASS (klass)->get_class_name = strata_sequential_get_class_name;
  STRATA_LAYER_CLASS (klass)->build = strata_sequential_build;
  STRATA_LAYER_CLASS (klass)->call = strata_sequential_call;
  STRATA_LAYER_CLASS (klass)->flags = STRATA_LAYER_TAKES_MASK;
}

static void
strata_sequential_init (StrataSequential *self)
{
}

/**
 * strata_sequential_new:
 * @name: (nullable): what to call it
 *
 * Returns: (transfer full): a model without layers
 */
StrataModel *
strata_sequential_new (const char *name)
{
  StrataModel *self = g_object_new (STRATA_TYPE_SEQUENTIAL, NULL);

  if (name != NULL)
    strata_layer_set_name (STRATA_LAYER (self), name);
  return self;
}

static gboolean
set_input (StrataSequential  *self,
           StrataLayer       *layer,
           GError           **error)
{
  StrataSpec spec;

  if (self->input != NULL || strata_model_get_n_layers (STRATA_MODEL (self)) > 0)
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "%s: an input can only be the first layer of a sequential model",
                        strata_layer_get_name (layer));
      return FALSE;
    }
  if (!strata_input_layer_get_spec (layer, &spec, error))
    return FALSE;
  self->input = g_object_ref (layer);
  return strata_layer_build (STRATA_LAYER (self), &spec, 1, error);
}

/**
 * strata_sequential_add:
 * @layer: the next layer
 *
 * Puts a layer at the end. Fails, and leaves the model as it was, where the
 * layer does not fit what the one before gives.
 */
gboolean
strata_sequential_add (StrataSequential  *self,
                       StrataLayer       *layer,
                       GError           **error)
{
  StrataModel *model = STRATA_MODEL (self);

  if (strata_is_input_layer (layer))
    return set_input (self, layer, error);
  if (strata_model_find_layer (model, strata_layer_get_name (layer)) != NULL)
    {
      strata_set_error (error, STRATA_ERROR_NAME, "two layers are called “%s”: names must be unique in a model",
                        strata_layer_get_name (layer));
      return FALSE;
    }

  if (strata_layer_is_built (STRATA_LAYER (self)))
    {
      StrataSpec spec = *strata_model_get_output_spec (model, 0);

      if (!infer_layer (layer, &spec, error))
        return FALSE;
      strata_layer_add_child (STRATA_LAYER (self), "layers", layer);
      set_output (self, &spec);
    }
  else
    strata_layer_add_child (STRATA_LAYER (self), "layers", layer);
  strata_model_invalidate (model);
  return TRUE;
}

/**
 * strata_sequential_get_input_layer:
 *
 * Returns: (transfer none) (nullable): the InputLayer it begins with, which is not among its layers
 */
StrataLayer *
strata_sequential_get_input_layer (StrataSequential *self)
{
  return self->input;
}
