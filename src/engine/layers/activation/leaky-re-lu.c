/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>

#include "layers/layer.h"
#include "ops/elementwise.h"

typedef struct
{
  StrataLayer parent;
  double negative_slope, alpha;
} LeakyReLU;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, LeakyReLU, negative_slope, "0.3", .minimum = 0, .maximum = G_MAXINT32, .soft_minimum = 0,
                .soft_maximum = 0.5,
                .title = "Negative slope", .description = "How much of what is negative gets through"),
  STRATA_PARAM (FLOAT, LeakyReLU, alpha, "null", .nullable = TRUE, .transient = TRUE, .title = "Alpha",
                .description = "What Keras 2 called the negative slope"),
  { NULL },
};

static gboolean
leaky_re_lu_configured (StrataObject  *object,
                        GError       **error)
{
  LeakyReLU *self = (LeakyReLU *) object;

  if (!isnan (self->alpha))
    self->negative_slope = self->alpha;
  self->alpha = STRATA_NONE_FLOAT;
  return TRUE;
}

static void
leaky_re_lu_call (StrataLayer   *layer,
                  StrataBuilder *b,
                  StrataCall    *call)
{
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32);
  StrataValue *positive = strata_greater (b, x, strata_builder_scalar (b, 0));

  strata_call_return (call, strata_where (b, positive, x, strata_scale (b, x, ((LeakyReLU *) layer)->negative_slope)));
}

const StrataLayerInfo strata_layer_leaky_re_lu = {
  .object = {
    .name = "LeakyReLU",
    .title = "Leaky ReLU",
    .category = "Activation",
    .description = "Keeps what is positive, and a small part of what is negative, so no unit dies",
    .formula = "y = x where x > 0, slope · x elsewhere",
    .params = params,
    .instance_size = sizeof (LeakyReLU),
    .samples = (const char *const[]){
      "{}",
      "{\"negative_slope\": 0.0}",
      "{\"negative_slope\": 0.01}",
      "{\"negative_slope\": 0.2}",
      "{\"negative_slope\": 1.5}",
      NULL },
    .configured = leaky_re_lu_configured,
  },
  .flags = STRATA_LAYER_PASSES_MASK,
  .sample_inputs = "2,5,3",
  .call = leaky_re_lu_call,
};
