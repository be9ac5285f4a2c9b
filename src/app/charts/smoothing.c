/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charts/smoothing.h"

#include <math.h>

/**
 * strata_smoothing_apply: (skip)
 * @values: numbers
 * @n: how many
 * @weight: share of the past, from 0 up to but not including 1
 * @target: where the smooth numbers go
 *
 * The exponential moving average of @values, divided by the sum of its weights
 * so that it does not begin at zero. What is not finite stays as it is and
 * leaves the average alone.
 */
void
strata_smoothing_apply (const double *values,
                        gsize         n,
                        double        weight,
                        double       *target)
{
  double average = 0, sum = 0;

  g_return_if_fail (weight >= 0 && weight < 1);

  for (gsize i = 0; i < n; i++)
    {
      if (!isfinite (values[i]))
        {
          target[i] = values[i];
          continue;
        }
      average = weight * average + (1 - weight) * values[i];
      sum = weight * sum + (1 - weight);
      target[i] = average / sum;
    }
}
