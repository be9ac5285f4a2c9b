/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/attention/attention-base.h"

#include <math.h>

#include "layers/regularization/dropout-base.h"
#include "ops/einsum.h"
#include "ops/elementwise.h"
#include "ops/resize.h"

typedef struct
{
  StrataLayer parent;
  gint64 head_dim, num_query_heads, num_key_value_heads, sliding_window, seed;
  double dropout;
  STRATA_PROJECTION_FIELDS;
  StrataLayer *query_dense, *key_dense, *gate_dense, *value_dense, *output_dense;
} GroupQueryAttention;

static const StrataParam params[] = {
  STRATA_PARAM (INT, GroupQueryAttention, head_dim, NULL, .minimum = 1, .maximum = G_MAXINT32, .soft_minimum = 1,
                .soft_maximum = 128,
                .title = "Head size", .description = "How many numbers a head compares and passes on"),
  STRATA_PARAM (INT, GroupQueryAttention, num_query_heads, NULL, .minimum = 1, .maximum = G_MAXINT32, .soft_minimum = 1,
                .soft_maximum = 32,
                .title = "Query heads", .description = "How many ways of asking there are at once"),
  STRATA_PARAM (INT, GroupQueryAttention, num_key_value_heads, NULL, .minimum = 1, .maximum = G_MAXINT32,
                .soft_minimum = 1, .soft_maximum = 32,
                .title = "Key and value heads",
                .description = "How many ways of answering; several query heads share one"),
  STRATA_PARAM_USE_BIAS (GroupQueryAttention, use_bias),
  STRATA_PARAM (BOOL, GroupQueryAttention, use_gate, "false", .title = "Use gate",
                .description = "Whether the query opens and closes what comes out of the heads"),
  STRATA_PARAM (INT, GroupQueryAttention, sliding_window, "null", .nullable = TRUE, .minimum = 1, .maximum = G_MAXINT32,
                .soft_minimum = 1,
                .soft_maximum = 512, .title = "Sliding window", .description = "How far away a step may look"),
  STRATA_PARAM (FLOAT, GroupQueryAttention, dropout, "0.0", .minimum = 0, .maximum = 1, .soft_minimum = 0,
                .soft_maximum = 0.5, .title = "Dropout",
                .description = "Which part of the attention is forgotten in training"),
  STRATA_WEIGHT_PARAMS (GroupQueryAttention),
  STRATA_PARAM_SEED (GroupQueryAttention),
  { NULL },
};

static gboolean
group_query_attention_configured (StrataObject  *object,
                                  GError       **error)
{
  GroupQueryAttention *self = (GroupQueryAttention *) object;

  if (self->num_query_heads % self->num_key_value_heads == 0)
    return TRUE;
  strata_set_error (error, STRATA_ERROR_VALUE, "num_query_heads must be a multiple of num_key_value_heads");
  return FALSE;
}

static StrataLayer *
add_projection (GroupQueryAttention  *self,
                const char           *attribute,
                const char           *name,
                const char           *equation,
                const gint64         *sizes,
                guint                 n_sizes,
                const char           *bias_axes,
                const StrataShape    *input,
                GError              **error)
{
  const char *activation = g_str_equal (name, "gate") ? "sigmoid" : NULL;
  StrataLayer *projection = strata_attention_add_projection (STRATA_LAYER (self), attribute, name, equation, sizes,
                                                             n_sizes, bias_axes,
                                                             activation, error);

  return projection != NULL && strata_layer_build (projection, &(StrataSpec){ STRATA_FLOAT32, *input }, 1, error)
         ? projection : NULL;
}

static gboolean
group_query_attention_build (StrataLayer       *layer,
                             const StrataSpec  *inputs,
                             guint              n_inputs,
                             GError           **error)
{
  GroupQueryAttention *self = (GroupQueryAttention *) layer;
  StrataShape query = inputs[0].shape, value = n_inputs > 1 ? inputs[1].shape : query;
  StrataShape key = n_inputs > 2 ? inputs[2].shape : value;
  StrataShape heads = STRATA_SHAPE (query.dims[0], query.dims[1], self->num_query_heads, self->head_dim);
  gint64 queries[] = { STRATA_UNKNOWN, self->num_query_heads, self->head_dim };
  gint64 keys[] = { STRATA_UNKNOWN, self->num_key_value_heads, self->head_dim };
  gint64 features[] = { STRATA_UNKNOWN, query.dims[2] };

  strata_layer_remove_children (layer);
  self->query_dense = add_projection (self, "_query_dense", "query", "bqm,muh->bquh", queries, 3, "uh", &query, error);
  if (self->query_dense == NULL)
    return FALSE;
  self->key_dense = add_projection (self, "_key_dense", "key", "bkm,mvh->bkvh", keys, 3, "vh", &key, error);
  if (self->key_dense == NULL)
    return FALSE;
  if (self->use_gate)
    {
      self->gate_dense = add_projection (self, "_gate_dense", "gate", "bqm,muh->bquh", queries, 3, "uh", &query, error);
      if (self->gate_dense == NULL)
        return FALSE;
    }
  self->value_dense = add_projection (self, "_value_dense", "value", "bkm,mvh->bkvh", keys, 3, "vh", &value, error);
  if (self->value_dense == NULL)
    return FALSE;
  self->output_dense = add_projection (self, "_output_dense", "attention_output", "bquh,uhm->bqm", features, 2, "m",
                                       &heads, error);
  return self->output_dense != NULL;
}

