/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "io/keras/weight-file.h"

/*
 * Keras 2 wrote an optimizer's state under names of their own, in orders that changed: "Adam/m/dense/kernel:0" weight
 * after weight since TensorFlow 2.11, "Adam/dense/kernel/m:0" slot after slot before, "training/Adam/Variable_3:0" in
 * Keras without TensorFlow. In all of them the slots come in the order that Keras 3 has them, so both sides are sorted
 * into slots, and these are paired.
 */

/* The arrays of a slot, in the order of the weights. */
typedef struct
{
  char *name;
  GPtrArray *items;
} Slot;

static void
slot_clear (gpointer data)
{
  Slot *slot = data;

  g_free (slot->name);
  g_ptr_array_unref (slot->items);
}

static GArray *
slots_new (void)
{
  GArray *slots = g_array_new (FALSE, FALSE, sizeof (Slot));

  g_array_set_clear_func (slots, slot_clear);
  return slots;
}

static void
slots_add (GArray     *slots,
           const char *name,
           gpointer    item)
{
  Slot slot;

  for (guint i = 0; i < slots->len; i++)
    if (g_str_equal (g_array_index (slots, Slot, i).name, name))
      {
        g_ptr_array_add (g_array_index (slots, Slot, i).items, item);
        return;
      }
  slot = (Slot){ g_strdup (name), g_ptr_array_new () };
  g_ptr_array_add (slot.items, item);
  g_array_append_val (slots, slot);
}

static gboolean
is_iteration (const char *name)
{
  const char *last = strrchr (name, '/');

  return g_str_has_prefix (last != NULL ? last + 1 : name, "iter");
}

/* Since TensorFlow 2.11 the number of steps is called "iteration", and slots come before paths. */
static gboolean
is_recent (GPtrArray *names)
{
  return names->len > 0 && g_str_has_prefix (g_ptr_array_index (names, 0), "iteration");
}

/* Inside another optimizer, those paths do not begin with the optimizer's name. */
static const char *
find_slot (GStrv    parts,
           gboolean recent)
{
  static const char *const slots[] = { "m", "v", "vhat", "u", "r", "c", "velocity", "momentum", "average_gradient",
                                       "accumulator", "accumulated_grad", "accumulated_delta_var", "linear", "average",
                                       NULL };
  guint n = g_strv_length (parts);

  if (!recent || n < 3)
    return n > 0 ? parts[n - 1] : "";
  return g_strv_contains (slots, parts[1]) || !g_strv_contains (slots, parts[0]) ? parts[1] : parts[0];
}

/* Sorts the arrays of a file; a scalar is no weight's. */
static GArray *
sort_file (GPtrArray     *names,
           GPtrArray     *arrays,
           guint          n_weights,
           StrataTensor **iteration)
{
  GArray *slots = slots_new ();
  gboolean recent = is_recent (names);
  guint n = 0;

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_auto (GStrv) parts = g_strsplit (name, "/", -1);
      guint length = g_strv_length (parts);
      const char *slot = find_slot (parts, recent);
      StrataTensor *array = g_ptr_array_index (arrays, i);

      if (is_iteration (name))
        *iteration = array;
      else if (g_str_has_prefix (slot, "Variable"))
        {
          g_autofree char *number = g_strdup_printf ("%u", n++ / MAX (n_weights, 1));

          slots_add (slots, number, array);
        }
      else if (strata_tensor_get_shape (array)->rank > 0 || length > 2)
        slots_add (slots, slot, array);
    }
  return slots;
}

/* A variable beside a weight is called by the weight's path and the slot. */
static const char *
find_slot_name (StrataOptimizer *optimizer,
                StrataVariable  *variable)
{
  GPtrArray *weights = strata_optimizer_get_weights (optimizer);
  gsize longest = 0;

  for (guint i = 0; i < weights->len; i++)
    {
      StrataVariable *weight = g_ptr_array_index (weights, i);
      g_autofree char *flat = g_strdelimit (g_strdup (weight->path != NULL ? weight->path : weight->name), "/", '_');
      gsize n = strlen (flat);

      if (n > longest && g_str_has_prefix (variable->name, flat) && variable->name[n] == '_')
        longest = n;
    }
  return longest > 0 ? variable->name + longest + 1 : NULL;
}

/* Those that are scalars in the optimizer stand for slots that its weight has not. */
static GPtrArray *
dup_arrays (GPtrArray *variables)
{
  GPtrArray *arrays = g_ptr_array_new ();

  for (guint i = 0; i < variables->len; i++)
    if (((StrataVariable *) g_ptr_array_index (variables, i))->shape.rank > 0)
      g_ptr_array_add (arrays, g_ptr_array_index (variables, i));
  return arrays;
}

