/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/recurrent/rnn-base.h"
#include "layers/wrapper-base.h"
#include "ops/constants.h"
#include "ops/shaping.h"

static const StrataParam params[] = { STRATA_PARAM_LAYER, { NULL } };

static gboolean
time_distributed_build (StrataLayer       *layer,
                        const StrataSpec  *inputs,
                        guint              n_inputs,
                        GError           **error)
{
  StrataSpec step = inputs[0];

  strata_shape_remove (&step.shape, 1);
  return strata_layer_build (((StrataWrapperLayer *) layer)->layer, &step, 1, error);
}

/* Whether it matters which samples the layer sees together, so that steps cannot be samples like others. */
static gboolean
needs_steps (StrataLayer *layer,
             gboolean     training)
{
  if (training && (STRATA_LAYER_GET_CLASS (layer)->flags & STRATA_LAYER_MIXES_SAMPLES))
    return TRUE;
  if (strata_is_rnn_layer (layer) && ((StrataRnnLayer *) layer)->stateful)
    return TRUE;
  for (guint i = 0; i < strata_layer_get_n_children (layer); i++)
    if (needs_steps (strata_layer_get_child (layer, i, NULL), training))
      return TRUE;
  return FALSE;
}

/* Keras does not heed the activity regularizer of the layer inside itself. */
static StrataValue *
call_inside (StrataLayer   *layer,
             StrataBuilder *b,
             StrataValue   *x,
             StrataValue   *mask,
             gboolean       training)
{
  StrataCall call = { .inputs = &x, .n_inputs = 1, .masks = &mask, .training = training };
  guint n_losses = strata_builder_get_losses (b)->len;

  if (!strata_layer_call (layer, b, &call))
    return strata_builder_nothing (b);
  if (strata_layer_get_n_children (layer) == 0 || strata_is_rnn_layer (layer))
    strata_builder_drop_losses (b, n_losses);
  return call.outputs[0];
}

static StrataValue *
call_step_by_step (StrataLayer   *layer,
                   StrataBuilder *b,
                   StrataValue   *x,
                   StrataValue   *mask,
                   gboolean       training)
{
  gint64 n = x->shape.dims[1];
  g_autofree StrataValue **steps = NULL;

  if (!strata_can_list (b, n))
    return strata_builder_nothing (b);
  steps = g_new (StrataValue *, n);
  for (gint64 t = 0; t < n; t++)
    {
      StrataValue *step = strata_squeeze (b, strata_slice (b, x, 1, t, 1), 1);
      StrataValue *step_mask = mask != NULL ? strata_squeeze (b, strata_slice (b, mask, 1, t, 1), 1) : NULL;

      step = call_inside (layer, b, step, step_mask, training);
      if (strata_builder_has_failed (b))
        return step;
      steps[t] = strata_expand_dims (b, step, 1);
    }
  return strata_concatenate (b, steps, n, 1);
}

/* (batch, time, ...) and samples of all steps, (batch × time, ...). */
static StrataValue *
merge_time (StrataBuilder *b,
            StrataValue   *x)
{
  StrataShape flat = x->shape;

  strata_shape_remove (&flat, 1);
  flat.dims[0] = strata_shape_get_span (&x->shape, 0, 2);
  return strata_reshape (b, x, &flat);
}

static void
time_distributed_call (StrataLayer   *layer,
                       StrataBuilder *b,
                       StrataCall    *call)
{
  StrataLayer *inside = ((StrataWrapperLayer *) layer)->layer;
  StrataValue *x = call->inputs[0], *mask = strata_call_get_mask (call, 0), *y;
  guint n_losses = strata_builder_get_losses (b)->len;
  StrataShape shape;

  if (x->shape.dims[1] > 0 && needs_steps (inside, call->training))
    {
      strata_call_return (call, call_step_by_step (inside, b, x, mask, call->training));
      return;
    }
  y = call_inside (inside, b, merge_time (b, x), mask != NULL && mask->shape.rank > 2 ? merge_time (b, mask) : NULL,
                   call->training);
  if (strata_builder_has_failed (b))
    return;
  /* A penalty on what layers inside give out is divided by the batch, a step at a time. */
  strata_builder_repeat_losses (b, n_losses, MAX (x->shape.dims[1], 1));
  shape = y->shape;
  shape.dims[0] = x->shape.dims[0];
  strata_shape_insert (&shape, 1, x->shape.dims[1]);
  strata_call_return (call, strata_reshape (b, y, &shape));
}

const StrataLayerInfo strata_layer_time_distributed = {
  .object = {
    .name = "TimeDistributed",
    .title = "Time distributed",
    .category = "Recurrent",
    .description = "Applies the same layer to each step of a sequence",
    .formula = "y[t] = layer(x[t])",
    .params = params,
    .instance_size = sizeof (StrataWrapperLayer),
    .samples = (const char *const[]){
      "{\"layer\": {\"class_name\": \"Dense\", \"config\": {\"units\": 3}}}",
      "{\"layer\": {\"class_name\": \"Conv2D\", \"config\": {\"filters\": 2, \"kernel_size\": 2, \"activation\": "
      "\"relu\"}}}",
      "{\"layer\": {\"class_name\": \"Flatten\", \"config\": {}}}",
      "{\"layer\": {\"class_name\": \"GlobalAveragePooling2D\", \"config\": {}}}",
      "{\"layer\": {\"class_name\": \"LayerNormalization\", \"config\": {}}}",
      "{\"layer\": {\"class_name\": \"BatchNormalization\", \"config\": {}}}",
      NULL },
    .configured = strata_wrapper_layer_configured,
  },
  .flags = STRATA_LAYER_WRAPS | STRATA_LAYER_PASSES_MASK | STRATA_LAYER_TAKES_MASK,
  .min_rank = 3,
  .sample_inputs = "2,3,4,4,2",
  .build = time_distributed_build,
  .call = time_distributed_call,
};
