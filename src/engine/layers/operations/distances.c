/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"

#include <math.h>

#include "base/json.h"
#include "layers/image/spatial.h"
#include "ops/constants.h"
#include "ops/conv.h"
#include "ops/elementwise.h"
#include "ops/matmul.h"
#include "ops/matrices.h"
#include "ops/reduce.h"
#include "ops/resize.h"
#include "ops/shaping.h"
#include "ops/softmax.h"

/* How alike tensors are, where they are extreme, and what one looks up in another. */

static void
emit_all_close (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  StrataValue *x = strata_operands_get_float (self, 0), *y = strata_operands_get_float (self, 1), *close;
  StrataValue *far = strata_offset (b, strata_scale (b, strata_absolute (b, y), strata_operands_number (self, "rtol")),
                                    strata_operands_number (self, "atol"));

  close = strata_logical_or (b, strata_less_equal (b, strata_absolute (b, strata_subtract (b, x, y)), far),
                             strata_equal (b, x, y));
  if (strata_operands_flag (self, "equal_nan"))
    close = strata_logical_or (b, close, strata_logical_and (b, strata_is_nan (b, x), strata_is_nan (b, y)));
  strata_operands_return (self, strata_reduce_min (b, close, STRATA_ALL_AXES, FALSE), STRATA_BOOL);
}

static void
emit_cdist (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  StrataValue *x = strata_operands_get_float (self, 0), *y = strata_operands_get_float (self, 1), *gap;

  if (!strata_builder_has_failed (b) && (x->shape.rank < 2 || y->shape.rank < 2))
    strata_operands_fail (self, "takes rows of points");
  if (strata_builder_has_failed (b))
    return;
  gap = strata_square (b, strata_subtract (b, strata_expand_dims (b, x, -2), strata_expand_dims (b, y, -3)));
  if (!strata_builder_has_failed (b))
    strata_operands_return (self, strata_sqrt (b, strata_reduce_sum (b, gap, 1u << (gap->shape.rank - 1), FALSE)),
                            STRATA_FLOAT32);
}

static void
emit_psnr (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  double factor = 10 / log (10);
  StrataValue *gap = strata_subtract (b, strata_operands_get_float (self, 0), strata_operands_get_float (self, 1));
  StrataValue *size = strata_log (b, strata_reduce_mean (b, strata_square (b, gap), STRATA_ALL_AXES, FALSE));

  strata_operands_return (self,
                          strata_offset (b, strata_scale (b, size, -factor),
                                         2 * factor * log (strata_operands_number (self, "max_val"))), STRATA_FLOAT32);
}

static void
emit_corrcoef (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  StrataValue *x = strata_operands_get_float (self, 0), *covariance, *squares;
  int last = x->shape.rank - 1;

  if (!strata_builder_has_failed (b) && x->shape.rank != 2)
    strata_operands_fail (self, "takes a matrix");
  if (strata_builder_has_failed (b))
    return;
  x = strata_subtract (b, x, strata_reduce_mean (b, x, 1u << last, TRUE));
  covariance = strata_matmul (b, x, x, FALSE, TRUE);
  squares = strata_sqrt (b, strata_reduce_sum (b, strata_square (b, x), 1u << last, FALSE));
  covariance = strata_divide (b, covariance,
                              strata_multiply (b, strata_expand_dims (b, squares, 1),
                                               strata_expand_dims (b, squares, 0)));
  strata_operands_return (self, strata_clip (b, covariance, -1, 1), STRATA_FLOAT32);
}

