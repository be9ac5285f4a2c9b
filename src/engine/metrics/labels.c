/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics/labels.h"

#include "ops/elementwise.h"
#include "ops/indexing.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

StrataValue *
strata_metric_get_labels (StrataBuilder *b,
                          StrataValue   *y_true,
                          StrataValue   *y_pred)
{
  int rank = y_true->shape.rank;

  if (rank > 0 && rank == y_pred->shape.rank && y_true->shape.dims[rank - 1] == 1)
    return strata_squeeze (b, y_true, -1);
  return y_true;
}

/* As TensorFlow's in_top_k(): classes that tie for the last place are all in. */
StrataValue *
strata_metric_in_top_k (StrataBuilder *b,
                        StrataValue   *labels,
                        StrataValue   *y_pred,
                        gint64         k)
{
  guint last = strata_axis_bit (y_pred, -1);
  StrataValue *one_hot, *own, *ahead, *known;

  if (strata_builder_has_failed (b))
    return strata_builder_nothing (b);
  one_hot = strata_one_hot (b, strata_cast (b, labels, STRATA_INT32), y_pred->shape.dims[y_pred->shape.rank - 1]);
  own = strata_reduce_sum (b, strata_where (b, one_hot, y_pred, strata_builder_scalar (b, 0)), last, TRUE);
  ahead = strata_reduce_sum (b, strata_greater (b, y_pred, own), last, FALSE);
  known = strata_reduce_sum (b, one_hot, last, FALSE);
  return strata_logical_and (b, known, strata_less (b, ahead, strata_builder_scalar (b, k)));
}
