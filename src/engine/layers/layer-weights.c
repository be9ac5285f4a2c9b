/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "initializers/initializer.h"
#include "layers/layer-private.h"
#include "tensor/seed.h"

/* Numbers in one weight: 16 TB. */
#define MAX_WEIGHT_SIZE ((gint64) 1 << 42)

static gboolean
initialize (StrataVariable  *variable,
            StrataTensor    *tensor,
            GError         **error)
{
  return strata_initializer_fill_seeded (STRATA_INITIALIZER (variable->initializer), tensor, variable->seed, error);
}

/* Only what some machine could hold is counted, so that totals and bytes stay far from overflowing. */
static gboolean
check_size (const char         *name,
            const StrataShape  *shape,
            GError            **error)
{
  gint64 size = strata_shape_get_size (shape);
  g_autofree char *text = NULL;

  if (size >= 0 && size <= MAX_WEIGHT_SIZE)
    return TRUE;

  text = strata_shape_to_string (shape);
  if (strata_shape_is_known (shape))
    strata_set_error (error, STRATA_ERROR_SHAPE,
                      "the weight “%s” would have the shape %s: no computer holds so many numbers", name, text);
  else
    strata_set_error (error, STRATA_ERROR_SHAPE,
                      "the weight “%s” would have the shape %s: every dimension must be known", name, text);
  return FALSE;
}

static StrataVariable *
add_variable (StrataLayer        *self,
              const char         *name,
              StrataDType         dtype,
              const StrataShape  *shape,
              StrataObject       *initializer,
              gboolean            trainable,
              GError            **error)
{
  StrataVariable *variable;

  if (!check_size (name, shape, error))
    return NULL;

  variable = strata_variable_new_lazy (name, dtype, shape, trainable);
  variable->path = g_strdup_printf ("%s/%s", strata_layer_get_name (self), name);
  if (initializer != NULL)
    {
      variable->initializer = g_object_ref (initializer);
      variable->initialize = initialize;
      variable->seed = strata_seed_next ();
    }
  g_ptr_array_add (strata_layer_get_own (self, trainable), variable);
  return variable;
}

/**
 * strata_layer_add_weight:
 * @name: Keras's name for it
 * @shape: its shape
 * @initializer: (nullable): what fills it at first; zeros where %NULL
 *
 * Adds a float32 weight that optimizers train. For `build`.
 * Returns: (transfer none): the weight
 */
StrataVariable *
strata_layer_add_weight (StrataLayer        *self,
                         const char         *name,
                         const StrataShape  *shape,
                         StrataObject       *initializer,
                         GError            **error)
{
  return add_variable (self, name, STRATA_FLOAT32, shape, initializer, TRUE, error);
}

/**
 * strata_layer_add_weight_full:
 * @name: Keras's name for it
 * @shape: its shape
 * @initializer: (nullable): what fills it at first; zeros where %NULL
 * @regularizer: (nullable): what it adds to the loss
 * @constraint: (nullable): what is applied to it after each step
 *
 * As [method@Layer.add_weight], with all that Keras's layers let users choose.
 * Returns: (transfer none): the weight
 */
StrataVariable *
strata_layer_add_weight_full (StrataLayer        *self,
                              const char         *name,
                              const StrataShape  *shape,
                              StrataObject       *initializer,
                              StrataObject       *regularizer,
                              StrataObject       *constraint,
                              GError            **error)
{
  StrataVariable *weight = strata_layer_add_weight (self, name, shape, initializer, error);

  if (weight == NULL)
    return NULL;
  g_set_object (&weight->regularizer, regularizer);
  g_set_object (&weight->constraint, constraint);
  return weight;
}

/**
 * strata_layer_add_state:
 *
 * Adds a weight that no optimizer trains, such as a moving mean.
 * Returns: (transfer none): the weight
 */
StrataVariable *
strata_layer_add_state (StrataLayer        *self,
                        const char         *name,
                        StrataDType         dtype,
                        const StrataShape  *shape,
                        StrataObject       *initializer,
                        GError            **error)
{
  return add_variable (self, name, dtype, shape, initializer, FALSE, error);
}

/**
 * strata_layer_share_weight: (skip)
 * @variable: a weight of a layer inside
 *
 * Makes a weight one of the layer's own, too, as Keras does where a layer keeps
 * it as an attribute: files have it in both places.
 */
void
strata_layer_share_weight (StrataLayer    *self,
                           StrataVariable *variable)
{
  g_ptr_array_add (strata_layer_get_own (self, variable->trainable), strata_variable_ref (variable));
}
