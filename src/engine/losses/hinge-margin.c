/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/hinge-margin.h"

#include "ops/elementwise.h"

/* Targets of 0 and 1 become −1 and 1, but only where all of the batch are such. */
static StrataValue *
sign_labels (StrataBuilder *b,
             StrataValue   *y_true)
{
  StrataValue *zero = strata_builder_scalar (b, 0), *one = strata_builder_scalar (b, 1);
  StrataValue *binary = strata_logical_or (b, strata_equal (b, y_true, zero), strata_equal (b, y_true, one));
  StrataValue *all = strata_reduce_min (b, binary, STRATA_ALL_AXES, FALSE);

  return strata_where (b, all, strata_offset (b, strata_scale (b, y_true, 2), -1), y_true);
}

/**
 * strata_hinge_margin: (skip)
 *
 * Returns: (transfer none): how far each prediction is short of being on the right side by 1
 */
StrataValue *
strata_hinge_margin (StrataBuilder *b,
                     StrataValue   *y_true,
                     StrataValue   *y_pred)
{
  StrataValue *agreement = strata_multiply (b, sign_labels (b, y_true), y_pred);

  return strata_maximum (b, strata_subtract (b, strata_builder_scalar (b, 1), agreement), strata_builder_scalar (b, 0));
}
