/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/builder-private.h"
#include "ops/elementwise.h"
#include "ops/narrow.h"

/**
 * strata_builder_set_precision: (skip)
 * @precision: float32, float16 or bfloat16
 *
 * Has the results of ops that are emitted from now on, and constants and variables that are read, rounded to numbers of
 * @precision, as where tensors have that type. They are kept as float32.
 *
 * Returns: what they were rounded to until now
 */
StrataDType
strata_builder_set_precision (StrataBuilder *self,
                              StrataDType    precision)
{
  StrataDType before = self->precision;

  self->precision = precision;
  return before;
}

StrataDType
strata_builder_get_precision (StrataBuilder *self)
{
  return self->precision;
}

/* What moves numbers or only shapes them anew keeps them such as they are. */
static StrataDType
get_common_precision (const StrataNode *node)
{
  StrataDType common = STRATA_FLOAT32;

  for (guint i = 0; i < node->n_inputs; i++)
    {
      const StrataValue *input = node->inputs[i];

      if (input->dtype == STRATA_FLOAT32 && (input->precision == STRATA_FLOAT32 ||
                                             (common != STRATA_FLOAT32 && common != input->precision)))
        return STRATA_FLOAT32;
      if (input->dtype == STRATA_FLOAT32)
        common = input->precision;
    }
  return common;
}

static gboolean
is_constant (const StrataValue *value)
{
  const StrataNode *node = value->node->op == &strata_op_narrow ? value->node->inputs[0]->node : value->node;

  return node->op == NULL && node->variable == NULL && node->name == NULL;
}

/**
 * strata_builder_multiplies: (skip)
 *
 * TensorFlow's compilers multiply by the reciprocal of a constant instead of dividing by it. In float32 that is hardly
 * to be seen, in low precision it is.
 *
 * Returns: whether to do so
 */
gboolean
strata_builder_multiplies (StrataBuilder      *self,
                           const StrataOp     *op,
                           StrataValue *const *inputs)
{
  return self->precision != STRATA_FLOAT32 && op == &strata_op_divide && is_constant (inputs[1]);
}

/**
 * strata_builder_round_result: (skip)
 * @node: a node that was just emitted
 *
 * Ops of several outputs are left alone: they are exact, or belong to layers that compute in float32.
 *
 * Returns: its first output, rounded where the builder's precision is low
 */
StrataValue *
strata_builder_round_result (StrataBuilder *self,
                             StrataNode    *node)
{
  StrataValue *result = &node->outputs[0], *rounded;

  if (self->precision != STRATA_FLOAT32 && node->op->steps != NULL)
    {
      rounded = node->op->steps (self, node);
      result = strata_stand_in (self, result, rounded);
      result->precision = self->precision;
      return node->rounded = result;
    }
  if (node->op == &strata_op_narrow || node->op->n_outputs > 1)
    return result;
  if (node->op->flags & (STRATA_OP_VIEW | STRATA_OP_MOVES))
    result->precision = get_common_precision (node);
  rounded = strata_narrow (self, result, self->precision);
  node->rounded = rounded != result ? rounded : NULL;
  return rounded;
}
