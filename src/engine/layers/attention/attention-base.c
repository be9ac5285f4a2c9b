/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/attention/attention-base.h"

#include "ops/constants.h"
#include "ops/elementwise.h"
#include "ops/shaping.h"
#include "ops/softmax.h"

#define FORBIDDEN (-3e38)

const StrataParam strata_attention_call_params[] = {
  { .name = "use_causal_mask", .type = STRATA_PARAM_BOOL, .fallback = "false", .title = "Earlier steps only",
    .description = "Whether each step looks only at itself and those before it, as in a network that writes on" },
  { .name = "return_attention_scores", .type = STRATA_PARAM_BOOL, .fallback = "false", .title = "Return scores",
    .description = "Whether it also tells how much each step looks at each other, as a second output" },
  { NULL },
};

static gboolean
get_flag (const StrataCall *call,
          const char       *name)
{
  JsonNode *node = call->arguments != NULL ? json_object_get_member (call->arguments, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_boolean (node);
}

/**
 * strata_attention_read_call: (skip)
 * @attention: (out): query, value, key and masks among the arguments; the first
 *   tensors stand for what is not named
 */
gboolean
strata_attention_read_call (StrataBuilder       *b,
                            const StrataCall    *call,
                            StrataAttentionCall *attention)
{
  static const char *const names[] = { "query_mask", "value_mask", "key_mask", "attention_mask", "mask" };
  StrataValue *named = NULL;
  guint n_main = 0;

  *attention = (StrataAttentionCall){ .causal = get_flag (call, "use_causal_mask"),
                                      .return_scores = get_flag (call, "return_attention_scores") };
  attention->query = strata_call_get_tensor (call, "query");
  attention->value = strata_call_get_tensor (call, "value");
  attention->key = strata_call_get_tensor (call, "key");
  for (guint i = 0; i < call->n_inputs; i++)
    n_main += !strata_call_is_mask (call, i);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if ((named = strata_call_get_tensor (call, names[i])) != NULL)
      {
        StrataValue **masks[] = { &attention->query_mask, &attention->value_mask, &attention->key_mask,
                                  &attention->attention_mask,
                                  &attention->attention_mask };

        *masks[i] = named;
      }
  if (attention->query == NULL && call->n_inputs > 0)
    attention->query = call->inputs[0];
  if (attention->value == NULL)
    attention->value = n_main > 1 ? call->inputs[1] : attention->query;
  if (attention->key == NULL)
    attention->key = n_main > 2 ? call->inputs[2] : attention->value;
  for (guint i = 0; i < n_main; i++)
    {
      StrataValue *mask = strata_call_get_mask (call, i);

      if (call->inputs[i] == attention->query && attention->query_mask == NULL)
        attention->query_mask = mask;
      if (call->inputs[i] == attention->value && attention->value_mask == NULL)
        attention->value_mask = mask;
      if (call->inputs[i] == attention->key && attention->key != attention->value && attention->key_mask == NULL)
        attention->key_mask = mask;
    }
  if (attention->query != NULL && call->n_inputs > 0)
    return TRUE;
  strata_builder_fail (b, STRATA_ERROR_SHAPE, "expected a query and a value, received %u inputs", call->n_inputs);
  return FALSE;
}

/* (1, T, S): which steps each step may look at: none after it, none too far away. */
static StrataValue *
new_band (StrataBuilder *b,
          gint64         n_queries,
          gint64         n_keys,
          gboolean       causal,
          gint64         window)
{
  StrataTensor *band;

  if (n_queries == STRATA_UNKNOWN || n_keys == STRATA_UNKNOWN)
    return NULL;
  band = strata_constant_new (b, STRATA_FLOAT32, &STRATA_SHAPE (1, n_queries, n_keys));
  if (band == NULL)
    return NULL;
  for (gint64 i = 0; i < n_queries; i++)
    for (gint64 j = 0; j < n_keys; j++)
      strata_tensor_get_floats (band)[i * n_keys + j] = (!causal || j <= i) && (window <= 0 || ABS (i - j) < window);
  return strata_builder_constant (b, band);
}

static StrataValue *
both (StrataBuilder *b,
      StrataValue   *x,
      StrataValue   *y)
{
  if (x == NULL || y == NULL)
    return x != NULL ? x : y;
  return strata_logical_and (b, x, y);
}

/**
 * strata_attention_get_mask: (skip)
 * @window: how far a step sees, or none
 * @rank: dimensions of the scores
 * @n_axes: how many dimensions are attended to
 *
 * Returns: (transfer none) (nullable): 1 where a score counts, of shape
 *   (batch, 1, queries, keys) or what broadcasts to it
 */
StrataValue *
strata_attention_get_mask (StrataBuilder             *b,
                           const StrataAttentionCall *attention,
                           gint64                     window,
                           int                        rank,
                           guint                      n_axes)
{
  StrataValue *mask = NULL;
  StrataShape shape;

  if (attention->query_mask != NULL)
    mask = strata_expand_dims (b, strata_cast (b, attention->query_mask, STRATA_FLOAT32), -1);
  if (attention->value_mask != NULL)
    mask = both (b, mask, strata_expand_dims (b, strata_cast (b, attention->value_mask, STRATA_FLOAT32), -2));
  if (attention->key_mask != NULL)
    mask = both (b, mask, strata_expand_dims (b, strata_cast (b, attention->key_mask, STRATA_FLOAT32), -2));
  if (attention->causal || window > 0)
    mask = both (b, mask,
                 new_band (b, attention->query->shape.dims[1], attention->value->shape.dims[1], attention->causal,
                           window));
  if (attention->attention_mask != NULL)
    mask = both (b, mask, strata_cast (b, attention->attention_mask, STRATA_FLOAT32));
  if (mask == NULL)
    return NULL;

  shape = mask->shape;
  while (shape.rank < rank)
    strata_shape_insert (&shape, MAX (shape.rank - 2 * (int) n_axes, 0), 1);
  return strata_reshape (b, mask, &shape);
}

/**
 * strata_attention_softmax: (skip)
 * @scores: the last @n_axes dimensions are the keys
 * @mask: (nullable): what counts
 * @fused: whether Keras does all of the attention in one operation: then a query
 *   that may look at nothing takes the mean of all, otherwise nothing
 *
 * Returns: (transfer none): how much each key counts for each query
 */
StrataValue *
strata_attention_softmax (StrataBuilder *b,
                          StrataValue   *scores,
                          StrataValue   *mask,
                          guint          n_axes,
                          gboolean       fused)
{
  StrataShape whole = scores->shape, flat = scores->shape;

  if (mask != NULL)
    scores = strata_where (b, mask, scores, strata_builder_scalar (b, FORBIDDEN));
  flat.rank = whole.rank - n_axes;
  strata_shape_append (&flat, strata_shape_get_span (&whole, whole.rank - n_axes, whole.rank));
  if (n_axes > 1)
    scores = strata_reshape (b, strata_softmax (b, strata_reshape (b, scores, &flat)), &whole);
  else
    scores = strata_softmax (b, scores);
  return mask != NULL && !fused ? strata_where (b, mask, scores, strata_builder_scalar (b, 0)) : scores;
}

/**
 * strata_attention_add_projection: (skip)
 * @attribute: what Keras calls it
 * @name: the layer's name
 * @sizes: the last sizes of its output; unknown ones follow from the input
 * @activation: (nullable): what is done to its output
 *
 * Adds an EinsumDense that has the parameters of the attention layer.
 * Returns: (transfer none): the layer
 */
StrataLayer *
strata_attention_add_projection (StrataLayer   *self,
                                 const char    *attribute,
                                 const char    *name,
                                 const char    *equation,
                                 const gint64  *sizes,
                                 guint          n_sizes,
                                 const char    *bias_axes,
                                 const char    *activation,
                                 GError       **error)
{
  static const char *const shared[] = { "dtype", "kernel_initializer", "bias_initializer", "kernel_regularizer",
                                        "bias_regularizer", "activity_regularizer", "kernel_constraint",
                                        "bias_constraint" };
  g_autoptr (JsonObject) config = json_object_new ();
  g_autoptr (JsonNode) use_bias = strata_object_get_param (STRATA_OBJECT (self), "use_bias");
  g_autoptr (StrataLayer) projection = NULL;
  JsonArray *output_shape = json_array_new ();

  for (guint i = 0; i < n_sizes; i++)
    if (sizes[i] == STRATA_UNKNOWN)
      json_array_add_null_element (output_shape);
    else
      json_array_add_int_element (output_shape, sizes[i]);
  json_object_set_array_member (config, "output_shape", output_shape);
  json_object_set_string_member (config, "name", name);
  json_object_set_string_member (config, "equation", equation);
  if (json_node_get_boolean (use_bias))
    json_object_set_string_member (config, "bias_axes", bias_axes);
  if (activation != NULL)
    json_object_set_string_member (config, "activation", activation);
  for (guint i = 0; i < G_N_ELEMENTS (shared); i++)
    json_object_set_member (config, shared[i], strata_object_get_param (STRATA_OBJECT (self), shared[i]));

  projection = strata_layer_new ("EinsumDense", config, error);
  if (projection == NULL)
    return NULL;
  ((StrataEinsumDense *) projection)->tells_all = TRUE;
  strata_layer_set_trainable (projection, strata_layer_get_trainable (self));
  strata_layer_add_child (self, attribute, projection);
  return projection;
}
