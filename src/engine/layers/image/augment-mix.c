/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment.h"
#include "ops/drawing.h"
#include "ops/elementwise.h"
#include "ops/indexing.h"
#include "ops/shaping.h"
#include "ops/sorting.h"

/* What layers share that do something to images by another layer, or by other images. */

/**
 * strata_augment_apply: (skip)
 * @class_name: the layer that does it
 * @config: (transfer full): its parameters, without name and seed
 * @which: tells draws of one layer apart that has a seed of its own
 */
StrataValue *
strata_augment_apply (StrataAugmentLayer *self,
                      StrataBuilder      *b,
                      StrataValue        *x,
                      const char         *class_name,
                      JsonObject         *config,
                      int                 which)
{
  g_autoptr (StrataLayer) layer = NULL;
  g_autoptr (GError) error = NULL;

  json_object_set_string_member (config, "name", strata_layer_get_name (STRATA_LAYER (self)));
  if (self->seed != STRATA_NONE_INT)
    json_object_set_int_member (config, "seed", strata_augment_get_seed (self, which));
  layer = strata_layer_new (class_name, config, &error);
  json_object_unref (config);
  if (layer != NULL)
    return strata_layer_call_on (layer, b, x, TRUE);
  strata_builder_fail (b, STRATA_ERROR_VALUE, "%s", error->message);
  return x;
}

/**
 * strata_augment_draw_order: (skip)
 *
 * Returns: (transfer none): places of the samples of @x in another order
 */
StrataValue *
strata_augment_draw_order (StrataAugmentLayer *self,
                           StrataBuilder      *b,
                           StrataValue        *x,
                           int                 which)
{
  StrataValue *drawn = strata_draw_uniform (b, &STRATA_SHAPE (x->shape.dims[0]), strata_augment_get_seed (self, which));
  StrataValue *order;

  strata_sort (b, drawn, FALSE, &order);
  return order;
}

/**
 * strata_augment_mix: (skip)
 * @x: samples, images or labels
 * @share: how much of each sample is its own, shaped (batch, 1, ...)
 * @order: which samples the others are
 *
 * Returns: (transfer none): samples mixed with others
 */
StrataValue *
strata_augment_mix (StrataBuilder *b,
                    StrataValue   *x,
                    StrataValue   *share,
                    StrataValue   *order)
{
  StrataShape shape = STRATA_SHAPE (share->shape.dims[0]);
  StrataValue *other;

  x = strata_cast (b, x, STRATA_FLOAT32);
  while (shape.rank < x->shape.rank)
    strata_shape_append (&shape, 1);
  other = strata_gather (b, x, order);
  return strata_add (b, other, strata_multiply (b, strata_reshape (b, share, &shape), strata_subtract (b, x, other)));
}

/**
 * strata_augment_draw_beta: (skip)
 * @alpha: both parameters of the distribution
 *
 * Returns: (transfer none): a number from 0 to 1 for each of @alpha
 */
StrataValue *
strata_augment_draw_beta (StrataAugmentLayer *self,
                          StrataBuilder      *b,
                          StrataValue        *alpha,
                          int                 which)
{
  StrataValue *first = strata_draw_log_gamma (b, alpha, strata_augment_get_seed (self, which));
  StrataValue *second = strata_draw_log_gamma (b, alpha, strata_augment_get_seed (self, which + 1));

  return strata_sigmoid (b, strata_subtract (b, first, second));
}
