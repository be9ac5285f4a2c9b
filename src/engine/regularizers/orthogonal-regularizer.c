/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"
#include "ops/matmul.h"
#include "ops/reduce.h"
#include "regularizers/regularizer.h"

typedef struct
{
  StrataRegularizer parent;
  double factor;
  char *mode;
} OrthogonalRegularizer;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, OrthogonalRegularizer, factor, "0.01", .minimum = 0, .maximum = G_MAXFLOAT, .soft_maximum = 0.1,
                .title = "Factor", .description = "How much it costs that vectors point the same way"),
  STRATA_PARAM (CHOICE, OrthogonalRegularizer, mode, "\"rows\"", .choices = STRATA_CHOICES ("rows", "columns"),
                .title = "Mode", .description = "Whether rows or columns are to be at right angles"),
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
orthogonal_regularizer_penalty (StrataRegularizer *regularizer,
                                StrataBuilder     *b,
                                StrataValue       *x)
{
  OrthogonalRegularizer *self = (OrthogonalRegularizer *) regularizer;
  gboolean rows = g_str_equal (self->mode, "rows");
  StrataValue *length, *product, *sum;
  double n;

  if (x->shape.rank != 2)
    {
      strata_builder_fail (b, STRATA_ERROR_SHAPE,
                           "OrthogonalRegularizer is for matrices, not for weights of %d dimensions", x->shape.rank);
      return strata_builder_nothing (b);
    }
  length = strata_rsqrt (b, strata_reduce_sum (b, strata_square (b, x), STRATA_AXIS (rows ? 1 : 0), TRUE));
  x = strata_multiply (b, x, strata_minimum (b, length, strata_builder_scalar (b, 1e7)));
  product = strata_matmul (b, x, x, !rows, rows);
  n = x->shape.dims[rows ? 0 : 1];
  sum = strata_reduce_sum (b, strata_absolute (b, strata_multiply (b, product, new_off_diagonal (b, n))),
                           STRATA_ALL_AXES, FALSE);
  return strata_scale (b, sum, 0.5 * self->factor / (n * (n - 1) / 2));
}

const StrataRegularizerInfo strata_regularizer_orthogonal_regularizer = {
  .object = {
    .name = "OrthogonalRegularizer",
    .aliases = (const char *const[]){ "orthogonal", NULL },
    .title = "Orthogonal",
    .description = "Wants the rows or columns of a matrix at right angles",
    .formula = "factor · mean |cos of the angles|",
    .params = params,
    .instance_size = sizeof (OrthogonalRegularizer),
    .samples = (const char *const[]){ "{}", "{\"factor\": 0.5, \"mode\": \"columns\"}", NULL },
  },
  .penalty = orthogonal_regularizer_penalty,
};
