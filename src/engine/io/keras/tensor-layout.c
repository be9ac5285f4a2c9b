/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/keras/tensor-layout.h"

#include <string.h>

static gboolean
is_float (StrataTensor *tensor)
{
  return strata_tensor_get_dtype (tensor) == STRATA_FLOAT32;
}

/**
 * strata_layout_permute: (skip)
 * @axes: digits: which dimension of the tensor each of the result is, as NumPy's transpose() takes them
 *
 * Returns: (transfer full) (nullable): the tensor with its dimensions in another order
 */
StrataTensor *
strata_layout_permute (StrataTensor *tensor,
                       const char   *axes)
{
  const StrataShape *from = strata_tensor_get_shape (tensor);
  StrataShape to = { .rank = from->rank };
  gint64 steps[STRATA_MAX_RANK], index[STRATA_MAX_RANK] = { 0 }, at = 0;
  StrataTensor *result;
  float *source, *target;

  if (!is_float (tensor) || (int) strlen (axes) != from->rank)
    return NULL;
  for (int i = 0; i < to.rank; i++)
    {
      int axis = axes[i] - '0';

      to.dims[i] = from->dims[axis];
      steps[i] = strata_shape_get_span (from, axis + 1, from->rank);
    }
  result = strata_tensor_new (STRATA_FLOAT32, &to);
  source = strata_tensor_get_floats (tensor);
  target = strata_tensor_get_floats (result);
  for (gint64 n = 0; n < strata_tensor_get_size (result); n++)
    {
      target[n] = source[at];
      for (int i = to.rank - 1; i >= 0; i--)
        {
          at += steps[i];
          if (++index[i] < to.dims[i])
            break;
          at -= steps[i] * to.dims[i];
          index[i] = 0;
        }
    }
  return result;
}

/**
 * strata_layout_reverse: (skip)
 *
 * Returns: (transfer full) (nullable): a kernel of a convolution, whose last two dimensions are channels, backwards in
 *   all
 *   others
 */
StrataTensor *
strata_layout_reverse (StrataTensor *tensor)
{
  const StrataShape *shape = strata_tensor_get_shape (tensor);
  gint64 places, size;
  StrataTensor *result;

  if (!is_float (tensor) || shape->rank < 3)
    return NULL;
  places = strata_shape_get_span (shape, 0, shape->rank - 2);
  size = strata_shape_get_span (shape, shape->rank - 2, shape->rank);
  result = strata_tensor_new (STRATA_FLOAT32, shape);
  /* Backwards in all dimensions is backwards in the row of all places. */
  for (gint64 i = 0; i < places; i++)
    memcpy (strata_tensor_get_floats (result) + i * size, strata_tensor_get_floats (tensor) + (places - 1 - i) * size,
            size * sizeof (float));
  return result;
}

/**
 * strata_layout_join_last: (skip)
 *
 * Returns: (transfer full) (nullable): tensors of one shape side by side in the last dimension
 */
StrataTensor *
strata_layout_join_last (StrataTensor *const *parts,
                         guint                n)
{
  const StrataShape *shape = strata_tensor_get_shape (parts[0]);
  StrataShape joined = *shape;
  StrataTensor *result;
  gint64 rows, width;
  float *target;

  for (guint i = 0; i < n; i++)
    if (!is_float (parts[i]) || shape->rank == 0 || !strata_shape_equal (strata_tensor_get_shape (parts[i]), shape))
      return NULL;
  width = shape->dims[shape->rank - 1];
  rows = strata_shape_get_span (shape, 0, shape->rank - 1);
  joined.dims[joined.rank - 1] *= n;
  result = strata_tensor_new (STRATA_FLOAT32, &joined);
  target = strata_tensor_get_floats (result);
  for (gint64 row = 0; row < rows; row++)
    for (guint i = 0; i < n; i++, target += width)
      memcpy (target, strata_tensor_get_floats (parts[i]) + row * width, width * sizeof (float));
  return result;
}

/**
 * strata_layout_turn_gates: (skip)
 * @gates: how many gates are side by side in the last dimension
 * @square: whether each gate's matrix is a transposed one; otherwise only its numbers come column by column
 *
 * Returns: (transfer full) (nullable): a kernel of cuDNN's as Keras has it, gate by gate
 */
StrataTensor *
strata_layout_turn_gates (StrataTensor *tensor,
                          guint         gates,
                          gboolean      square)
{
  const StrataShape *shape = strata_tensor_get_shape (tensor);
  StrataTensor *result;
  gint64 rows, units, width;
  const float *source;
  float *target;

  if (!is_float (tensor) || shape->rank != 2 || shape->dims[1] % gates != 0)
    return NULL;
  rows = shape->dims[0];
  width = shape->dims[1];
  units = width / gates;
  if (square && rows != units)
    return NULL;
  result = strata_tensor_new (STRATA_FLOAT32, shape);
  source = strata_tensor_get_floats (tensor);
  target = strata_tensor_get_floats (result);
  for (guint gate = 0; gate < gates; gate++)
    for (gint64 i = 0; i < rows; i++)
      for (gint64 k = 0; k < units; k++)
        {
          /* Where the number is in the gate's matrix, counted row by row. */
          gint64 at = i + k * rows;

          target[i * width + gate * units + k] = source[at / units * width + gate * units + at % units];
        }
  return result;
}

/**
 * strata_layout_add_halves: (skip)
 *
 * Returns: (transfer full) (nullable): the sum of the first and the second half of a row
 */
StrataTensor *
strata_layout_add_halves (StrataTensor *tensor)
{
  gint64 n = strata_tensor_get_size (tensor) / 2;
  StrataTensor *result;
  const float *source;

  if (!is_float (tensor) || strata_tensor_get_shape (tensor)->rank != 1)
    return NULL;
  source = strata_tensor_get_floats (tensor);
  result = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (n));
  for (gint64 i = 0; i < n; i++)
    strata_tensor_get_floats (result)[i] = source[i] + source[n + i];
  return result;
}
