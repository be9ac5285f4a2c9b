/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"

#include <math.h>
#include "ops/elementwise.h"
#include "ops/shaping.h"

/* Numbers at even distances, and tensors made of little: copies, constants, sizes. */

#define MOST_STEPS (1 << 24)

/* The type that is asked for; what Keras would only store in other floats is computed in float32. */
static StrataDType
get_dtype (StrataOperands *self,
           StrataDType     fallback)
{
  JsonNode *node = strata_operands_param (self, "dtype");
  const char *name = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
  StrataDType dtype = fallback;

  if (node != NULL && (name == NULL || !strata_dtype_from_name (name, &dtype, NULL) || dtype == STRATA_STRING))
    strata_operands_fail (self, "needs a type of numbers");
  return strata_dtype_is_float (dtype) ? STRATA_FLOAT32 : dtype;
}

/* From @start on, @num numbers along a new axis. */
static StrataValue *
space_evenly (StrataOperands  *self,
              StrataValue     *start,
              StrataValue     *stop,
              StrataValue    **step)
{
  StrataBuilder *b = self->b;
  gint64 num = strata_operands_integer (self, "num"), n_steps = strata_operands_flag (self, "endpoint") ? num - 1 : num;
  StrataShape shape, ramp_shape = { 0 };
  StrataTensor *ramp;
  int axis;

  if (strata_builder_has_failed (b))
    return start;
  if (num < 1 || num > MOST_STEPS || !strata_shape_broadcast (&start->shape, &stop->shape, &shape) ||
      shape.rank == STRATA_MAX_RANK)
    {
      strata_operands_fail (self, "makes 1 to %d numbers, between ends of fitting shapes of less than %d dimensions",
                            MOST_STEPS, STRATA_MAX_RANK);
      return start;
    }
  axis = strata_operands_axis (self, "axis", shape.rank + 1);
  if (strata_builder_has_failed (b))
    return start;
  start = strata_expand_dims (b, strata_broadcast_to (b, start, &shape), axis);
  stop = strata_expand_dims (b, strata_broadcast_to (b, stop, &shape), axis);
  for (int d = 0; d <= shape.rank; d++)
    strata_shape_append (&ramp_shape, d == axis ? num : 1);
  ramp = strata_tensor_new (STRATA_FLOAT32, &ramp_shape);
  for (gint64 i = 0; i < num; i++)
    strata_tensor_get_floats (ramp)[i] = i / (double) MAX (n_steps, 1);
  *step = strata_squeeze (b, strata_scale (b, strata_subtract (b, stop, start), n_steps > 0 ? 1.0 / n_steps : NAN),
                          axis);
  return strata_add (b, start,
                     strata_multiply (b, strata_subtract (b, stop, start), strata_builder_constant (b, ramp)));
}

static void
emit_linspace (StrataOperands *self)
{
  StrataDType dtype = get_dtype (self, STRATA_FLOAT32);
  StrataValue *step = NULL;
  StrataValue *y = space_evenly (self, strata_operands_get_float (self, 0), strata_operands_get_float (self, 1), &step);

  if (strata_builder_has_failed (self->b))
    return;
  strata_operands_return (self, dtype == STRATA_FLOAT32 ? y : strata_floor (self->b, y), dtype);
  if (strata_operands_flag (self, "retstep"))
    strata_operands_return (self, step, STRATA_FLOAT32);
}

/* The base, to powers at even distances. */
static void
emit_logspace (StrataOperands *self)
{
  StrataDType dtype = get_dtype (self, STRATA_FLOAT32);
  StrataValue *step, *y = space_evenly (self, strata_operands_get_float (self, 0), strata_operands_get_float (self, 1),
                                        &step);
  StrataValue *base = strata_builder_scalar (self->b, strata_operands_number (self, "base"));

  y = dtype == STRATA_FLOAT32 ? y : strata_floor (self->b, y);
  strata_operands_return (self, strata_power (self->b, base, y), dtype);
}

