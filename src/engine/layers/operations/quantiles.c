/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"

#include <math.h>

#include "base/json.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "ops/shaping.h"
#include "ops/sorting.h"

/* Quantiles of all numbers, or of those that are numbers. */

typedef enum
{
  LINEAR,
  LOWER,
  HIGHER,
  MIDPOINT,
  NEAREST,
} Method;

typedef struct
{
  StrataValue *sorted; /* (..., n) */
  StrataValue *count;  /* (..., 1): how many are numbers, or NULL for all */
  Method method;
} Source;

/* Puts all @axes last, as one. */
static StrataValue *
gather_axes (StrataBuilder *b,
             StrataValue   *x,
             guint          axes)
{
  int permutation[STRATA_MAX_RANK], n = 0;
  StrataShape shape = { 0 };
  gint64 size = 1;

  for (int i = 0; i < x->shape.rank; i++)
    if (!(axes & 1u << i))
      {
        permutation[n++] = i;
        strata_shape_append (&shape, x->shape.dims[i]);
      }
  for (int i = 0; i < x->shape.rank; i++)
    if (axes & 1u << i)
      {
        permutation[n++] = i;
        size = size < 0 || x->shape.dims[i] < 0 ? STRATA_UNKNOWN : size * x->shape.dims[i];
      }
  strata_shape_append (&shape, size);
  return strata_reshape (b, strata_transpose (b, x, permutation), &shape);
}

/* Number @at of each row, which may lie between two places. */
static StrataValue *
take (StrataBuilder *b,
      const Source  *source,
      StrataValue   *at)
{
  StrataValue *below = strata_floor (b, at), *above = strata_ceil (b, at), *low, *high, *share;

  if (source->method == NEAREST)
    below = above = strata_round (b, at);
  low = strata_take_along (b, source->sorted, strata_cast (b, source->method == HIGHER ? above : below, STRATA_INT32));
  if (source->method == LOWER || source->method == HIGHER || source->method == NEAREST)
    return low;
  high = strata_take_along (b, source->sorted, strata_cast (b, above, STRATA_INT32));
  share = source->method == MIDPOINT ? strata_builder_scalar (b, 0.5) : strata_subtract (b, at, below);
  return strata_add (b, low, strata_multiply (b, share, strata_subtract (b, high, low)));
}

static StrataValue *
take_quantile (StrataBuilder *b,
               const Source  *source,
               double         q)
{
  StrataShape shape = source->sorted->shape;
  int last = shape.rank - 1;
  StrataValue *at, *y;

  if (source->count != NULL)
    at = strata_maximum (b, strata_scale (b, strata_offset (b, source->count, -1), q), strata_builder_scalar (b, 0));
  else
    {
      double place = q * (shape.dims[last] - 1);

      shape.dims[last] = 1;
      at = strata_builder_scalar (b, fabs (place - rint (place)) < 1e-6 * (1 + place) ? rint (place) : place);
      at = strata_broadcast_to (b, at, &shape);
    }
  y = take (b, source, at);
  if (source->count != NULL)
    y = strata_where (b, strata_equal (b, source->count, strata_builder_scalar (b, 0)), strata_builder_scalar (b, NAN),
                      y);
  return y;
}

/* From (..., 1) to what is wanted: dimensions that were gathered are left out, or of size 1. */
static StrataValue *
shape_result (StrataOperands *self,
              StrataValue    *y,
              int             rank,
              guint           axes)
{
  y = strata_squeeze (self->b, y, y->shape.rank - 1);
  for (int i = 0; strata_operands_flag (self, "keepdims") && i < rank; i++)
    if (axes & 1u << i)
      y = strata_expand_dims (self->b, y, i);
  return y;
}

