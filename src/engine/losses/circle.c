/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/functions.h"
#include "losses/loss.h"
#include "ops/elementwise.h"
#include "ops/matmul.h"
#include "ops/shaping.h"

/* Takes pairs that do not count out of a sum of exponentials; infinity would leave gradients that are not numbers. */
#define LEFT_OUT -1e30

typedef struct
{
  StrataLoss parent;
  double gamma, margin;
  gboolean remove_diagonal;
} Circle;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, Circle, gamma, "80.0", .minimum = G_MINFLOAT, .maximum = G_MAXFLOAT, .soft_minimum = 1,
                .soft_maximum = 256, .title = "Gamma", .description = "How much the worst pairs count"),
  STRATA_PARAM (FLOAT, Circle, margin, "0.4", .minimum = 0, .maximum = 1, .title = "Margin",
                .description = "How near samples of a class should be, and how far those of others"),
  STRATA_PARAM (BOOL, Circle, remove_diagonal, "true", .title = "Leave out itself",
                .description = "Whether a sample is not compared with itself"),
  { NULL },
};

static StrataValue *
new_off_diagonal (StrataBuilder *b,
                  gint64         n)
{
  StrataTensor *mask = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (n, n));

  for (gint64 i = 0; i < n * n; i++)
    strata_tensor_get_floats (mask)[i] = i % (n + 1) != 0;
  return strata_builder_constant (b, mask);
}

static StrataValue *
log_sum_exp (StrataBuilder *b,
             StrataValue   *mask,
             StrataValue   *x)
{
  StrataValue *most;

  x = strata_where (b, mask, x, strata_builder_scalar (b, LEFT_OUT));
  most = strata_stop_gradient (b, strata_reduce_max (b, x, STRATA_AXIS (1), TRUE));
  x = strata_reduce_sum (b, strata_exp (b, strata_subtract (b, x, most)), STRATA_AXIS (1), FALSE);
  return strata_add (b, strata_log (b, x), strata_squeeze (b, most, 1));
}

static StrataValue *
circle_call (StrataLoss    *loss,
             StrataBuilder *b,
             StrataValue   *y_true,
             StrataValue   *y_pred)
{
  Circle *self = (Circle *) loss;
  StrataValue *zero = strata_builder_scalar (b, 0), *one = strata_builder_scalar (b, 1), *distance, *same, *other;
  StrataValue *near, *far, *weight;
  gint64 n = y_pred->shape.rank > 0 ? y_pred->shape.dims[0] : 0;

  if (y_pred->shape.rank != 2 || strata_shape_get_size (&y_true->shape) != n || n == STRATA_UNKNOWN)
    {
      strata_builder_fail (b, STRATA_ERROR_SHAPE,
                           "circle expects predictions (samples, features) and a class number a sample");
      return strata_builder_nothing (b);
    }

  distance = strata_maximum (b, strata_subtract (b, one, strata_matmul (b, y_pred, y_pred, FALSE, TRUE)), zero);
  same = strata_equal (b, strata_reshape (b, y_true, &STRATA_SHAPE (n, 1)),
                       strata_reshape (b, y_true, &STRATA_SHAPE (1, n)));
  other = strata_subtract (b, one, same);
  if (self->remove_diagonal)
    same = strata_multiply (b, same, new_off_diagonal (b, n));

  weight = strata_maximum (b, strata_multiply (b, strata_offset (b, distance, self->margin), same), zero);
  near = strata_multiply (b, strata_scale (b, weight, -self->gamma),
                          strata_subtract (b, strata_builder_scalar (b, self->margin), distance));
  weight = strata_maximum (b, strata_multiply (b, strata_subtract (b, strata_builder_scalar (b, 1 + self->margin),
                                                                   distance), other), zero);
  far = strata_multiply (b, strata_scale (b, weight, self->gamma),
                         strata_subtract (b, strata_builder_scalar (b, 1 - self->margin), distance));
  return strata_softplus (b, strata_add (b, log_sum_exp (b, same, near), log_sum_exp (b, other, far)));
}

/* Samples without a loss do not count in the mean. */
static StrataValue *
circle_mask (StrataLoss    *loss,
             StrataBuilder *b,
             StrataValue   *y_true,
             StrataValue   *y_pred)
{
  StrataValue *losses = strata_loss_call (loss, b, y_true, y_pred);

  return strata_stop_gradient (b, strata_greater (b, losses, strata_builder_scalar (b, 0)));
}

const StrataLossInfo strata_loss_circle = {
  .object = {
    .name = "Circle",
    .title = "Circle",
    .description =
      "For embeddings: brings samples of a class together and those of others apart (Sun and others, 2020)",
    .formula = "softplus(logsumexp(same) + logsumexp(others))",
    .params = params,
    .instance_size = sizeof (Circle),
    .samples = (const char *const[]){
      "{}", "{\"gamma\": 8.0}", "{\"gamma\": 2.0, \"margin\": 0.25}",
      "{\"gamma\": 4.0, \"remove_diagonal\": false, \"reduction\": \"sum\"}", NULL },
  },
  .sparse = TRUE,
  .call = circle_call,
  .mask = circle_mask,
};