/* Each number as many times the one before; the sign is that of the start. */
static void
emit_geomspace (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  StrataDType dtype = get_dtype (self, STRATA_FLOAT32);
  StrataValue *start = strata_operands_get_float (self, 0), *stop = strata_operands_get_float (self, 1), *step, *y;
  StrataValue *sign;
  int axis;

  y = space_evenly (self, strata_log (b, strata_absolute (b, start)), strata_log (b, strata_absolute (b, stop)), &step);
  if (strata_builder_has_failed (b))
    return;
  axis = strata_operands_axis (self, "axis", y->shape.rank);
  sign = strata_sign (b, start);
  if (start->shape.rank == y->shape.rank - 1)
    sign = strata_expand_dims (b, sign, axis);
  y = strata_multiply (b, strata_exp (b, y), sign);
  strata_operands_return (self, dtype == STRATA_FLOAT32 ? y : strata_floor (b, y), dtype);
}

static void
emit_copy (StrataOperands *self)
{
  StrataValue *x = strata_operands_get (self, 0);

  strata_operands_return (self, x, get_dtype (self, x->dtype));
}

/* What Keras leaves open is zero on TensorFlow. */
static void
emit_empty_like (StrataOperands *self)
{
  StrataValue *x = strata_operands_get (self, 0);

  strata_operands_return (self, strata_broadcast_to (self->b, strata_builder_scalar (self->b, 0), &x->shape),
                          get_dtype (self, x->dtype));
}

static void
emit_full (StrataOperands *self)
{
  StrataValue *x = strata_operands_get_float (self, 0);
  StrataShape shape = { 0 };
  StrataInts sizes;

  if (!strata_operands_ints (self, "shape", &sizes))
    strata_operands_fail (self, "needs a shape");
  for (int d = 0; d < sizes.n; d++)
    {
      if (sizes.v[d] < 0)
        strata_operands_fail (self, "needs a shape without negative sizes");
      strata_shape_append (&shape, sizes.v[d]);
    }
  if (!strata_builder_has_failed (self->b))
    strata_operands_return (self, strata_broadcast_to (self->b, x, &shape), get_dtype (self, STRATA_FLOAT32));
}

static void
emit_ndim (StrataOperands *self)
{
  strata_operands_return (self, strata_builder_scalar (self->b, strata_operands_get (self, 0)->shape.rank),
                          STRATA_INT32);
}

/* While only shapes are inferred, how many numbers there are may be unknown, and does not matter. */
static void
emit_size (StrataOperands *self)
{
  gint64 size = strata_shape_get_size (&strata_operands_get (self, 0)->shape);

  strata_operands_return (self, strata_builder_scalar (self->b, size), STRATA_INT32);
}

/* Numbers beside their imaginary parts, which are zero: a tensor of complex numbers cannot come here. */
static void
emit_view_as_real (StrataOperands *self)
{
  StrataValue *x = strata_operands_get_float (self, 0);
  StrataValue *parts[] = { strata_expand_dims (self->b, x, -1),
                           strata_expand_dims (self->b, strata_scale (self->b, x, 0), -1) };

  if (!strata_builder_has_failed (self->b))
    strata_operands_return (self, strata_concatenate (self->b, parts, 2, -1), STRATA_FLOAT32);
}

#define CORE .module = "keras.src.ops.core"
#define ENDS .arguments = "start,stop"

const StrataOperation strata_operations_sequences[] = {
  { .name = "Linspace", ENDS, .parameters = "num=50,endpoint=true,retstep=false,dtype=null,axis=0",
    .emit = emit_linspace },
  { .name = "Logspace", ENDS, .parameters = "num=50,endpoint=true,base=10,dtype=null,axis=0", .emit = emit_logspace },
  { .name = "Geomspace", ENDS, .parameters = "num=50,endpoint=true,dtype=null,axis=0", .emit = emit_geomspace },
  { .name = "Array", .parameters = "dtype=null", .emit = emit_copy },
  { .name = "ConvertToTensor", CORE, .parameters = "dtype=null,sparse=null,ragged=null", .emit = emit_copy },
  { .name = "EmptyLike", .parameters = "dtype=null", .emit = emit_empty_like },
  { .name = "Full", .arguments = "fill_value", .parameters = "shape,dtype=null", .emit = emit_full },
  { .name = "ViewAsReal", .module = "keras.src.ops.math", .emit = emit_view_as_real },
  { .name = "Ndim", .emit = emit_ndim },
  { .name = "Size", .emit = emit_size },
  { NULL },
};
