/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>

#include "layers/normalization/norm-base.h"

#include "ops/elementwise.h"

/**
 * strata_norm_get_axis: (skip)
 * @axis: may count from the end
 * @position: (out): which dimension it is; its size is known
 */
gboolean
strata_norm_get_axis (StrataLayer        *self,
                      gint64              axis,
                      const StrataShape  *shape,
                      int                *position,
                      GError            **error)
{
  g_autofree char *text = strata_shape_to_string (shape);

  *position = axis < 0 ? axis + shape->rank : axis;
  if (*position < 0 || *position >= shape->rank)
    {
      strata_set_error (error, STRATA_ERROR_VALUE,
                        "there is no axis %" PRId64 " in an input of shape %s", axis, text);
      return FALSE;
    }
  if (shape->dims[*position] != STRATA_UNKNOWN)
    return TRUE;
  strata_set_error (error, STRATA_ERROR_SHAPE,
                    "the size along axis %" PRId64 " must be known, the input's shape is %s", axis, text);
  return FALSE;
}

/**
 * strata_norm_add_affine: (skip)
 * @shape: of gamma and beta
 * @scale: whether to add gamma
 * @center: whether to add beta
 */
gboolean
strata_norm_add_affine (StrataNormLayer    *self,
                        const StrataShape  *shape,
                        gboolean            scale,
                        gboolean            center,
                        GError            **error)
{
  StrataLayer *layer = STRATA_LAYER (self);

  if (scale)
    {
      self->gamma = strata_layer_add_weight_full (layer, "gamma", shape, self->gamma_initializer,
                                                  self->gamma_regularizer, self->gamma_constraint, error);
      if (self->gamma == NULL)
        return FALSE;
    }
  if (!center)
    return TRUE;
  self->beta = strata_layer_add_weight_full (layer, "beta", shape, self->beta_initializer, self->beta_regularizer,
                                             self->beta_constraint, error);
  return self->beta != NULL;
}

/**
 * strata_norm_fit: (skip)
 * @x: what was normalized
 * @y: what it became
 *
 * Keras normalizes whole numbers to whole numbers: what is behind the point is cut off.
 * Returns: (transfer none): @y, of the type of @x where that is whole
 */
StrataValue *
strata_norm_fit (StrataBuilder *b,
                 StrataValue   *x,
                 StrataValue   *y)
{
  return strata_dtype_is_float (x->dtype) ? y : strata_cast (b, y, x->dtype);
}
