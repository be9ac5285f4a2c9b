/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/variable.h"

#include "tensor/convert.h"

G_DEFINE_BOXED_TYPE (StrataVariable, strata_variable, strata_variable_ref, strata_variable_unref)

/**
 * strata_variable_new_lazy:
 * @name: what Keras calls it, such as "kernel"
 * @dtype: element type
 * @shape: its shape, all known
 * @trainable: whether optimizers may change it
 *
 * Returns: (transfer full): a variable that takes memory when first needed; it
 *   is zero unless its @initialize is set
 */
StrataVariable *
strata_variable_new_lazy (const char        *name,
                          StrataDType        dtype,
                          const StrataShape *shape,
                          gboolean           trainable)
{
  StrataVariable *self = g_new0 (StrataVariable, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->name = g_strdup (name);
  self->dtype = dtype;
  self->shape = *shape;
  self->trainable = trainable;
  return self;
}

/**
 * strata_variable_new:
 * @name: what Keras calls it
 * @tensor: (transfer full): its first value
 * @trainable: whether optimizers may change it
 *
 * Returns: (transfer full): a new variable
 */
StrataVariable *
strata_variable_new (const char   *name,
                     StrataTensor *tensor,
                     gboolean      trainable)
{
  StrataVariable *self = strata_variable_new_lazy (name, strata_tensor_get_dtype (tensor),
                                                   strata_tensor_get_shape (tensor), trainable);

  self->tensor = tensor;
  return self;
}

/**
 * strata_variable_materialize:
 *
 * Gives the variable its memory and first value, unless it has them.
 */
gboolean
strata_variable_materialize (StrataVariable  *self,
                             GError         **error)
{
  g_autoptr (StrataTensor) tensor = NULL;

  if (self->tensor != NULL)
    return TRUE;
  tensor = strata_tensor_try_new (self->dtype, &self->shape, error);
  if (tensor == NULL || (self->initialize != NULL && !self->initialize (self, tensor, error)))
    {
      g_prefix_error (error, "%s: ", self->path != NULL ? self->path : self->name);
      return FALSE;
    }
  self->tensor = g_steal_pointer (&tensor);
  return TRUE;
}

StrataVariable *
strata_variable_ref (StrataVariable *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
strata_variable_unref (StrataVariable *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->name);
  g_free (self->path);
  g_clear_pointer (&self->tensor, strata_tensor_unref);
  g_clear_object (&self->initializer);
  g_clear_object (&self->regularizer);
  g_clear_object (&self->constraint);
  g_free (self);
}

const char *
strata_variable_get_name (StrataVariable *self)
{
  return self->name;
}

const StrataShape *
strata_variable_get_shape (StrataVariable *self)
{
  return &self->shape;
}

/**
 * strata_variable_get_tensor:
 *
 * Whoever writes to the tensor asks for it anew each time: programs keep what
 * they made of a value until somebody asks.
 * Returns: (transfer none): its current value, which changes in place. Where
 *   memory may run out, call strata_variable_materialize() before.
 */
StrataTensor *
strata_variable_get_tensor (StrataVariable *self)
{
  g_autoptr (GError) error = NULL;

  if (!strata_variable_materialize (self, &error))
    g_error ("%s", error->message);
  self->version++;
  return self->tensor;
}

/**
 * strata_variable_get_floats: (skip)
 */
float *
strata_variable_get_floats (StrataVariable *self)
{
  return strata_tensor_get_floats (strata_variable_get_tensor (self));
}

/**
 * strata_variable_assign:
 * @tensor: a tensor of the same shape
 *
 * Overwrites its value.
 */
gboolean
strata_variable_assign (StrataVariable      *self,
                        const StrataTensor  *tensor,
                        GError             **error)
{
  /* A value that is overwritten at once need not be drawn first. */
  if (self->tensor == NULL)
    self->tensor = strata_tensor_try_new (self->dtype, &self->shape, error);
  self->version++;
  if (self->tensor != NULL && strata_tensor_copy_from (self->tensor, tensor, error))
    return TRUE;
  g_prefix_error (error, "%s: ", self->path != NULL ? self->path : self->name);
  return FALSE;
}

/**
 * strata_variable_take: (skip)
 * @tensor: (transfer full): a value of the same size
 *
 * Like strata_variable_assign(), for a value that nobody else has: it need not be copied where there was none before.
 */
gboolean
strata_variable_take (StrataVariable  *self,
                      StrataTensor    *tensor,
                      GError         **error)
{
  g_autoptr (StrataTensor) owned = tensor;

  if (self->tensor != NULL || strata_tensor_get_dtype (tensor) != self->dtype ||
      !strata_shape_equal (strata_tensor_get_shape (tensor), &self->shape))
    return strata_variable_assign (self, tensor, error);
  self->tensor = g_steal_pointer (&owned);
  self->version++;
  return TRUE;
}

/**
 * strata_variable_fill:
 *
 * Sets every element to @value.
 */
void
strata_variable_fill (StrataVariable *self,
                      double          value)
{
  char *data = strata_tensor_get_data (strata_variable_get_tensor (self));
  gsize size = strata_dtype_get_size (self->dtype);

  for (gint64 i = 0; i < strata_shape_get_size (&self->shape); i++)
    strata_convert (STRATA_FLOAT64, &value, self->dtype, data + i * size, 1);
}
