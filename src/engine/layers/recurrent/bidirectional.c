/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/recurrent/rnn-base.h"
#include "ops/elementwise.h"
#include "ops/shaping.h"

typedef struct
{
  StrataLayer parent;
  char *merge_mode;
  StrataLayer *layer, *backward_layer;
  StrataObject *activity_regularizer;
} Bidirectional;

static const StrataParam params[] = {
  STRATA_PARAM (CHOICE, Bidirectional, merge_mode, "\"concat\"", .nullable = TRUE,
                .choices = STRATA_CHOICES ("concat", "sum", "mul", "ave"),
                .title = "Merge mode", .description = "How both directions are put together; None gives two outputs"),
  STRATA_PARAM (OBJECT, Bidirectional, layer, NULL, .kind = STRATA_KIND_LAYER, .title = "Layer",
                .description = "A recurrent layer, such as LSTM"),
  STRATA_PARAM (OBJECT, Bidirectional, backward_layer, "null", .kind = STRATA_KIND_LAYER, .nullable = TRUE,
                .title = "Backward layer",
                .description = "Another one for the way back; one like the first where nothing is given"),
  STRATA_PARAM_REGULARIZER (Bidirectional, activity_regularizer, "Activity regularizer", "Penalty on large outputs"),
  { NULL },
};

static StrataRnnLayer *
rnn (StrataLayer *layer)
{
  return (StrataRnnLayer *) layer;
}

/* Keras puts the direction in front of the name. */
static void
prefix_name (StrataLayer *layer,
             const char  *prefix)
{
  g_autofree char *name = NULL;

  if (g_str_has_prefix (strata_layer_get_name (layer), prefix))
    return;
  name = g_strconcat (prefix, strata_layer_get_name (layer), NULL);
  strata_layer_set_name (layer, name);
}

static gboolean
make_backward (Bidirectional  *self,
               GError        **error)
{
  StrataObject *twin = strata_object_clone (STRATA_OBJECT (self->layer), error);

  if (twin == NULL)
    return FALSE;
  self->backward_layer = STRATA_LAYER (twin);
  rnn (self->backward_layer)->go_backwards = !rnn (self->layer)->go_backwards;
  prefix_name (self->backward_layer, "backward_");
  return TRUE;
}

static gboolean
bidirectional_configured (StrataObject  *object,
                          GError       **error)
{
  Bidirectional *self = (Bidirectional *) object;

  for (int i = 0; i < 2; i++)
    {
      StrataLayer *layer = i == 0 ? self->layer : self->backward_layer;

      if (layer != NULL && !strata_is_rnn_layer (layer))
        {
          strata_set_error (error, STRATA_ERROR_VALUE, "%s cannot go both ways through a sequence; put LSTM, GRU or "
                            "another recurrent layer inside", strata_object_get_class_name (STRATA_OBJECT (layer)));
          return FALSE;
        }
    }
  if (self->backward_layer == NULL && !make_backward (self, error))
    return FALSE;
  prefix_name (self->layer, "forward_");
  if (rnn (self->layer)->go_backwards == rnn (self->backward_layer)->go_backwards ||
      rnn (self->layer)->return_sequences != rnn (self->backward_layer)->return_sequences ||
      rnn (self->layer)->return_state != rnn (self->backward_layer)->return_state ||
      rnn (self->layer)->stateful != rnn (self->backward_layer)->stateful)
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "layer and backward_layer must differ in go_backwards, and agree in "
                        "return_sequences, return_state and stateful");
      return FALSE;
    }

  rnn (self->layer)->zero_output_for_mask = rnn (self->backward_layer)->zero_output_for_mask =
                                            rnn (self->layer)->return_sequences;
  strata_layer_remove_children (STRATA_LAYER (self));
  strata_layer_add_child (STRATA_LAYER (self), "forward_layer", self->layer);
  strata_layer_add_child (STRATA_LAYER (self), "backward_layer", self->backward_layer);
  return TRUE;
}

static gboolean
bidirectional_build (StrataLayer       *layer,
                     const StrataSpec  *inputs,
                     guint              n_inputs,
                     GError           **error)
{
  Bidirectional *self = (Bidirectional *) layer;

  return strata_layer_build (self->layer, inputs, 1, error) &&
         strata_layer_build (self->backward_layer, inputs, 1, error);
}

static JsonObject *
refer_to (guint index)
{
  JsonObject *reference = json_object_new ();

  json_object_set_int_member (reference, "$", index);
  return reference;
}

