/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "base/error.h"
#include "io/keras/weight-file.h"
#include "layers/naming.h"

#define GROUP "optimizer/vars"

static gboolean write_group (StrataOptimizer *optimizer, StrataHdf5 *file, const char *group, GError **error);

/* Each of several optimizers in a group that is named for its class, and counted where there are more of them. */
static gboolean
write_part (GPtrArray   *parts,
            guint        i,
            StrataHdf5  *file,
            const char  *group,
            GError     **error)
{
  const char *class_name = strata_object_get_class_name (g_ptr_array_index (parts, i));
  g_autofree char *name = strata_naming_snake (class_name), *path = NULL;
  guint before = 0;

  for (guint k = 0; k < i; k++)
    before += g_str_equal (strata_object_get_class_name (g_ptr_array_index (parts, k)), class_name);
  path = before > 0 ? g_strdup_printf ("%s/optimizers/%s_%u", group, name, before)
                    : g_strdup_printf ("%s/optimizers/%s", group, name);
  return write_group (g_ptr_array_index (parts, i), file, path, error);
}

/* Keras writes the variables of an optimizer around another with those of the inner one, and the inner one's again. */
static gboolean
write_group (StrataOptimizer  *optimizer,
             StrataHdf5       *file,
             const char       *group,
             GError          **error)
{
  g_autoptr (GPtrArray) variables = strata_optimizer_dup_variables (optimizer);
  GPtrArray *parts = strata_optimizer_get_parts (optimizer);
  g_autofree char *vars = g_strconcat (group, "/vars", NULL), *inner = g_strconcat (group, "/inner_optimizer", NULL);

  if (!strata_weights_write_vars (file, vars, strata_optimizer_get_name (optimizer), variables, error))
    return FALSE;
  for (guint i = 0; parts != NULL && i < parts->len; i++)
    if (!write_part (parts, i, file, group, error))
      return FALSE;
  optimizer = strata_optimizer_get_inner (optimizer);
  return optimizer == NULL || write_group (optimizer, file, inner, error);
}

/**
 * strata_optimizer_write_vars: (skip)
 *
 * Writes an optimizer that has been built, as Keras 3 does.
 */
gboolean
strata_optimizer_write_vars (StrataOptimizer  *optimizer,
                             StrataHdf5       *file,
                             GError          **error)
{
  return write_group (optimizer, file, "optimizer", error);
}

static gboolean
fits (StrataVariable *variable,
      StrataTensor   *tensor)
{
  return strata_shape_equal (&variable->shape, strata_tensor_get_shape (tensor));
}

static gboolean
is_rate (StrataVariable *variable)
{
  return g_strcmp0 (variable->name, "learning_rate") == 0;
}

/* Keras 2 wrote no learning rate, nor any other number but that of steps, be it in place of a slot. */
static gboolean
is_in_keras2 (StrataVariable *variable)
{
  return variable->shape.rank > 0 || g_str_equal (variable->name, "iteration");
}

/* Pairs arrays with variables in order, of which there may be too few. */
static gboolean
pair (GPtrArray *variables,
      GPtrArray *arrays,
      gboolean   keras2,
      GPtrArray *paired)
{
  guint next = 0;

  g_ptr_array_set_size (paired, 0);
  for (guint i = 0; i < variables->len; i++)
    {
      StrataVariable *variable = g_ptr_array_index (variables, i);

      if (keras2 ? !is_in_keras2 (variable) : is_rate (variable) && arrays->len + 1 == variables->len)
        {
          g_ptr_array_add (paired, NULL);
          continue;
        }
      if (next >= arrays->len || !fits (variable, g_ptr_array_index (arrays, next)))
        return FALSE;
      g_ptr_array_add (paired, g_ptr_array_index (arrays, next++));
    }
  return TRUE;
}

/* Keras 2 kept a momentum for each weight that was not used. */
static gboolean
are_idle (StrataOptimizer *optimizer,
          GPtrArray       *arrays,
          guint            from)
{
  GPtrArray *weights = strata_optimizer_get_weights (optimizer);

  if (from == arrays->len)
    return TRUE;
  for (guint i = 0; i < weights->len; i++)
    if (from + i >= arrays->len || !fits (g_ptr_array_index (weights, i), g_ptr_array_index (arrays, from + i)))
      return FALSE;
  return from + weights->len == arrays->len;
}

static guint
count_paired (GPtrArray *paired)
{
  guint n = 0;

  for (guint i = 0; i < paired->len; i++)
    n += g_ptr_array_index (paired, i) != NULL;
  return n;
}

