/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/keras/weight-plan.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  StrataLayer *layer;
  StrataVariable *variable;
  char *path;
  StrataTensor *array; /* that was read already and laid out anew */
  gboolean left;       /* it does not fit, and its weight stays */
} Step;

struct _StrataWeightPlan
{
  StrataHdf5 *file;
  GArray *steps;
  GPtrArray *skipped;  /* NULL where all layers must fit */
  gboolean piecewise;
  GHashTable *refused; /* layers of which no more is read */
};

static void
step_clear (gpointer data)
{
  Step *step = data;

  g_free (step->path);
  g_clear_pointer (&step->array, strata_tensor_unref);
}

/**
 * strata_weight_plan_new: (skip)
 * @file: what to read from; it and the weights must outlive the plan
 * @skipped: (nullable) (element-type utf8): where it is told which layers do not fit and stay as they are;
 *   %NULL where all must fit
 *
 * Returns: (transfer full): an empty plan
 */
StrataWeightPlan *
strata_weight_plan_new (StrataHdf5 *file,
                        GPtrArray  *skipped)
{
  StrataWeightPlan *self = g_new0 (StrataWeightPlan, 1);

  self->file = file;
  self->skipped = skipped;
  self->refused = g_hash_table_new (NULL, NULL);
  self->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  g_array_set_clear_func (self->steps, step_clear);
  return self;
}

void
strata_weight_plan_free (StrataWeightPlan *self)
{
  g_array_unref (self->steps);
  g_hash_table_unref (self->refused);
  g_free (self);
}

/**
 * strata_weight_plan_set_piecewise: (skip)
 *
 * Has weights left out one by one, as Keras does with legacy files; otherwise a layer's weights are read up to the
 * first that does not fit.
 */
void
strata_weight_plan_set_piecewise (StrataWeightPlan *self)
{
  self->piecewise = TRUE;
}

/**
 * strata_weight_plan_add: (skip)
 * @layer: whose weight it is, for messages
 * @variable: the weight
 * @path: where its array is in the file
 */
void
strata_weight_plan_add (StrataWeightPlan *self,
                        StrataLayer      *layer,
                        StrataVariable   *variable,
                        const char       *path)
{
  Step step = { layer, variable, g_strdup (path), NULL, FALSE };

  g_array_append_val (self->steps, step);
}

/**
 * strata_weight_plan_add_array: (skip)
 * @path: where in the file it comes from, for messages
 * @array: what the weight gets
 *
 * Adds a weight that is not in the file as the layer has it.
 */
void
strata_weight_plan_add_array (StrataWeightPlan *self,
                              StrataLayer      *layer,
                              StrataVariable   *variable,
                              const char       *path,
                              StrataTensor     *array)
{
  Step step = { layer, variable, g_strdup (path), strata_tensor_ref (array), FALSE };

  g_array_append_val (self->steps, step);
}

/**
 * strata_weight_plan_refuse: (skip)
 * @layer: a layer that does not fit
 * @why: (transfer full): why
 *
 * Returns: whether reading goes on without the layer; otherwise @error is set
 */
gboolean
strata_weight_plan_refuse (StrataWeightPlan  *self,
                           StrataLayer       *layer,
                           GError            *why,
                           GError           **error)
{
  if (self->skipped == NULL)
    {
      g_propagate_error (error, why);
      return FALSE;
    }
  if (g_hash_table_add (self->refused, layer))
    g_ptr_array_add (self->skipped, g_strdup (why->message));
  g_error_free (why);
  return TRUE;
}

static gboolean
check_step (StrataWeightPlan  *self,
            const Step        *step,
            GError           **error)
{
  g_autofree char *expected = NULL, *received = NULL;
  StrataShape shape;

  if (step->array != NULL)
    shape = *strata_tensor_get_shape (step->array);
  else if (!strata_hdf5_get_shape (self->file, step->path, &shape, error))
    {
      g_prefix_error (error, _("The layer “%s”: "), strata_layer_get_name (step->layer));
      return FALSE;
    }
  if (strata_shape_equal (&shape, &step->variable->shape))
    return TRUE;

  expected = strata_shape_to_string (&step->variable->shape);
  received = strata_shape_to_string (&shape);
  strata_set_error (error, STRATA_ERROR_SHAPE,
                    "The layer “%s”: its weight “%s” has the shape %s, but “%s” has %s for it, at “%s”",
                    strata_layer_get_name (step->layer), step->variable->name, expected,
                    strata_hdf5_get_name (self->file), received, step->path);
  return FALSE;
}

/* Marks what does not fit; without leave to skip it, that is an error. */
static gboolean
check_steps (StrataWeightPlan  *self,
             GError           **error)
{
  for (guint i = 0; i < self->steps->len; i++)
    {
      Step *step = &g_array_index (self->steps, Step, i);
      GError *why = NULL;

      step->left = !self->piecewise && g_hash_table_contains (self->refused, step->layer);
      if (step->left || check_step (self, step, &why))
        continue;
      step->left = TRUE;
      if (self->piecewise)
        g_hash_table_remove (self->refused, step->layer);
      if (!strata_weight_plan_refuse (self, step->layer, why, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_step (StrataWeightPlan  *self,
           const Step        *step,
           GError           **error)
{
  g_autoptr (StrataTensor) tensor = NULL;

  if (step->array != NULL)
    return strata_variable_assign (step->variable, step->array, error);
  tensor = strata_hdf5_read (self->file, step->path, error);
  return tensor != NULL && strata_variable_take (step->variable, g_steal_pointer (&tensor), error);
}

/**
 * strata_weight_plan_run: (skip)
 *
 * Reads all weights, or changes none where a shape differs, or only those that fit.
 */
gboolean
strata_weight_plan_run (StrataWeightPlan  *self,
                        GError           **error)
{
  if (!check_steps (self, error))
    return FALSE;
  for (guint i = 0; i < self->steps->len; i++)
    {
      const Step *step = &g_array_index (self->steps, Step, i);

      if (!step->left && !read_step (self, step, error))
        {
          g_prefix_error (error, _("The layer “%s”: "), strata_layer_get_name (step->layer));
          return FALSE;
        }
    }
  return TRUE;
}