/* Sums of products at each shift of one row along another. */
static void
emit_correlate (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  StrataValue *x = strata_operands_get_float (self, 0), *y = strata_operands_get_float (self, 1), *z;
  const char *mode = strata_json_get_string (self->config, "mode", "valid");
  StrataConvOptions options = { .stride = { 1 }, .dilation = { 1 }, .groups = 1 };
  gint64 n, m;

  if (!strata_builder_has_failed (b) &&
      (x->shape.rank != 1 || y->shape.rank != 1 || x->shape.dims[0] < 1 || y->shape.dims[0] < 1))
    strata_operands_fail (self, "takes two vectors of a size that is known");
  if (strata_builder_has_failed (b))
    return;
  n = x->shape.dims[0];
  m = y->shape.dims[0];
  if (!g_str_equal (mode, "valid"))
    options.before[0] = options.after[0] = m - 1;
  else if (n < m)
    {
      strata_operands_fail (self, "needs a second vector that is not longer than the first with the mode “valid”");
      return;
    }
  z = strata_conv (b, strata_reshape (b, x, &STRATA_SHAPE (1, n, 1)), strata_reshape (b, y, &STRATA_SHAPE (m, 1, 1)),
                   &options);
  if (strata_builder_has_failed (b))
    return;
  z = strata_reshape (b, z, &STRATA_SHAPE (z->shape.dims[1]));
  if (g_str_equal (mode, "same"))
    z = strata_slice (b, z, 0, (n + m - 1 - MAX (n, m)) / 2, MAX (n, m));
  strata_operands_return (self, z, STRATA_FLOAT32);
}

/* Scores that come near a cap and never pass it (Gemma Team, 2024). */
static StrataValue *
cap_scores (StrataOperands *self,
            StrataValue    *scores)
{
  double cap = strata_operands_number (self, "attn_logits_soft_cap");

  if (strata_operands_param (self, "attn_logits_soft_cap") == NULL)
    return scores;
  if (!(cap > 0))
    strata_operands_fail (self, "needs a soft cap above 0");
  return strata_scale (self->b, strata_tanh (self->b, strata_scale (self->b, scores, 1 / cap)), cap);
}

/* Attention of (batch, steps, heads, features). */
static void
emit_dot_product_attention (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  static const int by_head[] = { 0, 2, 1, 3 };
  StrataValue *query = strata_operands_get_float (self, 0), *key = strata_operands_get_float (self, 1);
  StrataValue *value = strata_operands_get_float (self, 2), *scores;
  JsonNode *scale = strata_operands_find (self, 5);
  gint64 steps, sources, heads;

  if (!strata_builder_has_failed (b) && (query->shape.rank != 4 || key->shape.rank != 4 || value->shape.rank != 4))
    strata_operands_fail (self, "takes queries, keys and values of four dimensions");
  if (strata_builder_has_failed (b))
    return;
  steps = query->shape.dims[1];
  sources = key->shape.dims[1];
  heads = query->shape.dims[2];
  query = strata_transpose (b, query, by_head);
  key = strata_transpose (b, key, by_head);
  value = strata_transpose (b, value, by_head);
  if (key->shape.dims[1] != heads && key->shape.dims[1] > 0 && heads > 0 && heads % key->shape.dims[1] == 0)
    {
      key = strata_repeat (b, key, 1, heads / key->shape.dims[1]);
      value = strata_repeat (b, value, 1, heads / value->shape.dims[1]);
    }
  scores = strata_matmul (b, query, key, FALSE, TRUE);
  scores = strata_scale (b, scores, scale != NULL && strata_json_is_number (scale) ? json_node_get_double (scale)
                         : 1 / sqrt (query->shape.dims[3]));
  scores = cap_scores (self, scores);
  if (strata_operands_find (self, 3) != NULL)
    scores = strata_add (b, scores, strata_operands_get_float (self, 3));
  if (strata_operands_find (self, 4) != NULL)
    scores = strata_where (b, strata_operands_get_float (self, 4), scores,
                           strata_builder_scalar (b, -0.7 * G_MAXFLOAT));
  if (strata_operands_flag (self, "is_causal"))
    {
      StrataTensor *earlier = NULL;

      if (steps < 0 || sources < 0)
        strata_operands_fail (self, "needs to know how many steps there are, to look at earlier ones alone");
      if (strata_builder_has_failed (b))
        return;
      earlier = strata_constant_new (b, STRATA_FLOAT32, &STRATA_SHAPE (steps, sources));
      if (earlier == NULL)
        return;
      for (gint64 i = 0; i < steps * sources; i++)
        strata_tensor_get_floats (earlier)[i] = i % sources <= i / sources;
      scores = strata_where (b, strata_builder_constant (b, earlier), scores,
                             strata_builder_scalar (b, -0.7 * G_MAXFLOAT));
    }
  scores = strata_matmul (b, strata_softmax (b, scores), value, FALSE, FALSE);
  strata_operands_return (self, strata_transpose (b, scores, by_head), STRATA_FLOAT32);
}