static gboolean
assign (StrataOptimizer  *optimizer,
        GPtrArray        *variables,
        GPtrArray        *paired,
        GError          **error)
{
  StrataTensor *steps = paired->len > 0 ? g_ptr_array_index (paired, 0) : NULL;

  for (guint i = 0; i < variables->len; i++)
    {
      StrataVariable *variable = g_ptr_array_index (variables, i);
      StrataTensor *array = g_ptr_array_index (paired, i);

      if (array != NULL ? !strata_variable_assign (variable, array, error)
                        : g_str_equal (variable->name, "u_product") &&
                          !strata_optimizer_work_out_product (optimizer, variable, strata_tensor_get_number (steps, 0),
                                                              error))
        return FALSE;
    }
  return TRUE;
}

/* What Keras 2 keeps around another optimizer is not written: only the variables of that one. */
static gboolean
take_keras2 (StrataOptimizer  *optimizer,
             GPtrArray        *arrays,
             gboolean         *taken,
             GError          **error)
{
  StrataOptimizer *inner = strata_optimizer_get_inner (optimizer);
  g_autoptr (GPtrArray) variables = NULL, paired = g_ptr_array_new ();

  if (inner != NULL)
    return take_keras2 (inner, arrays, taken, error);
  variables = strata_optimizer_dup_variables (optimizer);
  *taken = pair (variables, arrays, TRUE, paired) && count_paired (paired) > 0 &&
           are_idle (optimizer, arrays, count_paired (paired));
  return !*taken || assign (optimizer, variables, paired, error);
}

/* Of an optimizer that has not begun, Keras writes the number of steps and the rate, and those of what is in it. */
static gboolean
is_unbegun (StrataOptimizer *optimizer,
            GPtrArray       *arrays)
{
  gboolean alone = strata_optimizer_get_inner (optimizer) == NULL && strata_optimizer_get_parts (optimizer) == NULL;

  for (guint i = 0; i < arrays->len; i++)
    {
      StrataTensor *array = g_ptr_array_index (arrays, i);

      if (strata_tensor_get_size (array) != 1 ||
          ((i == 0 || strata_tensor_get_dtype (array) == STRATA_INT64) && strata_tensor_get_number (array, 0) != 0))
        return FALSE;
    }
  return arrays->len > 0 && (arrays->len <= 2 || !alone);
}

/**
 * strata_optimizer_take_arrays: (skip)
 * @optimizer: an optimizer that has been built
 * @arrays: StrataTensor pointers, in the file's order
 *
 * Gives an optimizer the state it was saved with; all or nothing.
 */
gboolean
strata_optimizer_take_arrays (StrataOptimizer  *optimizer,
                              GPtrArray        *arrays,
                              GError          **error)
{
  g_autoptr (GPtrArray) variables = strata_optimizer_dup_variables (optimizer);
  g_autoptr (GPtrArray) paired = g_ptr_array_new ();
  gboolean taken = FALSE;

  if (arrays->len != variables->len && is_unbegun (optimizer, arrays))
    return TRUE;
  if (!pair (variables, arrays, FALSE, paired) || count_paired (paired) != arrays->len)
    {
      if (!take_keras2 (optimizer, arrays, &taken, error) || taken)
        return taken;
      strata_set_error (error, STRATA_ERROR_SHAPE, "The optimizer %s has %u variables, which are not the %u that the "
                        "file has for it: it begins anew", strata_object_get_class_name (STRATA_OBJECT (optimizer)),
                        variables->len, arrays->len);
      return FALSE;
    }
  return assign (optimizer, variables, paired, error);
}

/* Keras 3 tells whose variables they are. */
static gboolean
is_of_another (StrataOptimizer *optimizer,
               StrataHdf5      *file)
{
  g_autofree char *name = strata_hdf5_has_attribute (file, GROUP, "name")
                          ? strata_hdf5_get_string (file, GROUP, "name", NULL) : NULL;
  g_autofree char *snake = strata_naming_snake (strata_object_get_class_name (STRATA_OBJECT (optimizer)));

  return name != NULL && !g_str_equal (name, snake) && g_strcmp0 (name, strata_optimizer_get_name (optimizer)) != 0;
}

/**
 * strata_optimizer_read_vars: (skip)
 *
 * Reads what strata_optimizer_write_vars() or Keras 3 wrote.
 */
gboolean
strata_optimizer_read_vars (StrataOptimizer  *optimizer,
                            StrataHdf5       *file,
                            GError          **error)
{
  g_autoptr (GPtrArray) names = strata_hdf5_list (file, GROUP, error);
  g_autoptr (GPtrArray) arrays = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_tensor_unref);

  if (names == NULL)
    return FALSE;
  if (is_of_another (optimizer, file))
    {
      strata_set_error (error, STRATA_ERROR_SHAPE,
                        "The file has what another optimizer than %s remembers: it begins anew",
                        strata_object_get_class_name (STRATA_OBJECT (optimizer)));
      return FALSE;
    }
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_strdup_printf (GROUP "/%s", (const char *) g_ptr_array_index (names, i));
      StrataTensor *array = strata_hdf5_read (file, path, error);

      if (array == NULL)
        return FALSE;
      g_ptr_array_add (arrays, array);
    }
  return strata_optimizer_take_arrays (optimizer, arrays, error);
}
