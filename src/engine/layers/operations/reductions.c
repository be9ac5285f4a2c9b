/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"
#include "ops/elementwise.h"
#include "ops/indexing.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

typedef StrataValue *(*Reduce) (StrataBuilder *b, StrataValue *x, guint axes, gboolean keep_dims);

static StrataValue *
variance (StrataBuilder *b,
          StrataValue   *x,
          guint          axes,
          gboolean       keep_dims)
{
  StrataValue *distance = strata_subtract (b, x, strata_reduce_mean (b, x, axes, TRUE));

  return strata_reduce_mean (b, strata_square (b, distance), axes, keep_dims);
}

static StrataValue *
deviation (StrataBuilder *b,
           StrataValue   *x,
           guint          axes,
           gboolean       keep_dims)
{
  return strata_sqrt (b, variance (b, x, axes, keep_dims));
}

static StrataValue *
spread (StrataBuilder *b,
        StrataValue   *x,
        guint          axes,
        gboolean       keep_dims)
{
  return strata_subtract (b, strata_reduce_max (b, x, axes, keep_dims), strata_reduce_min (b, x, axes, keep_dims));
}

/* The largest is taken out first, so that no power is too large. */
static StrataValue *
log_sum_exp (StrataBuilder *b,
             StrataValue   *x,
             guint          axes,
             gboolean       keep_dims)
{
  StrataValue *largest = strata_stop_gradient (b, strata_reduce_max (b, x, axes, TRUE));
  StrataValue *sum = strata_reduce_sum (b, strata_exp (b, strata_subtract (b, x, largest)), axes, keep_dims);

  return strata_add (b, strata_log (b, sum), keep_dims ? largest : strata_reduce_sum (b, largest, axes, FALSE));
}

static StrataValue *
length (StrataBuilder *b,
        StrataValue   *x,
        guint          axes,
        gboolean       keep_dims)
{
  return strata_sqrt (b, strata_reduce_sum (b, strata_square (b, x), axes, keep_dims));
}

static StrataValue *
all (StrataBuilder *b,
     StrataValue   *x,
     guint          axes,
     gboolean       keep_dims)
{
  return strata_reduce_min (b, strata_not_equal (b, x, strata_builder_scalar (b, 0)), axes, keep_dims);
}

static StrataValue *
any (StrataBuilder *b,
     StrataValue   *x,
     guint          axes,
     gboolean       keep_dims)
{
  return strata_reduce_max (b, strata_not_equal (b, x, strata_builder_scalar (b, 0)), axes, keep_dims);
}

static const struct
{
  const char *name;
  Reduce reduce;
  StrataOperationResult result;
} reductions[] = {
  { "Mean", strata_reduce_mean, STRATA_RESULT_FLOAT },
  { "Average", strata_reduce_mean, STRATA_RESULT_FLOAT },
  { "Sum", strata_reduce_sum, STRATA_RESULT_LIKE },
  { "Prod", strata_reduce_prod, STRATA_RESULT_LIKE },
  { "Max", strata_reduce_max, STRATA_RESULT_LIKE },
  { "Min", strata_reduce_min, STRATA_RESULT_LIKE },
  { "Amax", strata_reduce_max, STRATA_RESULT_LIKE },
  { "Amin", strata_reduce_min, STRATA_RESULT_LIKE },
  { "Var", variance, STRATA_RESULT_FLOAT },
  { "Std", deviation, STRATA_RESULT_FLOAT },
  { "Ptp", spread, STRATA_RESULT_LIKE },
  { "Logsumexp", log_sum_exp, STRATA_RESULT_FLOAT },
  { "Norm", length, STRATA_RESULT_FLOAT },
  { "All", all, STRATA_RESULT_BOOL },
  { "Any", any, STRATA_RESULT_BOOL },
};

/* What Keras can do with an argument that Strata lacks is refused, not left out. */
static gboolean
is_plain (StrataOperands *self)
{
  JsonNode *order = strata_operands_param (self, "ord");

  if (strata_operands_param (self, "initial") != NULL || strata_operands_find (self, 1) != NULL)
    strata_operands_fail (self, "has an initial value or weights, with which Strata does not compute it");
  else if (order != NULL && !(JSON_NODE_HOLDS_VALUE (order) && json_node_get_value_type (order) != G_TYPE_STRING &&
                              json_node_get_double (order) == 2))
    strata_operands_fail (self, "has another order than 2, with which Strata does not compute it");
  return !strata_builder_has_failed (self->b);
}

