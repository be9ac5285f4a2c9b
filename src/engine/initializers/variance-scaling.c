/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "initializers/common-params.h"
#include "initializers/scaling.h"

typedef struct
{
  StrataInitializer parent;
  gint64 seed;
  double scale;
  char *mode, *distribution;
  StrataInts input_axes, output_axes;
} VarianceScaling;

static const StrataParam params[] = {
  STRATA_PARAM_SEED (VarianceScaling),
  STRATA_PARAM (FLOAT, VarianceScaling, scale, "1.0", .minimum = G_MINFLOAT, .maximum = G_MAXFLOAT, .soft_minimum = 0.1,
                .soft_maximum = 4, .title = "Scale", .description = "The variance times the number of connections"),
  STRATA_PARAM (CHOICE, VarianceScaling, mode, "\"fan_in\"", .choices = STRATA_CHOICES ("fan_in", "fan_out", "fan_avg"),
                .title = "Mode",
                .description = "Which connections are counted: those in, those out, or both on average"),
  STRATA_PARAM (CHOICE, VarianceScaling, distribution, "\"truncated_normal\"",
                .choices = STRATA_CHOICES ("truncated_normal", "untruncated_normal", "uniform", "normal"),
                .title = "Distribution", .description = "What the numbers are drawn from"),
  STRATA_PARAM_FAN_AXES (VarianceScaling),
  { NULL },
};

static gboolean
variance_scaling_check (StrataInitializer  *self,
                        const StrataShape  *shape,
                        GError            **error)
{
  return strata_scaling_check (&((VarianceScaling *) self)->input_axes, &((VarianceScaling *) self)->output_axes,
                               shape, error);
}

static void
variance_scaling_fill (StrataInitializer *initializer,
                       const StrataShape *shape,
                       StrataRandom      *random,
                       float             *out)
{
  VarianceScaling *self = (VarianceScaling *) initializer;
  StrataFan fan = g_str_equal (self->mode, "fan_in") ? STRATA_FAN_IN : g_str_equal (self->mode, "fan_out")
                  ? STRATA_FAN_OUT : STRATA_FAN_AVERAGE;
  StrataDistribution kind = STRATA_DISTRIBUTION_TRUNCATED_NORMAL;

  if (g_str_equal (self->distribution, "uniform"))
    kind = STRATA_DISTRIBUTION_UNIFORM;
  else if (g_str_equal (self->distribution, "untruncated_normal"))
    kind = STRATA_DISTRIBUTION_NORMAL;
  strata_scaling_fill (shape, &self->input_axes, &self->output_axes, self->scale, fan, kind, random, out);
}

const StrataInitializerInfo strata_initializer_variance_scaling = {
  .object = {
    .name = "VarianceScaling",
    .title = "Variance scaling",
    .description = "The variance goes down with the number of connections",
    .formula = "variance = scale / fan",
    .params = params,
    .instance_size = sizeof (VarianceScaling),
    .samples = (const char *const[]){
      "{}",
      "{\"scale\": 2.0, \"mode\": \"fan_out\", \"distribution\": \"uniform\"}",
      "{\"mode\": \"fan_avg\", \"distribution\": \"untruncated_normal\", \"seed\": 3}",
      "{\"scale\": 0.5, \"input_axes\": [0], \"output_axes\": [1]}",
      NULL },
  },
  .check = variance_scaling_check,
  .fill = variance_scaling_fill,
};
