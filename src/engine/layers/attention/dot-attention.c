/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/attention/dot-attention.h"

#include "ops/elementwise.h"
#include "ops/matmul.h"
#include "ops/reduce.h"
#include "ops/shaping.h"
#include "ops/softmax.h"

/* What Keras takes from scores that do not count. */
#define PENALTY 1e9

/**
 * strata_dot_attention_compare: (skip)
 * @inner: (nullable): scales the sum before it is bent
 * @outer: (nullable): scales it afterwards
 *
 * Returns: (transfer none): (batch, queries, keys): Σ outer · tanh(inner · (query + key))
 */
StrataValue *
strata_dot_attention_compare (StrataBuilder *b,
                              StrataValue   *query,
                              StrataValue   *key,
                              StrataValue   *inner,
                              StrataValue   *outer)
{
  StrataValue *sum = strata_add (b, strata_expand_dims (b, query, 2), strata_expand_dims (b, key, 1));

  if (inner != NULL)
    sum = strata_multiply (b, sum, inner);
  sum = strata_tanh (b, sum);
  if (outer != NULL)
    sum = strata_multiply (b, sum, outer);
  return strata_reduce_sum (b, sum, strata_axis_bit (sum, -1), FALSE);
}

void
strata_dot_attention_call (StrataDotAttention *self,
                           StrataBuilder      *b,
                           StrataCall         *call,
                           StrataScoreFunc     score)
{
  StrataAttentionCall attention;
  StrataValue *scores, *mask, *kept, *y, *query_mask = strata_call_get_mask (call, 0);
  gint64 n;

  if (!strata_attention_read_call (b, call, &attention))
    return;
  /* Here the mask of the query only hides results, and that of the keys is not looked at. */
  attention.query_mask = attention.key_mask = NULL;
  n = attention.query->shape.dims[0];
  scores = score (self, b, strata_cast (b, attention.query, STRATA_FLOAT32),
                  strata_repeat_batch (b, strata_cast (b, attention.key, STRATA_FLOAT32), n));
  if (strata_builder_has_failed (b))
    return;
  mask = strata_attention_get_mask (b, &attention, 0, 3, 1);
  if (mask != NULL)
    scores = strata_where (b, mask, scores, strata_offset (b, scores, -PENALTY));
  scores = strata_softmax (b, scores);
  kept = call->training ? strata_dropout (b, scores, &scores->shape, self->dropout, self->seed) : scores;
  y = strata_matmul (b, kept, strata_repeat_batch (b, strata_cast (b, attention.value, STRATA_FLOAT32), n), FALSE,
                     FALSE);
  if (query_mask != NULL)
    y = strata_where (b, strata_expand_dims (b, strata_cast (b, query_mask, STRATA_FLOAT32), -1), y,
                      strata_builder_scalar (b, 0));
  strata_call_return (call, y);
  call->output_masks[0] = query_mask;
  if (attention.return_scores)
    strata_call_return (call, scores);
}