static void
emit_reduction (StrataOperands *self)
{
  StrataValue *x = strata_operands_get_float (self, 0), *y = NULL;
  guint axes = strata_operands_axes (self, "axis", x->shape.rank);
  gboolean keep_dims = strata_operands_flag (self, "keepdims");

  if (!is_plain (self))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (reductions); i++)
    if (g_str_equal (reductions[i].name, self->operation->name))
      {
        y = reductions[i].reduce (self->b, x, axes, keep_dims);
        strata_operands_return (self, y,
                                reductions[i].result == STRATA_RESULT_LIKE   ? strata_operands_get_dtype (self)
                                : reductions[i].result == STRATA_RESULT_BOOL ? STRATA_BOOL : STRATA_FLOAT32);
      }
}

static void
emit_extreme (StrataOperands *self,
              gboolean        least)
{
  StrataValue *x = strata_operands_get_float (self, 0), *y;
  gboolean flat = strata_operands_param (self, "axis") == NULL;
  StrataShape row = STRATA_SHAPE (strata_shape_get_size (&x->shape));
  int axis = flat ? 0 : strata_operands_axis (self, "axis", x->shape.rank), rank = x->shape.rank;

  if (strata_builder_has_failed (self->b))
    return;
  x = flat ? strata_reshape (self->b, x, &row) : x;
  y = strata_argmax (self->b, least ? strata_negative (self->b, x) : x, axis);
  for (int i = 0; strata_operands_flag (self, "keepdims") && i < (flat ? rank : 1); i++)
    y = strata_expand_dims (self->b, y, flat ? 0 : axis);
  strata_operands_return (self, y, STRATA_INT32);
}

static void
emit_argmax (StrataOperands *self)
{
  emit_extreme (self, FALSE);
}

static void
emit_argmin (StrataOperands *self)
{
  emit_extreme (self, TRUE);
}

static void
emit_normalize (StrataOperands *self)
{
  StrataValue *x = strata_operands_get_float (self, 0), *squares, *scale;
  guint axes = strata_operands_axes (self, "axis", x->shape.rank);
  double least = strata_operands_number (self, "epsilon");

  if (strata_operands_number (self, "order") != 2)
    strata_operands_fail (self, "has another order than 2, with which Strata does not compute it");
  squares = strata_reduce_sum (self->b, strata_square (self->b, x), axes, TRUE);
  scale = strata_minimum (self->b, strata_rsqrt (self->b, squares),
                          strata_builder_scalar (self->b, 1 / (least > 0 ? least : 1e-7)));
  strata_operands_return (self, strata_multiply (self->b, x, scale), STRATA_FLOAT32);
}

#define OVER(op_name, ...)                                                                                             \
  { .name = op_name, .parameters = "axis=null,keepdims=false", .emit = emit_reduction, ##__VA_ARGS__ }
#define EXTREME(op_name)                                                                                               \
  { .name = op_name, .parameters = "axis=null,keepdims=false,initial=null", .emit = emit_reduction }

const StrataOperation strata_operations_reductions[] = {
  OVER ("Mean"),
  OVER ("Sum"),
  OVER ("Var"),
  OVER ("Std"),
  OVER ("Amax"),
  OVER ("Amin"),
  OVER ("Ptp"),
  OVER ("All"),
  OVER ("Any"),
  OVER ("Logsumexp", .module = "keras.src.ops.math"),
  EXTREME ("Max"),
  EXTREME ("Min"),
  { .name = "Prod", .parameters = "axis=null,keepdims=false,dtype=null", .emit = emit_reduction },
  { .name = "Average", .arguments = "x,weights", .parameters = "axis=null", .emit = emit_reduction },
  { .name = "Norm", .module = "keras.src.ops.linalg", .parameters = "ord=null,axis=null,keepdims=false",
    .emit = emit_reduction },
  { .name = "Argmax", .parameters = "axis=null,keepdims=false", .emit = emit_argmax },
  { .name = "Argmin", .parameters = "axis=null,keepdims=false", .emit = emit_argmin },
  { .name = "Normalize", .module = "keras.src.ops.nn", .parameters = "axis=-1,order=2,epsilon=null",
    .emit = emit_normalize },
  { NULL },
};
