/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/attention/attention-base.h"

#include <math.h>

#include "layers/regularization/dropout-base.h"
#include "ops/einsum.h"
#include "ops/elementwise.h"

typedef struct
{
  StrataLayer parent;
  gint64 num_heads, key_dim, value_dim, sliding_window, seed;
  double dropout;
  StrataInts output_shape, attention_axes;
  STRATA_PROJECTION_FIELDS;
  StrataLayer *query_dense, *key_dense, *gate_dense, *value_dense, *output_dense;
} MultiHeadAttention;

static const StrataParam params[] = {
  STRATA_PARAM (INT, MultiHeadAttention, num_heads, NULL, .minimum = 1, .maximum = G_MAXINT32, .soft_minimum = 1,
                .soft_maximum = 16,
                .title = "Heads", .description = "How many ways of looking there are at once"),
  STRATA_PARAM (INT, MultiHeadAttention, key_dim, NULL, .minimum = 1, .maximum = G_MAXINT32, .soft_minimum = 1,
                .soft_maximum = 128,
                .title = "Key size", .description = "How many numbers a head compares"),
  STRATA_PARAM (INT, MultiHeadAttention, value_dim, "null", .nullable = TRUE, .minimum = 1, .maximum = G_MAXINT32,
                .soft_minimum = 1,
                .soft_maximum = 128, .title = "Value size",
                .description = "How many numbers a head passes on; the key size where nothing is given"),
  STRATA_PARAM (FLOAT, MultiHeadAttention, dropout, "0.0", .minimum = 0, .maximum = 1, .soft_minimum = 0,
                .soft_maximum = 0.5, .title = "Dropout",
                .description = "Which part of the attention is forgotten in training"),
  STRATA_PARAM_USE_BIAS (MultiHeadAttention, use_bias),
  STRATA_PARAM (BOOL, MultiHeadAttention, use_gate, "false", .title = "Use gate",
                .description = "Whether the query opens and closes what comes out of the heads"),
  STRATA_PARAM (INTS, MultiHeadAttention, output_shape, "null", .nullable = TRUE, .minimum = 1, .maximum = G_MAXINT32,
                .title = "Output shape",
                .description = "How many numbers come out for each query; as many as it has where nothing is given"),
  STRATA_PARAM (INTS, MultiHeadAttention, attention_axes, "null", .nullable = TRUE, .minimum = -STRATA_MAX_RANK,
                .maximum = STRATA_MAX_RANK,
                .title = "Attention axes",
                .description = "The dimensions that are looked along; all between batch and features where nothing is "
                               "given"),
  STRATA_PARAM (INT, MultiHeadAttention, sliding_window, "null", .nullable = TRUE, .minimum = 1, .maximum = G_MAXINT32,
                .soft_minimum = 1,
                .soft_maximum = 512, .title = "Sliding window", .description = "How far away a step may look"),
  STRATA_WEIGHT_PARAMS (MultiHeadAttention),
  STRATA_PARAM_SEED (MultiHeadAttention),
  { NULL },
};

static gboolean
multi_head_attention_configured (StrataObject  *object,
                                 GError       **error)
{
  MultiHeadAttention *self = (MultiHeadAttention *) object;

  if (self->value_dim == STRATA_NONE_INT)
    self->value_dim = self->key_dim;
  self->output_shape.scalar = self->attention_axes.scalar = FALSE;
  return TRUE;
}

/* "abc,cde->abde" for three dimensions: the last ones of the input are taken apart or put together. */
static char *
new_equation (int    free,
              int    bound,
              int    made,
              char **bias_axes)
{
  GString *x = g_string_new (NULL), *y = g_string_new (NULL), *z = g_string_new (NULL), *axes = g_string_new (NULL);
  char letter = 'a', *equation;

  for (int i = 0; i < free; i++, letter++)
    g_string_append_c (x, letter), g_string_append_c (z, letter);
  for (int i = 0; i < bound; i++, letter++)
    g_string_append_c (x, letter), g_string_append_c (y, letter);
  for (int i = 0; i < made; i++, letter++)
    g_string_append_c (y, letter), g_string_append_c (z, letter), g_string_append_c (axes, letter);
  equation = g_strdup_printf ("%s,%s->%s", x->str, y->str, z->str);
  g_string_free (x, TRUE);
  g_string_free (y, TRUE);
  g_string_free (z, TRUE);
  *bias_axes = g_string_free (axes, FALSE);
  return equation;
}

