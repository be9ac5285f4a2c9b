/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/preprocessing/category-base.h"

#include "ops/elementwise.h"
#include "ops/indexing.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

/**
 * strata_encode_categories: (skip)
 * @indices: whole numbers
 * @n: how many categories
 * @output_mode: int, one_hot, multi_hot (1 for each that occurs) or count
 * @weights: (nullable): what each occurrence counts
 */
StrataValue *
strata_encode_categories (StrataBuilder *b,
                          StrataValue   *indices,
                          gint64         n,
                          const char    *output_mode,
                          StrataValue   *weights)
{
  StrataValue *hot;
  int rank = indices->shape.rank;

  if (g_str_equal (output_mode, "int"))
    return strata_cast (b, indices, STRATA_INT64);
  if (g_str_equal (output_mode, "one_hot") && rank > 1 && indices->shape.dims[rank - 1] == 1)
    indices = strata_squeeze (b, indices, -1);
  hot = strata_one_hot (b, indices, n);
  if (g_str_equal (output_mode, "one_hot"))
    return hot;
  if (g_str_equal (output_mode, "multi_hot"))
    return strata_reduce_max (b, hot, STRATA_AXIS (rank > 1 ? 1 : 0), FALSE);
  if (weights != NULL)
    hot = strata_multiply (b, hot, strata_expand_dims (b, strata_cast (b, weights, STRATA_FLOAT32), -1));
  return strata_reduce_sum (b, hot, STRATA_AXIS (rank > 1 ? 1 : 0), FALSE);
}