/* Calls the layer of one direction with its half of the states. */
static void
call_direction (StrataLayer       *layer,
                StrataBuilder     *b,
                const StrataCall  *call,
                StrataValue      **states,
                guint              n_states,
                StrataCall        *part)
{
  StrataValue *mask = strata_call_get_tensor (call, "mask"), *inputs[STRATA_MAX_STATES + 2];
  g_autoptr (JsonObject) arguments = json_object_new ();
  JsonArray *references = json_array_new ();

  if (mask == NULL && call->n_inputs == 1)
    mask = strata_call_get_mask (call, 0);
  *part = (StrataCall){ .inputs = inputs, .training = call->training, .arguments = arguments };
  inputs[part->n_inputs++] = call->inputs[0];
  for (guint i = 0; i < n_states; i++)
    {
      json_array_add_object_element (references, refer_to (part->n_inputs));
      inputs[part->n_inputs++] = states[i];
    }
  json_object_set_array_member (arguments, "initial_state", references);
  if (mask != NULL)
    {
      json_object_set_object_member (arguments, "mask", refer_to (part->n_inputs));
      inputs[part->n_inputs++] = mask;
    }
  strata_layer_call (layer, b, part);
}

static StrataValue *
merge (Bidirectional *self,
       StrataBuilder *b,
       StrataValue   *x,
       StrataValue   *y)
{
  if (g_str_equal (self->merge_mode, "concat"))
    return strata_concatenate (b, (StrataValue *[]){ x, y }, 2, -1);
  if (g_str_equal (self->merge_mode, "mul"))
    return strata_multiply (b, x, y);
  x = strata_add (b, x, y);
  return g_str_equal (self->merge_mode, "ave") ? strata_scale (b, x, 0.5) : x;
}

static void
bidirectional_call (StrataLayer   *layer,
                    StrataBuilder *b,
                    StrataCall    *call)
{
  Bidirectional *self = (Bidirectional *) layer;
  StrataCall forward, backward;
  StrataValue *states[2 * STRATA_MAX_STATES], *back;
  guint n = strata_call_get_tensors (call, "initial_state", states, G_N_ELEMENTS (states));

  if (n == 0 && call->arguments == NULL)
    for (; n + 1 < call->n_inputs && n + 1 < G_N_ELEMENTS (states); n++)
      states[n] = call->inputs[n + 1];
  call_direction (self->layer, b, call, states, n / 2, &forward);
  call_direction (self->backward_layer, b, call, states + n / 2, n / 2, &backward);
  if (strata_builder_has_failed (b))
    return;

  back = backward.outputs[0];
  if (rnn (self->layer)->return_sequences)
    back = strata_reverse (b, back, 1);
  if (self->merge_mode == NULL)
    {
      strata_call_return (call, forward.outputs[0]);
      strata_call_return (call, back);
      call->output_masks[1] = forward.output_masks[0];
    }
  else
    strata_call_return (call, merge (self, b, forward.outputs[0], back));
  call->output_masks[0] = forward.output_masks[0];
  for (guint i = 1; i < forward.n_outputs; i++)
    strata_call_return (call, forward.outputs[i]);
  for (guint i = 1; i < backward.n_outputs; i++)
    strata_call_return (call, backward.outputs[i]);
  strata_layer_add_activity (layer, b, self->activity_regularizer, call->outputs[0]);
}

const StrataLayerInfo strata_layer_bidirectional = {
  .object = {
    .name = "Bidirectional",
    .title = "Bidirectional",
    .category = "Recurrent",
    .description = "Reads a sequence from both ends, so that each step knows what comes before and after",
    .formula = "y = merge(forward(x), reverse(backward(reverse(x))))",
    .params = params,
    .instance_size = sizeof (Bidirectional),
    .samples = (const char *const[]){
      "{\"layer\": {\"class_name\": \"LSTM\", \"config\": {\"units\": 3}}}",
      "{\"layer\": {\"class_name\": \"GRU\", \"config\": {\"units\": 3, \"return_sequences\": true}}, \"merge_mode\": "
      "\"sum\"}",
      "{\"layer\": {\"class_name\": \"SimpleRNN\", \"config\": {\"units\": 3, \"return_sequences\": true}}, "
      "\"merge_mode\": null}",
      "{\"layer\": {\"class_name\": \"LSTM\", \"config\": {\"units\": 3, \"return_state\": true}}, \"merge_mode\": "
      "\"ave\"}",
      "{\"layer\": {\"class_name\": \"LSTM\", \"config\": {\"units\": 3}}, \"backward_layer\": {\"class_name\": "
      "\"GRU\", \"config\": {\"units\": 3, \"go_backwards\": true}}, \"merge_mode\": \"mul\"}",
      NULL },
    .configured = bidirectional_configured,
  },
  .flags = STRATA_LAYER_TAKES_SEVERAL | STRATA_LAYER_TAKES_MASK | STRATA_LAYER_WRAPS,
  .min_rank = 3,
  .sample_inputs = "2,5,3",
  .build = bidirectional_build,
  .call = bidirectional_call,
};