static gboolean
read_source (StrataOperands *self,
             StrataValue    *x,
             guint           axes,
             Source         *source)
{
  static const char *const methods[] = { [LINEAR] = "linear", [LOWER] = "lower", [HIGHER] = "higher",
                                         [MIDPOINT] = "midpoint", [NEAREST] = "nearest" };
  const char *method = strata_json_get_string (self->config, "method", "linear");
  StrataBuilder *b = self->b;
  StrataValue *gathered = gather_axes (b, x, axes);
  guint i;

  for (i = 0; i < G_N_ELEMENTS (methods) && !g_str_equal (methods[i], method); i++)
    ;
  if (i == G_N_ELEMENTS (methods))
    strata_operands_fail (self, "does not know the method “%s”", method);
  if (strata_builder_has_failed (b))
    return FALSE;
  /* Keras's Quantile has a method, and does not use it. */
  source->method = g_str_equal (self->operation->name, "Quantile") ? LINEAR : i;
  source->count = NULL;
  source->sorted = strata_sort (b, gathered, FALSE, NULL);
  if (g_str_has_prefix (self->operation->name, "Nan"))
    source->count = strata_reduce_sum (b, strata_logical_not (b, strata_is_nan (b, gathered)),
                                       1u << (gathered->shape.rank - 1), TRUE);
  return !strata_builder_has_failed (b);
}

static void
emit_quantiles (StrataOperands *self,
                const double   *quantiles,
                guint           n,
                gboolean        several)
{
  StrataBuilder *b = self->b;
  StrataValue *x = strata_operands_get_float (self, 0), *results[64], *y;
  guint axes = strata_operands_axes (self, "axis", x->shape.rank);
  Source source;

  if (n < 1 || n > G_N_ELEMENTS (results))
    strata_operands_fail (self, "takes 1 to %u quantiles", (guint) G_N_ELEMENTS (results));
  if (strata_builder_has_failed (b) || !read_source (self, x, axes, &source))
    return;
  for (guint i = 0; i < n; i++)
    if (source.sorted->shape.dims[source.sorted->shape.rank - 1] > 0 || source.count != NULL)
      results[i] = shape_result (self, take_quantile (b, &source, quantiles[i]), x->shape.rank, axes);
    else
      results[i] = shape_result (self,
                                 strata_reduce_sum (b, source.sorted, 1u << (source.sorted->shape.rank - 1), TRUE),
                                 x->shape.rank, axes);
  for (guint i = 0; several && i < n; i++)
    results[i] = strata_expand_dims (b, results[i], 0);
  y = several ? strata_concatenate (b, results, n, 0) : results[0];
  if (!strata_builder_has_failed (b))
    strata_operands_return (self, y, STRATA_FLOAT32);
}

static void
emit_median (StrataOperands *self)
{
  emit_quantiles (self, (double[]){ 0.5 }, 1, FALSE);
}

/* A number, a list of numbers, or an array of them as files have it. */
static void
emit_quantile (StrataOperands *self)
{
  JsonNode *node = strata_operands_find (self, 1);
  g_autoptr (StrataTensor) q = node != NULL ? strata_operands_read_floats (node) : NULL;
  double quantiles[64], most = g_str_has_suffix (self->operation->name, "ercentile") ? 100 : 1;
  gint64 n = q != NULL && strata_tensor_get_shape (q)->rank < 2 ? strata_tensor_get_size (q) : 0;

  for (gint64 i = 0; i < n && i < (gint64) G_N_ELEMENTS (quantiles); i++)
    {
      quantiles[i] = strata_tensor_get_number (q, i) / most;
      if (!(quantiles[i] >= 0 && quantiles[i] <= 1))
        n = 0;
    }
  if (n < 1 || n > (gint64) G_N_ELEMENTS (quantiles))
    strata_operands_fail (self, "needs up to %u numbers from 0 to %g that say which quantiles",
                          (guint) G_N_ELEMENTS (quantiles), most);
  else
    emit_quantiles (self, quantiles, n, strata_tensor_get_shape (q)->rank > 0);
}

#define QUANTILE(op_name)                                                                                              \
  { .name = op_name, .arguments = "x,q", .parameters = "axis=null,method=\"linear\",keepdims=false",                   \
    .emit = emit_quantile }
#define MEDIAN(op_name) { .name = op_name, .parameters = "axis=null,keepdims=false", .emit = emit_median }

const StrataOperation strata_operations_quantiles[] = {
  MEDIAN ("Median"),
  MEDIAN ("Nanmedian"),
  QUANTILE ("Quantile"),
  QUANTILE ("Nanquantile"),
  QUANTILE ("Percentile"),
  QUANTILE ("Nanpercentile"),
  { NULL },
};
