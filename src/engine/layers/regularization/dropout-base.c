/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/regularization/dropout-base.h"

#include "ops/drawing.h"
#include "ops/elementwise.h"

/**
 * strata_dropout_get_noise_shape: (skip)
 * @noise: (out): the shape of what is drawn
 */
gboolean
strata_dropout_get_noise_shape (StrataDropoutLayer *self,
                                StrataBuilder      *b,
                                const StrataShape  *x,
                                StrataShape        *noise)
{
  *noise = *x;
  if (self->noise_shape.n < 0)
    return TRUE;
  if (self->noise_shape.n != x->rank)
    {
      g_autofree char *shape = strata_shape_to_string (x);

      strata_builder_fail (b, STRATA_ERROR_VALUE, "noise_shape has %d sizes, the input %d dimensions: %s",
                           self->noise_shape.n, x->rank, shape);
      return FALSE;
    }
  for (int i = 0; i < x->rank; i++)
    if (self->noise_shape.v[i] != STRATA_UNKNOWN)
      noise->dims[i] = self->noise_shape.v[i];
  return TRUE;
}

/**
 * strata_dropout: (skip)
 * @noise: shape of what is drawn; it broadcasts to that of @x
 * @rate: which part is dropped
 * @seed: see strata_draw_uniform()
 *
 * Returns: (transfer none): @x with some numbers zero and the others so much
 *   larger that the sum stays about the same
 */
StrataValue *
strata_dropout (StrataBuilder     *b,
                StrataValue       *x,
                const StrataShape *noise,
                double             rate,
                gint64             seed)
{
  StrataValue *kept;

  if (rate <= 0)
    return x;
  if (rate >= 1)
    return strata_scale (b, x, 0);
  kept = strata_greater_equal (b, strata_draw_uniform (b, noise, seed), strata_builder_scalar (b, rate));
  return strata_multiply (b, x, strata_scale (b, kept, 1 / (1 - rate)));
}

/* What is not dropped stays as it is: whole numbers whole. */
static void
drop (StrataDropoutLayer *self,
      StrataBuilder      *b,
      StrataCall         *call,
      const StrataShape  *noise)
{
  StrataValue *x = call->inputs[0];

  call->announces_float = TRUE;
  if (call->training)
    x = strata_dropout (b, strata_cast (b, x, STRATA_FLOAT32), noise, self->rate, self->seed);
  strata_call_return (call, x);
}

void
strata_dropout_call (StrataLayer   *layer,
                     StrataBuilder *b,
                     StrataCall    *call)
{
  StrataDropoutLayer *self = (StrataDropoutLayer *) layer;
  StrataValue *x = call->inputs[0];
  StrataShape noise;

  if (strata_dropout_get_noise_shape (self, b, &x->shape, &noise))
    drop (self, b, call, &noise);
}

/* Whole channels are dropped: neighbouring pixels tell much the same. */
void
strata_dropout_call_spatial (StrataLayer   *layer,
                             StrataBuilder *b,
                             StrataCall    *call)
{
  StrataDropoutLayer *self = (StrataDropoutLayer *) layer;
  StrataShape noise = call->inputs[0]->shape;

  for (int d = 0; d < noise.rank - 2; d++)
    noise.dims[strata_get_spatial_axis (self->data_format, d)] = 1;
  drop (self, b, call, &noise);
}
