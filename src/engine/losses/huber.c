/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/functions.h"
#include "losses/loss.h"
#include "ops/elementwise.h"

typedef struct
{
  StrataLoss parent;
  double delta;
} Huber;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, Huber, delta, "1.0", .minimum = 0, .maximum = G_MAXFLOAT, .soft_minimum = 0.1,
                .soft_maximum = 10, .omit_default = TRUE,
                .title = "Delta", .description = "From which error on the size counts instead of the square"),
  { NULL },
};

static StrataValue *
huber_call (StrataLoss    *self,
            StrataBuilder *b,
            StrataValue   *y_true,
            StrataValue   *y_pred)
{
  double delta = ((Huber *) self)->delta;
  StrataValue *error = strata_subtract (b, y_pred, y_true), *size = strata_absolute (b, error);
  StrataValue *near = strata_scale (b, strata_square (b, error), 0.5);
  StrataValue *far = strata_offset (b, strata_scale (b, size, delta), -0.5 * delta * delta);

  return strata_mean_along (b, strata_where (b, strata_less_equal (b, size, strata_builder_scalar (b, delta)),
                                             near, far), -1);
}

const StrataLossInfo strata_loss_huber = {
  .object = {
    .name = "Huber",
    .title = "Huber",
    .description = "The square of small errors, the size of large ones: outliers do not rule",
    .formula = "mean(½e² if |e| ≤ δ, else δ|e| − ½δ²),  e = ŷ − y",
    .params = params,
    .instance_size = sizeof (Huber),
    .samples = (const char *const[]){ "{}", "{\"delta\": 0.3}", "{\"delta\": 2.0, \"reduction\": \"sum\"}", NULL },
  },
  .default_name = "huber_loss",
  .call = huber_call,
};
