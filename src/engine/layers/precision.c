/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/precision.h"

#include "base/policy.h"
#include "layers/operator.h"
#include "ops/narrow.h"

/* An operation has no policy: it computes in what its inputs have in common, as two types of 16 bits are float32. */
static StrataDType
get_promoted (const StrataCall *call)
{
  StrataDType common = STRATA_FLOAT32;

  for (guint i = 0; i < call->n_inputs; i++)
    {
      const StrataValue *input = call->inputs[i];

      if (input->dtype != STRATA_FLOAT32)
        continue;
      if (input->precision == STRATA_FLOAT32 || (common != STRATA_FLOAT32 && common != input->precision))
        return STRATA_FLOAT32;
      common = input->precision;
    }
  return common;
}

/* What a layer computes in; one without a policy is part of another, or there is none. */
static StrataDType
get_compute_type (StrataLayer      *self,
                  StrataBuilder    *b,
                  const StrataCall *call)
{
  g_autoptr (JsonNode) policy = NULL;
  StrataDType type;

  if (STRATA_IS_OPERATOR (self))
    return get_promoted (call);
  policy = strata_object_get_param (STRATA_OBJECT (self), "dtype");
  if (policy == NULL || JSON_NODE_HOLDS_NULL (policy))
    return strata_builder_get_precision (b);
  return strata_dtype_from_name (strata_policy_get_compute_dtype (policy), &type, NULL) &&
         (type == STRATA_FLOAT16 || type == STRATA_BFLOAT16) ? type : STRATA_FLOAT32;
}

/**
 * strata_call_in_precision: (skip)
 * @self: a layer that is built
 *
 * Computes the layer's outputs as its policy has it: what it is called on, its weights and all that it computes are
 * rounded to the type that it computes in.
 */
void
strata_call_in_precision (StrataLayer   *self,
                          StrataBuilder *b,
                          StrataCall    *call)
{
  StrataLayerClass *klass = STRATA_LAYER_GET_CLASS (self);
  StrataDType type = get_compute_type (self, b, call);
  gboolean computes_wide = klass->flags & STRATA_LAYER_COMPUTES_WIDE;
  StrataDType outer = strata_builder_set_precision (b, computes_wide ? STRATA_FLOAT32 : type);
  StrataValue *const *inputs = call->inputs;
  g_autofree StrataValue **rounded = g_memdup2 (inputs, call->n_inputs * sizeof inputs[0]);

  for (guint i = 0; i < call->n_inputs && !(klass->flags & STRATA_LAYER_TAKES_WIDE); i++)
    rounded[i] = strata_narrow (b, rounded[i], type);
  call->inputs = rounded;
  call->precision = type;
  klass->call (self, b, call);
  call->inputs = inputs;
  for (guint i = 0; i < call->n_outputs && !strata_builder_has_failed (b); i++)
    call->outputs[i] = strata_narrow (b, call->outputs[i], type);
  strata_builder_set_precision (b, outer);
}
