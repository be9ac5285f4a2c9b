/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "optimizers/slices.h"

#include "ops/elementwise.h"
#include "ops/indexing.h"

/* The gradient of a table of which rows are looked up is a list of slices: one for each time that a row was. Keras on
 * TensorFlow squares each slice by itself before it adds those of the same row, so Adam and its kin follow the sum of
 * squares, not the square of the sum. Training that is to go on as it would there must do so too. */

typedef StrataValue *(*Function) (StrataBuilder *b, StrataValue *x, gpointer data);

extern const StrataOp strata_op_scatter_add, strata_op_add;

static gboolean
is_made_by (StrataValue    *value,
            const StrataOp *op)
{
  return value->node != NULL && value->node->op == op;
}

/**
 * strata_slices_is: (skip)
 *
 * Returns: whether @grad is that of a table, from all of whose uses rows were looked up
 */
gboolean
strata_slices_is (StrataValue *grad)
{
  if (is_made_by (grad, &strata_op_add))
    return strata_slices_is (grad->node->inputs[0]) && strata_slices_is (grad->node->inputs[1]);
  return is_made_by (grad, &strata_op_scatter_add);
}

/**
 * strata_slices_get: (skip)
 * @indices: (out): rows of the table
 * @rows: (out): the slice of each
 *
 * Returns: whether @grad is one list of slices
 */
gboolean
strata_slices_get (StrataValue  *grad,
                   StrataValue **indices,
                   StrataValue **rows)
{
  if (!is_made_by (grad, &strata_op_scatter_add))
    return FALSE;
  *indices = grad->node->inputs[0];
  *rows = grad->node->inputs[1];
  return TRUE;
}

static StrataValue *
map (StrataBuilder *b,
     StrataValue   *grad,
     Function       function,
     gpointer       data)
{
  StrataValue *const *inputs;

  if (!strata_slices_is (grad))
    return function (b, grad, data);
  inputs = grad->node->inputs;
  if (is_made_by (grad, &strata_op_add))
    return strata_add (b, map (b, inputs[0], function, data), map (b, inputs[1], function, data));
  return strata_scatter_add (b, inputs[0], function (b, inputs[1], data), grad->shape.dims[0]);
}

static StrataValue *
scale (StrataBuilder *b,
       StrataValue   *x,
       gpointer       factor)
{
  return strata_multiply (b, x, factor);
}

static StrataValue *
clip (StrataBuilder *b,
      StrataValue   *x,
      gpointer       limit)
{
  return strata_clip (b, x, -*(double *) limit, *(double *) limit);
}

static StrataValue *
square (StrataBuilder *b,
        StrataValue   *x,
        gpointer       data)
{
  return strata_square (b, x);
}

static StrataValue *
absolute (StrataBuilder *b,
          StrataValue   *x,
          gpointer       data)
{
  return strata_absolute (b, x);
}

/**
 * strata_slices_scale: (skip)
 * @grad: a gradient, of slices or not
 * @factor: a scalar
 *
 * Returns: (transfer none): the product, which still is of slices if @grad is
 */
StrataValue *
strata_slices_scale (StrataBuilder *b,
                     StrataValue   *grad,
                     StrataValue   *factor)
{
  return map (b, grad, scale, factor);
}

/**
 * strata_slices_clip: (skip)
 * @limit: the largest size that a number may have
 *
 * Returns: (transfer none): @grad with its slices, or itself, cut to between -@limit and @limit
 */
StrataValue *
strata_slices_clip (StrataBuilder *b,
                    StrataValue   *grad,
                    double         limit)
{
  return map (b, grad, clip, &limit);
}

/**
 * strata_slices_square: (skip)
 *
 * Returns: (transfer none): the squares of the slices of @grad, or of @grad
 */
StrataValue *
strata_slices_square (StrataBuilder *b,
                      StrataValue   *grad)
{
  return map (b, grad, square, NULL);
}

/**
 * strata_slices_absolute: (skip)
 *
 * Returns: (transfer none): the sizes of the slices of @grad, or of @grad
 */
StrataValue *
strata_slices_absolute (StrataBuilder *b,
                        StrataValue   *grad)
{
  return map (b, grad, absolute, NULL);
}
