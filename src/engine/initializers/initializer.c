/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "initializers/initializer.h"

#include "tensor/seed.h"

G_DEFINE_ABSTRACT_TYPE (StrataInitializer, strata_initializer, STRATA_TYPE_OBJECT)

static void
strata_initializer_adopt (StrataObjectClass      *klass,
                          const StrataObjectInfo *info)
{
  STRATA_INITIALIZER_CLASS (klass)->check = ((const StrataInitializerInfo *) info)->check;
  STRATA_INITIALIZER_CLASS (klass)->fill = ((const StrataInitializerInfo *) info)->fill;
}

static void
strata_initializer_class_init (StrataInitializerClass *klass)
{
  StrataObjectClass *object_class = STRATA_OBJECT_CLASS (klass);

  object_class->kind = STRATA_KIND_INITIALIZER;
  object_class->adopt = strata_initializer_adopt;
}

static void
strata_initializer_init (StrataInitializer *self)
{
}

/**
 * strata_initializer_fill_seeded:
 * @tensor: a weight to be
 * @seed: what to draw from, unless the initializer has a seed of its own
 *
 * Writes the first values of a weight.
 */
gboolean
strata_initializer_fill_seeded (StrataInitializer  *self,
                                StrataTensor       *tensor,
                                guint64             seed,
                                GError            **error)
{
  StrataInitializerClass *klass = STRATA_INITIALIZER_GET_CLASS (self);
  const StrataShape *shape = strata_tensor_get_shape (tensor);
  g_autoptr (JsonNode) own = strata_object_get_param (STRATA_OBJECT (self), "seed");
  g_autoptr (StrataTensor) values = NULL;
  StrataRandom random;

  if (klass->check != NULL && !klass->check (self, shape, error))
    return FALSE;
  strata_random_init (&random, own != NULL && JSON_NODE_HOLDS_VALUE (own) ? json_node_get_int (own) : seed);
  if (strata_tensor_get_dtype (tensor) == STRATA_FLOAT32)
    {
      klass->fill (self, shape, &random, strata_tensor_get_floats (tensor));
      return TRUE;
    }

  values = strata_tensor_try_new (STRATA_FLOAT32, shape, error);
  if (values == NULL)
    return FALSE;
  klass->fill (self, shape, &random, strata_tensor_get_floats (values));
  return strata_tensor_copy_from (tensor, values, error);
}

/**
 * strata_initializer_fill:
 * @tensor: a weight to be
 *
 * As strata_initializer_fill_seeded(), with a seed drawn from the process's.
 */
gboolean
strata_initializer_fill (StrataInitializer  *self,
                         StrataTensor       *tensor,
                         GError            **error)
{
  return strata_initializer_fill_seeded (self, tensor, strata_seed_next (), error);
}

/**
 * strata_initializer_get_fans:
 * @shape: a weight's shape: receptive field, inputs, outputs
 * @fan_in: (out): how many numbers flow into each output
 * @fan_out: (out): how many outputs each number flows into
 */
void
strata_initializer_get_fans (const StrataShape *shape,
                             double            *fan_in,
                             double            *fan_out)
{
  int rank = shape->rank;
  double field = 1;

  *fan_in = *fan_out = rank > 0 ? shape->dims[0] : 1;
  if (rank < 2)
    return;
  for (int i = 0; i < rank - 2; i++)
    field *= shape->dims[i];
  *fan_in = field * shape->dims[rank - 2];
  *fan_out = field * shape->dims[rank - 1];
}