static gboolean
pair_slot (GPtrArray  *variables,
           GPtrArray  *arrays,
           GHashTable *pairs)
{
  g_autoptr (GPtrArray) targets = variables->len == arrays->len ? g_ptr_array_ref (variables) : dup_arrays (variables);

  if (targets->len != arrays->len)
    return FALSE;
  for (guint i = 0; i < targets->len; i++)
    {
      StrataVariable *variable = g_ptr_array_index (targets, i);

      if (!strata_shape_equal (&variable->shape, strata_tensor_get_shape (g_ptr_array_index (arrays, i))))
        return FALSE;
      g_hash_table_insert (pairs, variable, g_ptr_array_index (arrays, i));
    }
  return TRUE;
}

/**
 * strata_optimizer_work_out_product: (skip)
 * @variable: its product of Nadam's momentums, which Keras 2 did not write
 * @steps: how many steps it has taken, from which the product follows
 */
gboolean
strata_optimizer_work_out_product (StrataOptimizer  *optimizer,
                                   StrataVariable   *variable,
                                   gint64            steps,
                                   GError          **error)
{
  g_autoptr (JsonNode) node = strata_object_get_param (STRATA_OBJECT (optimizer), "beta_1");
  double beta = node != NULL && strata_json_is_number (node) ? json_node_get_double (node) : 0.9, product = 1;
  g_autoptr (StrataTensor) tensor = NULL;

  /* It has long become 0 when there are so many. */
  for (gint64 t = 1; t <= MIN (steps, 100000); t++)
    product *= beta * (1 - 0.5 * pow (0.96, t));
  tensor = strata_tensor_new_scalar (product);
  return strata_variable_assign (variable, tensor, error);
}

static gboolean
assign (StrataOptimizer  *optimizer,
        GPtrArray        *variables,
        GHashTable       *pairs,
        gint64            steps,
        GError          **error)
{
  for (guint i = 0; i < variables->len; i++)
    {
      StrataVariable *variable = g_ptr_array_index (variables, i);
      StrataTensor *array = g_hash_table_lookup (pairs, variable);

      if (array != NULL ? !strata_variable_assign (variable, array, error)
                        : g_str_equal (variable->name, "u_product") &&
                        !strata_optimizer_work_out_product (optimizer, variable, steps, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * strata_optimizer_is_keras2: (skip)
 * @names: (element-type utf8): what the variables are called in a legacy file
 *
 * Returns: whether Keras 2 wrote them
 */
gboolean
strata_optimizer_is_keras2 (GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++)
    if (is_iteration (g_ptr_array_index (names, i)))
      return g_str_has_suffix (g_ptr_array_index (names, i), ":0");
  return FALSE;
}

/**
 * strata_optimizer_take_keras2: (skip)
 * @optimizer: an optimizer that has been built
 * @names: (element-type utf8): what its variables are called
 * @arrays: StrataTensor pointers, in the same order
 *
 * Gives an optimizer the state that Keras 2 saved; all or nothing.
 */
gboolean
strata_optimizer_take_keras2 (StrataOptimizer  *optimizer,
                              GPtrArray        *names,
                              GPtrArray        *arrays,
                              GError          **error)
{
  StrataOptimizer *inner = strata_optimizer_get_inner (optimizer);
  g_autoptr (GPtrArray) variables = NULL;
  g_autoptr (GHashTable) pairs = g_hash_table_new (NULL, NULL);
  StrataTensor *iteration = NULL;
  g_autoptr (GArray) found = NULL, wanted = slots_new ();
  gboolean good;

  /* Only the variables of the inner one are written. */
  if (inner != NULL)
    return strata_optimizer_take_keras2 (inner, names, arrays, error);
  variables = strata_optimizer_dup_variables (optimizer);
  found = sort_file (names, arrays, strata_optimizer_get_weights (optimizer)->len, &iteration);
  good = iteration != NULL && strata_tensor_get_size (iteration) == 1;
  /* A model that has not been trained has nothing but that. */
  if (good && found->len == 0 && strata_tensor_get_number (iteration, 0) == 0)
    return TRUE;
  for (guint i = 0; i < variables->len; i++)
    {
      StrataVariable *variable = g_ptr_array_index (variables, i);
      const char *slot = find_slot_name (optimizer, variable);

      if (slot != NULL)
        slots_add (wanted, slot, variable);
      else if (good && g_str_equal (variable->name, "iteration"))
        g_hash_table_insert (pairs, variable, iteration);
    }
  /* A slot too many was written, but is not used: Keras 2 kept a momentum of zeros. */
  good = good && found->len >= wanted->len;
  for (guint i = 0; i < wanted->len && good; i++)
    good = pair_slot (g_array_index (wanted, Slot, i).items, g_array_index (found, Slot, i).items, pairs);
  if (good)
    return assign (optimizer, variables, pairs, strata_tensor_get_number (iteration, 0), error);
  strata_set_error (error, STRATA_ERROR_SHAPE,
                    "What the file has for the optimizer %s is not what it remembers of its weights",
                    strata_object_get_class_name (STRATA_OBJECT (optimizer)));
  return FALSE;
}