static StrataLayer *
add_projection (MultiHeadAttention  *self,
                const char          *attribute,
                const char          *name,
                StrataShape         *input,
                int                  bound,
                const gint64        *made,
                int                  n_made,
                const char          *activation,
                GError             **error)
{
  int free = input->rank - bound;
  g_autofree char *axes = NULL, *equation = new_equation (free, bound, n_made, &axes);
  StrataSpec spec = { STRATA_FLOAT32, *input };
  gint64 sizes[STRATA_MAX_RANK];
  StrataLayer *projection;
  int n = 0;

  for (int i = 1; i < free; i++)
    sizes[n++] = STRATA_UNKNOWN;
  for (int i = 0; i < n_made; i++)
    sizes[n++] = made[i];
  projection = strata_attention_add_projection (STRATA_LAYER (self), attribute, name, equation, sizes, n, axes,
                                                activation, error);
  return projection != NULL && strata_layer_build (projection, &spec, 1, error) ? projection : NULL;
}

static gboolean
set_axes (MultiHeadAttention  *self,
          int                  rank,
          GError             **error)
{
  if (self->attention_axes.n < 0)
    {
      self->attention_axes.n = rank - 2;
      for (int i = 0; i < rank - 2; i++)
        self->attention_axes.v[i] = i + 1;
    }
  for (int i = 0; i < self->attention_axes.n; i++)
    {
      gint64 *axis = &self->attention_axes.v[i];

      *axis += *axis < 0 ? rank : 0;
      if (*axis < 1 || *axis > rank - 2)
        {
          strata_set_error (error, STRATA_ERROR_VALUE,
                            "attention_axes must lie between batch and features: from 1 to %d", rank - 2);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
multi_head_attention_build (StrataLayer       *layer,
                            const StrataSpec  *inputs,
                            guint              n_inputs,
                            GError           **error)
{
  MultiHeadAttention *self = (MultiHeadAttention *) layer;
  StrataShape query = inputs[0].shape, value = n_inputs > 1 ? inputs[1].shape : query;
  StrataShape key = n_inputs > 2 ? inputs[2].shape : value, heads;
  gint64 keys[] = { self->num_heads, self->key_dim }, values[] = { self->num_heads, self->value_dim };

  if (value.rank != query.rank || key.rank != query.rank || query.rank > STRATA_MAX_RANK - 2)
    {
      strata_set_error (error, STRATA_ERROR_SHAPE,
                        "query, value and key must have the same number of dimensions, at most %d",
                        STRATA_MAX_RANK - 2);
      return FALSE;
    }
  strata_layer_remove_children (layer);
  self->query_dense = add_projection (self, "query_dense", "query", &query, 1, keys, 2, NULL, error);
  if (self->query_dense == NULL)
    return FALSE;
  self->key_dense = add_projection (self, "key_dense", "key", &key, 1, keys, 2, NULL, error);
  if (self->key_dense == NULL)
    return FALSE;
  if (self->use_gate)
    {
      self->gate_dense = add_projection (self, "_gate_dense", "gate", &query, 1, values, 2, "sigmoid", error);
      if (self->gate_dense == NULL)
        return FALSE;
    }
  self->value_dense = add_projection (self, "value_dense", "value", &value, 1, values, 2, NULL, error);
  if (self->value_dense == NULL || !set_axes (self, query.rank, error))
    return FALSE;

  heads = query;
  heads.dims[heads.rank - 1] = self->num_heads;
  strata_shape_append (&heads, self->value_dim);
  self->output_dense = add_projection (self, "output_dense", "attention_output", &heads, 2,
                                       self->output_shape.n > 0 ? self->output_shape.v : &query.dims[query.rank - 1],
                                       self->output_shape.n > 0 ? self->output_shape.n : 1, NULL, error);
  return self->output_dense != NULL;
}

/* Equations of scores and of results for (batch, ..., heads, features), as Keras makes them. */
static void
get_equations (MultiHeadAttention  *self,
               int                  rank,
               char               **scores,
               char               **results)
{
  char target[STRATA_MAX_RANK + 1] = { 0 }, source[STRATA_MAX_RANK + 1] = { 0 };
  char product[2 * STRATA_MAX_RANK + 1] = { 0 };
  guint axes = 0;
  int n = 0, next = rank;

  for (int i = 0; i < self->attention_axes.n; i++)
    axes |= 1u << self->attention_axes.v[i];
  for (int i = 0; i < rank; i++)
    {
      target[i] = 'a' + i;
      source[i] = axes & 1u << i ? 'a' + next++ : target[i];
    }
  for (int i = 0; i < rank - 1; i++)
    if (!(axes & 1u << i))
      product[n++] = target[i];
  for (int i = 0; i < self->attention_axes.n; i++)
    product[n++] = target[self->attention_axes.v[i]];
  for (int i = 0; i < self->attention_axes.n; i++)
    product[n++] = source[self->attention_axes.v[i]];
  *scores = g_strdup_printf ("%s,%s->%s", target, source, product);
  *results = g_strdup_printf ("%s,%s->%s", product, source, target);
}

/* Keras takes the masks off these tensors, so that layers which are called on them later see none. */
static void
spend_masks (StrataCall                *call,
             const StrataAttentionCall *attention)
{
  for (guint i = 0; i < MIN (call->n_inputs, 64); i++)
    if (call->inputs[i] == attention->query || call->inputs[i] == attention->key || call->inputs[i] == attention->value)
      call->spent |= G_GUINT64_CONSTANT (1) << i;
}

static void
multi_head_attention_call (StrataLayer   *layer,
                           StrataBuilder *b,
                           StrataCall    *call)
{
  MultiHeadAttention *self = (MultiHeadAttention *) layer;
  g_autofree char *scores_equation = NULL, *results_equation = NULL;
  StrataAttentionCall attention;
  StrataValue *query, *key, *value, *mask, *scores, *kept, *y;
  guint n_axes = self->attention_axes.n;

  if (!strata_attention_read_call (b, call, &attention))
    return;
  spend_masks (call, &attention);
  get_equations (self, attention.query->shape.rank + 1, &scores_equation, &results_equation);
  query = strata_layer_call_on (self->query_dense, b, attention.query, call->training);
  key = strata_layer_call_on (self->key_dense, b, attention.key, call->training);
  value = strata_layer_call_on (self->value_dense, b, attention.value, call->training);

  scores = strata_einsum (b, scores_equation, strata_scale (b, query, 1 / sqrt (self->key_dim)), key);
  if (strata_builder_has_failed (b))
    return;
  mask = strata_attention_get_mask (b, &attention, self->sliding_window, scores->shape.rank, n_axes);
  scores = strata_attention_softmax (b, scores, mask, n_axes, self->dropout <= 0 && !attention.return_scores &&
                                     query->shape.rank == 4);
  kept = call->training ? strata_dropout (b, scores, &scores->shape, self->dropout, self->seed) : scores;
  y = strata_einsum (b, results_equation, kept, value);
  if (self->gate_dense != NULL)
    y = strata_multiply (b, y, strata_layer_call_on (self->gate_dense, b, attention.query, call->training));
  strata_call_return (call, strata_layer_call_on (self->output_dense, b, y, call->training));
  call->output_masks[0] = attention.query_mask;
  if (attention.return_scores)
    {
      strata_call_return (call, scores);
      call->output_masks[1] = mask;
    }
}

const StrataLayerInfo strata_layer_multi_head_attention = {
  .object = {
    .name = "MultiHeadAttention",
    .title = "Multi-head attention",
    .category = "Attention",
    .description = "Each step asks all others what they know, in several ways at once: the heart of a transformer",
    .formula = "y = softmax(Q · Kᵀ / √d) · V, for each head",
    .params = params,
    .instance_size = sizeof (MultiHeadAttention),
    .samples = (const char *const[]){
      "{\"num_heads\": 2, \"key_dim\": 3}",
      "{\"num_heads\": 1, \"key_dim\": 2, \"value_dim\": 5, \"use_bias\": false}",
      "{\"num_heads\": 2, \"key_dim\": 3, \"output_shape\": [6], \"sliding_window\": 2}",
      "{\"num_heads\": 2, \"key_dim\": 3, \"dropout\": 0.3, \"seed\": 5}",
      "{\"num_heads\": 2, \"key_dim\": 2, \"use_gate\": true}",
      NULL },
    .configured = multi_head_attention_configured,
  },
  .flags = STRATA_LAYER_TAKES_SEVERAL | STRATA_LAYER_WRAPS,
  .min_rank = 3,
  .sample_inputs = "2,4,5;2,3,5",
  .call_params = strata_attention_call_params,
  .build = multi_head_attention_build,
  .call = multi_head_attention_call,
};