static void
group_query_attention_call (StrataLayer   *layer,
                            StrataBuilder *b,
                            StrataCall    *call)
{
  GroupQueryAttention *self = (GroupQueryAttention *) layer;
  gint64 repeats = self->num_query_heads / self->num_key_value_heads;
  StrataAttentionCall attention;
  StrataValue *query, *key, *value, *mask, *scores, *kept, *y;

  if (!strata_attention_read_call (b, call, &attention))
    return;
  query = strata_layer_call_on (self->query_dense, b, attention.query, call->training);
  key = strata_layer_call_on (self->key_dense, b, attention.key, call->training);
  value = strata_layer_call_on (self->value_dense, b, attention.value, call->training);
  if (strata_builder_has_failed (b))
    return;
  key = strata_repeat (b, key, 2, repeats);
  value = strata_repeat (b, value, 2, repeats);

  scores = strata_einsum (b, "bquh,bkuh->buqk", strata_scale (b, query, 1 / sqrt (self->head_dim)), key);
  mask = strata_attention_get_mask (b, &attention, self->sliding_window, 4, 1);
  scores = strata_attention_softmax (b, scores, mask, 1, self->dropout <= 0 && !attention.return_scores);
  kept = call->training ? strata_dropout (b, scores, &scores->shape, self->dropout, self->seed) : scores;
  y = strata_einsum (b, "buqk,bkuh->bquh", kept, value);
  if (self->gate_dense != NULL)
    y = strata_multiply (b, y, strata_layer_call_on (self->gate_dense, b, attention.query, call->training));
  y = strata_layer_call_on (self->output_dense, b, y, call->training);
  strata_call_return (call, y);
  call->output_masks[0] = attention.query_mask;
  /* Keras has the penalty on what each projection returns, and on what the layer returns as well. */
  strata_layer_add_activity (layer, b, self->activity_regularizer, y);
  if (attention.return_scores)
    {
      strata_call_return (call, scores);
      call->output_masks[1] = mask;
      strata_layer_add_activity (layer, b, self->activity_regularizer, scores);
    }
}

const StrataLayerInfo strata_layer_group_query_attention = {
  .object = {
    .name = "GroupQueryAttention",
    .aliases = (const char *const[]){ "GroupedQueryAttention", NULL },
    .title = "Grouped-query attention",
    .category = "Attention",
    .description = "Attention whose query heads share keys and values in groups: fewer weights, less memory",
    .formula = "y = softmax(Q · Kᵀ / √d) · V, for each head",
    .params = params,
    .instance_size = sizeof (GroupQueryAttention),
    .samples = (const char *const[]){
      "{\"head_dim\": 3, \"num_query_heads\": 4, \"num_key_value_heads\": 2}",
      "{\"head_dim\": 2, \"num_query_heads\": 2, \"num_key_value_heads\": 2, \"use_bias\": false}",
      "{\"head_dim\": 3, \"num_query_heads\": 3, \"num_key_value_heads\": 1, \"dropout\": 0.2, \"seed\": 3}",
      "{\"head_dim\": 2, \"num_query_heads\": 2, \"num_key_value_heads\": 1, \"use_gate\": true}",
      "{\"head_dim\": 2, \"num_query_heads\": 4, \"num_key_value_heads\": 1, \"sliding_window\": 2}",
      NULL },
    .configured = group_query_attention_configured,
  },
  .flags = STRATA_LAYER_TAKES_SEVERAL | STRATA_LAYER_WRAPS,
  .min_rank = 3,
  .max_rank = 3,
  .sample_inputs = "2,4,5;2,3,5",
  .call_params = strata_attention_call_params,
  .build = group_query_attention_build,
  .call = group_query_attention_call,
};
