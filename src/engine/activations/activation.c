/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"

G_DEFINE_ABSTRACT_TYPE (StrataActivation, strata_activation, STRATA_TYPE_OBJECT)

static void
strata_activation_adopt (StrataObjectClass      *klass,
                      const StrataObjectInfo *info)
{
  STRATA_ACTIVATION_CLASS (klass)->apply = ((const StrataActivationInfo *) info)->apply;
}

static void
strata_activation_class_init (StrataActivationClass *klass)
{
  StrataObjectClass *object_class = STRATA_OBJECT_CLASS (klass);

  object_class->kind = STRATA_KIND_ACTIVATION;
  object_class->adopt = strata_activation_adopt;
}

static void
strata_activation_init (StrataActivation *self)
{
}

/**
 * strata_activation_apply:
 *
 * Returns: (transfer none): the activation of @x; @x itself where @self is %NULL
 */
StrataValue *
strata_activation_apply (StrataActivation *self,
                         StrataBuilder    *b,
                         StrataValue      *x)
{
  if (self == NULL)
    return x;
  return STRATA_ACTIVATION_GET_CLASS (self)->apply (self, b, x);
}
