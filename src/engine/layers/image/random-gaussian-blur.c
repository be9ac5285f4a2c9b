/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment.h"
#include "ops/constants.h"
#include "ops/drawing.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

static const StrataParam params[] = {
  STRATA_PARAM (JSON, StrataAugmentLayer, factor, "1.0", .title = "Factor",
                .description = "How probable it is that an image is blurred, or between what that is"),
  STRATA_PARAM (INTS, StrataAugmentLayer, kernel_size, "3", .count = 2, .minimum = 1, .maximum = 99, .soft_minimum = 1,
                .soft_maximum = 11,
                .title = "Kernel size", .description = "Size of the window that is mixed; odd"),
  STRATA_PARAM (JSON, StrataAugmentLayer, sigma, "1.0", .title = "Sigma",
                .description = "How far it blurs, from 0 to 1, or between what that is"),
  STRATA_AUGMENT_PARAM_RANGE,
  STRATA_AUGMENT_PARAMS_COMMON,
  { NULL },
};

static gboolean
random_gaussian_blur_configured (StrataObject  *object,
                                 GError       **error)
{
  StrataAugmentLayer *self = (StrataAugmentLayer *) object;

  if (self->kernel_size.v[0] % 2 == 0 || self->kernel_size.v[1] % 2 == 0)
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "kernel_size must be odd");
      return FALSE;
    }
  return strata_augment_normalize (&self->factor, "factor", 0, 1, error) &&
         strata_augment_normalize (&self->sigma, "sigma", 0, 1, error);
}

/* A bell of @n numbers that sum to one. */
static StrataValue *
make_bell (StrataAugmentLayer *self,
           StrataBuilder      *b,
           gint64              n,
           int                 which)
{
  double lower = 0, upper = 0;
  StrataTensor *squares = strata_constant_new (b, STRATA_FLOAT32, &STRATA_SHAPE (n));
  gint64 seed = self->seed == STRATA_NONE_INT ? self->seed : self->seed + 7919 * which;
  StrataValue *sigma, *bell;

  if (squares == NULL)
    return strata_builder_nothing (b);
  for (gint64 i = 0; i < n; i++)
    strata_tensor_get_floats (squares)[i] = -0.5 * (i - (n - 1) / 2.0) * (i - (n - 1) / 2.0);
  strata_augment_get_range (self->sigma, 0, &lower, &upper);
  sigma = strata_offset (b, strata_scale (b, strata_draw_uniform (b, &STRATA_SHAPE (1), seed), upper - lower),
                         lower + 1e-6);
  bell = strata_exp (b, strata_divide (b, strata_builder_constant (b, squares), strata_square (b, sigma)));
  return strata_divide (b, bell, strata_reduce_sum (b, bell, STRATA_ALL_AXES, TRUE));
}

static StrataValue *
blur (StrataAugmentLayer *self,
      StrataBuilder      *b,
      StrataValue        *x)
{
  gint64 n = self->kernel_size.v[0], m = self->kernel_size.v[1];
  StrataValue *across = strata_reshape (b, make_bell (self, b, n, 2), &STRATA_SHAPE (1, n));
  StrataValue *down = strata_reshape (b, make_bell (self, b, m, 3), &STRATA_SHAPE (m, 1)), *kernel;

  /* TensorFlow's backend takes the product as it lies for a kernel of n rows, though it has m. */
  kernel = strata_reshape (b, strata_multiply (b, down, across), &STRATA_SHAPE (n, m, 1, 1));
  x = strata_where (b, strata_augment_choose (self, b, x, self->factor, 0), strata_augment_filter (b, x, kernel), x);
  return strata_augment_clip (self, b, x);
}

static void
random_gaussian_blur_call (StrataLayer   *layer,
                           StrataBuilder *b,
                           StrataCall    *call)
{
  strata_augment_run (layer, b, call, blur);
}

const StrataLayerInfo strata_layer_random_gaussian_blur = {
  .object = {
    .name = "RandomGaussianBlur",
    .title = "Random blur",
    .category = "Preprocessing",
    .description = "Blurs some images while training",
    .formula = "y[p] = Σ x[p + d] · exp(−|d|²/(2σ²)) / Σ exp(−|d|²/(2σ²)), σ random",
    .params = params,
    .instance_size = sizeof (StrataAugmentLayer),
    .samples = (const char *const[]){
      "{\"value_range\": [-9, 9]}",
      "{\"factor\": 0.5, \"kernel_size\": [3, 5], \"sigma\": [0.4, 0.8], \"seed\": 3, \"value_range\": [-9, 9]}",
      NULL },
    .configured = random_gaussian_blur_configured,
  },
  .flags = STRATA_LAYER_TAKES_LABELS,
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "2,4,5,3",
  .call = random_gaussian_blur_call,
};
