/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "initializers/scaling.h"

#include <math.h>

#include "initializers/common-params.h"

const StrataParam strata_scaled_params[] = {
  STRATA_PARAM_SEED (StrataScaledInitializer),
  STRATA_PARAM_FAN_AXES (StrataScaledInitializer),
  { NULL },
};

/**
 * strata_draw_truncated_normal: (skip)
 *
 * Returns: a normal number that is not further than 2 from 0
 */
double
strata_draw_truncated_normal (StrataRandom *random)
{
  double x;

  do
    x = strata_random_normal (random);
  while (fabs (x) > 2);
  return x;
}

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
 * @draw: from which distribution
 *
 * Draws numbers whose variance is @scale over the fan.
 */
void
strata_scaling_fill (const StrataShape *shape,
                     const StrataInts  *inputs,
                     const StrataInts  *outputs,
                     double             scale,
                     StrataFan          fan,
                     StrataDraw         draw,
                     StrataRandom      *random,
                     float             *out)
{
  double variance = scale / get_fan (shape, inputs, outputs, fan);
  gint64 n = strata_shape_get_size (shape);

  for (gint64 i = 0; i < n; i++)
    if (draw == STRATA_DRAW_UNIFORM)
      out[i] = sqrt (3 * variance) * (2 * strata_random_uniform (random) - 1);
    else if (draw == STRATA_DRAW_NORMAL)
      out[i] = sqrt (variance) * strata_random_normal (random);
    else
      /* Cutting off the tails makes a normal distribution that much narrower. */
      out[i] = sqrt (variance) / 0.87962566103423978 * strata_draw_truncated_normal (random);
}
