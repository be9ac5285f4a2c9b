/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/constants.h"

#include <inttypes.h>

/* Shapes come from files and from people: what is made before anything runs, beside the arrays themselves, is kept to
 * what takes a moment. */
#define MOST_NUMBERS ((gint64) 1 << 28)
#define MOST_PIECES ((gint64) 1 << 15)

/**
 * strata_constant_new: (skip)
 * @shape: all known
 *
 * Returns: (transfer full) (nullable): zeros, to be filled for strata_builder_constant(); %NULL where the builder has
 *   failed, as it has once these would be too many
 */
StrataTensor *
strata_constant_new (StrataBuilder     *b,
                     StrataDType        dtype,
                     const StrataShape *shape)
{
  gint64 size = strata_shape_get_size (shape);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  StrataTensor *tensor = NULL;

  if (strata_builder_has_failed (b))
    return NULL;
  if (size >= 0 && size <= MOST_NUMBERS)
    tensor = strata_tensor_try_new (dtype, shape, &error);
  if (tensor != NULL)
    return tensor;
  text = strata_shape_to_string (shape);
  strata_builder_fail (b, STRATA_ERROR_SHAPE, "it would need constants of shape %s, which are too many", text);
  return NULL;
}

/**
 * strata_count_up: (skip)
 * @shape: all known
 *
 * Returns: (transfer none): a constant that holds 0, 1, 2 and so on
 */
StrataValue *
strata_count_up (StrataBuilder     *b,
                 const StrataShape *shape)
{
  StrataTensor *numbers = strata_constant_new (b, STRATA_FLOAT32, shape);

  if (numbers == NULL)
    return strata_builder_nothing (b);
  for (gint64 i = 0; i < strata_tensor_get_size (numbers); i++)
    strata_tensor_get_floats (numbers)[i] = i;
  return strata_builder_constant (b, numbers);
}

/**
 * strata_can_list: (skip)
 * @n: pieces that ops are to be called for one by one
 *
 * Returns: whether there are some, and not too many; otherwise the builder has failed
 */
gboolean
strata_can_list (StrataBuilder *b,
                 gint64         n)
{
  if (strata_builder_has_failed (b))
    return FALSE;
  if (n >= 1 && n <= MOST_PIECES)
    return TRUE;
  strata_builder_fail (b, STRATA_ERROR_SHAPE,
                       "it would be worked out in %" PRId64 " pieces, one by one; 1 to %" PRId64 " are possible", n,
                       MOST_PIECES);
  return FALSE;
}
