/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "initializers/scaling.h"

#include <math.h>

#include "initializers/common-params.h"

const StrataParam strata_scaled_params[] = {
  STRATA_PARAM_SEED (StrataScaledInitializer),
  STRATA_PARAM_FAN_AXES (StrataScaledInitializer),
  { NULL },
};

static gboolean
check_axes (const StrataInts   *axes,
            const StrataShape  *shape,
            GError            **error)
{
  for (int i = 0; i < axes->n; i++)
    if (axes->v[i] < -shape->rank || axes->v[i] >= shape->rank)
      {
        strata_set_error (error, STRATA_ERROR_VALUE,
                          "the initializer counts along the axis %d of a weight of %d dimensions", (int) axes->v[i],
                          shape->rank);
        return FALSE;
      }
  return TRUE;
}

gboolean
strata_scaling_check (const StrataInts   *inputs,
                      const StrataInts   *outputs,
                      const StrataShape  *shape,
                      GError            **error)
{
  return check_axes (inputs, shape, error) && check_axes (outputs, shape, error);
}

/**
 * strata_scaled_check: (skip)
 *
 * The check of those that begin with StrataScaledInitializer.
 */
gboolean
strata_scaled_check (StrataInitializer  *self,
                     const StrataShape  *shape,
                     GError            **error)
{
  StrataScaledInitializer *scaled = (StrataScaledInitializer *) self;

  return strata_scaling_check (&scaled->input_axes, &scaled->output_axes, shape, error);
}

static double
multiply_dims (const StrataShape *shape,
               const StrataInts  *axes)
{
  double product = 1;

  for (int i = 0; i < axes->n; i++)
    product *= shape->dims[axes->v[i] < 0 ? axes->v[i] + shape->rank : axes->v[i]];
  return product;
}

static double
get_fan (const StrataShape *shape,
         const StrataInts  *inputs,
         const StrataInts  *outputs,
         StrataFan          fan)
{
  double in, out;

  strata_initializer_get_fans (shape, &in, &out);
  if (inputs->n >= 0 && outputs->n >= 0)
    {
      in = multiply_dims (shape, inputs);
      out = multiply_dims (shape, outputs);
    }
  return MAX (1, fan == STRATA_FAN_IN ? in : fan == STRATA_FAN_OUT ? out : (in + out) / 2);
}

/**
 * strata_scaling_fill: (skip)
 * @inputs: which dimensions count inputs, or none with n = -1
 * @outputs: which count outputs
 * @scale: the variance times the fan
 * @fan: which fan
 * @kind: from which distribution
 *
 * Draws numbers whose variance is @scale over the fan.
 */
void
strata_scaling_fill (const StrataShape *shape,
                     const StrataInts  *inputs,
                     const StrataInts  *outputs,
                     double             scale,
                     StrataFan          fan,
                     StrataDistribution kind,
                     StrataRandom      *random,
                     float             *out)
{
  /* Cutting off the tails makes a normal distribution that much narrower. */
  double cut = kind == STRATA_DISTRIBUTION_TRUNCATED_NORMAL ? 0.87962566103423978 : 1;
  double deviation = sqrt (scale / get_fan (shape, inputs, outputs, fan)), bound = sqrt (3) * deviation;
  gboolean uniform = kind == STRATA_DISTRIBUTION_UNIFORM;

  strata_distribution_draw (kind, uniform ? -bound : 0, uniform ? 2 * bound : deviation / cut, random,
                            strata_shape_get_size (shape), out);
}