/* What a layer does, with its config made of the parameters. */
static void
emit_by_layer (StrataOperands *self)
{
  StrataValue *x = strata_operands_get_float (self, 0);
  g_autofree char *name = g_strdup_printf ("%sing%dD", self->operation->name, x->shape.rank - 2);
  g_autoptr (StrataLayer) layer = NULL;
  g_autoptr (GError) error = NULL;

  if (!strata_builder_has_failed (self->b) && (x->shape.rank < 3 || x->shape.rank > 5))
    strata_operands_fail (self, "takes 3 to 5 dimensions");
  if (strata_builder_has_failed (self->b))
    return;
  layer = strata_layer_new (name, self->config, &error);
  if (layer == NULL)
    strata_operands_fail (self, "cannot be computed: %s", error->message);
  else
    strata_operands_return (self, strata_layer_call_on (layer, self->b, x, FALSE), STRATA_FLOAT32);
}

/* NaN counts as the least, or the largest. */
static void
emit_nan_arg (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  gboolean most = g_str_equal (self->operation->name, "Nanargmax");
  StrataValue *x = strata_operands_get_float (self, 0), *filled;
  StrataOperands plain = *self;
  StrataCall call = *self->call;

  filled = strata_where (b, strata_is_nan (b, x), strata_builder_scalar (b, most ? -INFINITY : INFINITY), x);
  call.inputs = &filled;
  call.n_inputs = 1;
  call.arguments = NULL;
  plain.operation = strata_operation_find (most ? "Argmax" : "Argmin");
  plain.args = NULL;
  plain.call = &call;
  strata_operation_call (&plain);
  if (!strata_builder_has_failed (b) && call.n_outputs > 0)
    strata_operands_return (self, call.outputs[0], STRATA_INT32);
}

#define MATH .module = "keras.src.ops.math"
#define NN .module = "keras.src.ops.nn"

const StrataOperation strata_operations_distances[] = {
  { .name = "AllClose", .python = "keras.ops.allclose", .arguments = "x1,x2",
    .parameters = "rtol=1e-05,atol=1e-08,equal_nan=false", .emit = emit_all_close },
  { .name = "CDist", MATH, .python = "keras.ops.cdist", .arguments = "x,y", .emit = emit_cdist },
  { .name = "PSNR", NN, .python = "keras.ops.psnr", .arguments = "x1,x2", .parameters = "max_val", .emit = emit_psnr },
  { .name = "Corrcoef", .emit = emit_corrcoef },
  { .name = "Correlate", .arguments = "x1,x2", .parameters = "mode=\"valid\"", .emit = emit_correlate },
  { .name = "DotProductAttention", NN, .arguments = "query,key,value,bias,mask,scale",
    .parameters = "is_causal=false,flash_attention=null,attn_logits_soft_cap=null",
    .emit = emit_dot_product_attention },
  { .name = "AdaptiveMaxPool", NN, .arguments = "inputs", .parameters = "output_size,data_format=null",
    .emit = emit_by_layer },
  { .name = "AdaptiveAveragePool", NN, .arguments = "inputs", .parameters = "output_size,data_format=null",
    .emit = emit_by_layer },
  { .name = "Nanargmax", .parameters = "axis=null,keepdims=false", .emit = emit_nan_arg },
  { .name = "Nanargmin", .parameters = "axis=null,keepdims=false", .emit = emit_nan_arg },
  { NULL },
};
