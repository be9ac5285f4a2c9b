/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "graph/tape.h"

#include "graph/gradient.h"

struct _StrataTape
{
  StrataBuilder *builder;
};

/**
 * strata_tape_new: (skip)
 * @seed: what dropout and the like draw from
 *
 * Returns: (transfer full): an empty tape
 */
StrataTape *
strata_tape_new (guint64 seed)
{
  StrataTape *self = g_new0 (StrataTape, 1);

  self->builder = strata_builder_new_eager (seed);
  return self;
}

void
strata_tape_free (StrataTape *self)
{
  strata_builder_free (self->builder);
  g_free (self);
}

/**
 * strata_tape_get_builder: (skip)
 *
 * Returns: (transfer none): what ops and layers are called with
 */
StrataBuilder *
strata_tape_get_builder (StrataTape *self)
{
  return self->builder;
}

/**
 * strata_tape_watch: (skip)
 * @tensor: numbers that come from outside
 *
 * Returns: (transfer none): @tensor as a value
 */
StrataValue *
strata_tape_watch (StrataTape   *self,
                   StrataTensor *tensor)
{
  return strata_builder_constant (self->builder, strata_tensor_ref (tensor));
}

/**
 * strata_tape_gradient: (skip)
 * @loss: a scalar that was computed on the tape
 * @variables: (element-type StrataVariable): what to take the gradient with respect to
 * @grads: (out): room for a value a variable; %NULL where the loss does not depend on it
 *
 * Returns: whether all went well on the tape until now
 */
gboolean
strata_tape_gradient (StrataTape   *self,
                      StrataValue  *loss,
                      GPtrArray    *variables,
                      StrataValue **grads,
                      GError      **error)
{
  g_autofree StrataValue **values = g_new (StrataValue *, variables->len + 1);

  if (!strata_builder_take_error (self->builder, error))
    return FALSE;
  for (guint i = 0; i < variables->len; i++)
    values[i] = strata_builder_read_initial (self->builder, g_ptr_array_index (variables, i));
  strata_gradient (self->builder, loss, values, variables->len, grads);
  return strata_builder_take_error (self->builder, error);
}
