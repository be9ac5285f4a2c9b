/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <math.h>

#include "ops/adam.h"

/* A step of Adam for one number, whose gradient has the square @square: where
 * gradients are summed, those of the parts are. */
static inline void
strata_adam_number (const StrataAdamRates *rates,
                    float                  grad,
                    float                  square,
                    float                  alpha,
                    float                 *weight,
                    float                 *m,
                    float                 *v)
{
  *m += (grad - *m) * rates->m;
  *v += (square - *v) * rates->v;
  *weight -= *m * alpha / (sqrtf (*v) + rates->epsilon);
}
