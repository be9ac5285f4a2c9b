/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "optimizers/optimizer-private.h"

/* Whether both are of one class and remember the same weights in the same order. */
static gboolean
is_alike (StrataOptimizer *self,
          StrataOptimizer *earlier)
{
  GPtrArray *weights = strata_optimizer_get_weights (self), *before = strata_optimizer_get_weights (earlier);

  if (G_OBJECT_TYPE (self) != G_OBJECT_TYPE (earlier) || weights->len != before->len)
    return FALSE;
  for (guint i = 0; i < weights->len; i++)
    {
      StrataVariable *a = g_ptr_array_index (weights, i), *b = g_ptr_array_index (before, i);

      if (g_strcmp0 (a->path, b->path) != 0 || !strata_shape_equal (&a->shape, &b->shape))
        return FALSE;
    }
  return TRUE;
}

static gboolean
fits (GPtrArray *variables,
      GPtrArray *before)
{
  if (variables->len != before->len)
    return FALSE;
  for (guint i = 0; i < variables->len; i++)
    {
      StrataVariable *a = g_ptr_array_index (variables, i), *b = g_ptr_array_index (before, i);

      if (a->dtype != b->dtype || !strata_shape_equal (&a->shape, &b->shape))
        return FALSE;
    }
  return TRUE;
}

static StrataOptimizer *
get_innermost (StrataOptimizer *optimizer)
{
  for (StrataOptimizer *inner; (inner = strata_optimizer_get_inner (optimizer)) != NULL;)
    optimizer = inner;
  return optimizer;
}

/* A rate that was lowered while training stays so; one that was set anew counts. */
static gboolean
has_new_rate (StrataOptimizer *self,
              StrataOptimizer *earlier)
{
  g_autoptr (JsonNode) rate = strata_object_get_param (STRATA_OBJECT (get_innermost (self)), "learning_rate");
  g_autoptr (JsonNode) before = strata_object_get_param (STRATA_OBJECT (get_innermost (earlier)), "learning_rate");

  return rate != NULL && before != NULL && !json_node_equal (rate, before);
}

/**
 * strata_optimizer_continue:
 * @self: an optimizer that has been built
 * @earlier: another one that has been built
 *
 * Goes on where @earlier stopped: takes over momenta, averages and the number of steps, where
 * both are of the same class and for weights of the same names and shapes.
 * Returns: whether it did; if not, @self is as it was
 */
gboolean
strata_optimizer_continue (StrataOptimizer *self,
                           StrataOptimizer *earlier)
{
  g_autoptr (GPtrArray) variables = NULL, before = NULL;
  StrataVariable *rate;

  g_return_val_if_fail (strata_optimizer_is_built (self) && strata_optimizer_is_built (earlier), FALSE);

  if (!is_alike (self, earlier))
    return FALSE;
  variables = strata_optimizer_dup_variables (self);
  before = strata_optimizer_dup_variables (earlier);
  if (!fits (variables, before))
    return FALSE;

  rate = has_new_rate (self, earlier) ? strata_optimizer_get_innermost (self)->rate : NULL;
  for (guint i = 0; i < variables->len; i++)
    {
      StrataVariable *from = g_ptr_array_index (before, i);

      if (g_ptr_array_index (variables, i) != rate && strata_variable_materialize (from, NULL))
        strata_variable_assign (g_ptr_array_index (variables, i), from->tensor, NULL);
    }
  return TRUE;
}
