/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/error.h"
#include "io/keras/legacy-h5.h"
#include "io/keras/legacy-layout.h"
#include "io/keras/weight-plan.h"
#include "layers/activation-child.h"
#include "layers/operator.h"

#define KERAS_VERSION "3.15.1"
#define MAX_DEPTH 60

typedef struct
{
  char *name;       /* of the layer */
  GPtrArray *paths; /* of its arrays */
} Group;

static void
group_clear (gpointer data)
{
  Group *group = data;

  g_free (group->name);
  g_ptr_array_unref (group->paths);
}

static char *
join (const char *path,
      const char *name)
{
  return path[0] != '\0' ? g_strdup_printf ("%s/%s", path, name) : g_strdup (name);
}

/* Keras stops in the middle where a layer has two weights of one name, and leaves a file that has only the first. */
static gboolean
check_names (StrataHdf5  *file,
             const char  *layer,
             GPtrArray   *weights,
             GError     **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < weights->len; i++)
    if (!g_hash_table_add (names, g_ptr_array_index (weights, i)))
      {
        strata_set_error (error, STRATA_ERROR_FORMAT,
                          "“%s” is not whole: two weights in the layer “%s” are called “%s”, which Keras cannot write "
                          "into this format; save the model as .keras", strata_hdf5_get_name (file), layer,
                          (const char *) g_ptr_array_index (weights, i));
        return FALSE;
      }
  return TRUE;
}

/* The file's layers in order; those without weights only if @all. */
static GArray *
read_groups (StrataHdf5  *file,
             const char  *root,
             gboolean     all,
             GError     **error)
{
  g_autoptr (GPtrArray) names = strata_hdf5_get_strings (file, root, "layer_names", error);
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (Group));

  g_array_set_clear_func (groups, group_clear);
  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *path = join (root, name);
      g_autoptr (GPtrArray) weights = strata_hdf5_get_strings (file, path, "weight_names", error);
      Group group = { .name = NULL };

      if (weights == NULL || !check_names (file, name, weights, error))
        return NULL;
      if (weights->len == 0 && !all)
        continue;
      group.name = g_strdup (name);
      group.paths = g_ptr_array_new_with_free_func (g_free);
      for (guint k = 0; k < weights->len; k++)
        g_ptr_array_add (group.paths, join (path, g_ptr_array_index (weights, k)));
      g_array_append_val (groups, group);
    }
  return names != NULL ? g_steal_pointer (&groups) : NULL;
}

static const Group *
find_group (GArray     *groups,
            const char *name)
{
  for (guint i = 0; i < groups->len; i++)
    if (g_str_equal (g_array_index (groups, Group, i).name, name))
      return &g_array_index (groups, Group, i);
  return NULL;
}

/* Whether the file has the weights as they are here, as nearly all do. */
static gboolean
fits (StrataHdf5  *file,
      GPtrArray   *weights,
      const Group *group)
{
  for (guint i = 0; i < weights->len && i < group->paths->len; i++)
    {
      StrataVariable *variable = g_ptr_array_index (weights, i);
      StrataShape shape;

      if (!strata_hdf5_get_shape (file, g_ptr_array_index (group->paths, i), &shape, NULL) ||
          !strata_shape_equal (&shape, &variable->shape))
        return FALSE;
    }
  return weights->len == group->paths->len;
}

static GPtrArray *
read_arrays (StrataHdf5   *file,
             const Group  *group,
             GError      **error)
{
  g_autoptr (GPtrArray) arrays = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_tensor_unref);

  for (guint i = 0; i < group->paths->len; i++)
    {
      g_autoptr (StrataTensor) array = strata_hdf5_read (file, g_ptr_array_index (group->paths, i), error);
      StrataTensor *floats = array != NULL ? strata_tensor_cast (array, STRATA_FLOAT32, error) : NULL;

      if (floats == NULL)
        return NULL;
      g_ptr_array_add (arrays, floats);
    }
  return g_steal_pointer (&arrays);
}

static gboolean
check_count (StrataLayer  *layer,
             guint         expected,
             guint         received,
             const Group  *group,
             GError      **error)
{
  if (expected == received)
    return TRUE;
  strata_set_error (error, STRATA_ERROR_SHAPE,
                    "The layer “%s” has %u weights, but the file has %u for it, as those of “%s”",
                    strata_layer_get_name (layer), expected, received, group->name);
  return FALSE;
}

/* Takes out the weights of activations, which keep those that they begin with where the model was never called. */
static void
remove_activations (StrataLayer *layer,
                    GPtrArray   *weights,
                    guint        depth)
{
  for (guint i = 0; i < strata_layer_get_n_children (layer) && depth < MAX_DEPTH; i++)
    {
      StrataLayer *child = strata_layer_get_child (layer, i, NULL);
      g_autoptr (GPtrArray) slopes = strata_layer_dup_weights (child);

      for (guint k = 0; k < slopes->len && strata_layer_is_activation (layer, child); k++)
        g_ptr_array_remove (weights, g_ptr_array_index (slopes, k));
      remove_activations (child, weights, depth + 1);
    }
}

/* The weights of a layer that a file has. */
static GPtrArray *
dup_weights (StrataLayer *layer,
             guint        n_arrays)
{
  g_autoptr (GPtrArray) weights = strata_legacy_dup_weights (layer);
  g_autoptr (GPtrArray) fewer = NULL;

  if (weights->len == n_arrays)
    return g_steal_pointer (&weights);
  fewer = g_ptr_array_copy (weights, (GCopyFunc) (void (*) (void)) strata_variable_ref, NULL);
  remove_activations (layer, fewer, 0);
  return fewer->len == n_arrays ? g_steal_pointer (&fewer) : g_steal_pointer (&weights);
}

static gboolean
plan_layer (StrataWeightPlan          *plan,
            StrataHdf5                *file,
            const StrataLegacyOrigin  *origin,
            StrataLayer               *layer,
            const Group               *group,
            GError                   **error)
{
  g_autoptr (GPtrArray) weights = dup_weights (layer, group->paths->len);
  g_autoptr (GPtrArray) arrays = NULL, converted = NULL;

  if (!origin->keras1 && !origin->convolves && fits (file, weights, group))
    {
      for (guint i = 0; i < weights->len; i++)
        strata_weight_plan_add (plan, layer, g_ptr_array_index (weights, i), g_ptr_array_index (group->paths, i));
      return TRUE;
    }
  arrays = read_arrays (file, group, error);
  converted = arrays != NULL ? strata_legacy_layout_convert (layer, arrays, origin, error) : NULL;
  if (converted == NULL || !check_count (layer, weights->len, converted->len, group, error))
    return FALSE;
  for (guint i = 0; i < weights->len; i++)
    {
      const char *path = g_ptr_array_index (group->paths, MIN (i, group->paths->len - 1));

      strata_weight_plan_add_array (plan, layer, g_ptr_array_index (weights, i), path,
                                    g_ptr_array_index (converted, i));
    }
  return TRUE;
}

/* @called: whether what Keras makes at the first call that computes counts */
static GPtrArray *
list_layers_with_weights (StrataModel *model,
                          gboolean     called)
{
  GPtrArray *layers = g_ptr_array_new ();

  for (guint i = 0; i < strata_model_get_n_layers (model); i++)
    {
      StrataLayer *layer = strata_model_get_layer (model, i);
      g_autoptr (GPtrArray) weights = strata_layer_dup_weights (layer);

      if (!called)
        remove_activations (layer, weights, 0);
      if (weights->len > 0)
        g_ptr_array_add (layers, layer);
    }
  return layers;
}

/* Keras goes by order alone; names are better where all are known, for order has changed between versions. */
static gboolean
all_named (GPtrArray *layers,
           GArray    *groups)
{
  for (guint i = 0; i < layers->len; i++)
    if (find_group (groups, strata_layer_get_name (g_ptr_array_index (layers, i))) == NULL)
      return FALSE;
  return layers->len == groups->len;
}

/**
 * strata_legacy_h5_read_weights: (skip)
 * @by_name: whether only layers whose names are in the file are read; otherwise all must be, by name or by order
 * @skipped: (nullable): as of strata_weight_plan_new()
 *
 * Reads weights from a file of weights or of a whole model.
 */
gboolean
strata_legacy_h5_read_weights (StrataModel  *model,
                               StrataHdf5   *file,
                               gboolean      by_name,
                               GPtrArray    *skipped,
                               GError      **error)
{
  const char *root = strata_hdf5_is_group (file, "model_weights") ? "model_weights" : "";
  g_autoptr (GArray) groups = read_groups (file, root, by_name, error);
  g_autoptr (GPtrArray) all = list_layers_with_weights (model, TRUE), sure = list_layers_with_weights (model, FALSE);
  g_autoptr (StrataWeightPlan) plan = strata_weight_plan_new (file, skipped);
  GPtrArray *layers = all;
  StrataLegacyOrigin origin;
  gboolean named;

  if (groups == NULL)
    return FALSE;
  if (!by_name && all->len != groups->len && sure->len == groups->len)
    layers = sure;
  strata_weight_plan_set_piecewise (plan);
  origin = strata_legacy_origin_read (file, root);
  named = by_name || all_named (layers, groups);
  if (!named && groups->len != layers->len)
    {
      strata_set_error (error, STRATA_ERROR_SHAPE, "The model “%s” has %u layers with weights, but “%s” has %u",
                        strata_layer_get_name (STRATA_LAYER (model)), layers->len, strata_hdf5_get_name (file),
                        groups->len);
      return FALSE;
    }
  for (guint i = 0; i < layers->len; i++)
    {
      StrataLayer *layer = g_ptr_array_index (layers, i);
      const Group *group = named ? find_group (groups, strata_layer_get_name (layer))
                                 : &g_array_index (groups, Group, i);

      GError *why = NULL;

      if (group != NULL && !plan_layer (plan, file, &origin, layer, group, &why) &&
          !strata_weight_plan_refuse (plan, layer, why, error))
        return FALSE;
    }
  return strata_weight_plan_run (plan, error);
}

/* Names of all weights of a layer: along the layers inside it. */
static void
name_weights (StrataLayer *layer,
              const char  *path,
              guint        depth,
              GHashTable  *names)
{
  g_autoptr (GPtrArray) own = strata_layer_dup_own_weights (layer);

  for (guint i = 0; i < own->len; i++)
    {
      StrataVariable *variable = g_ptr_array_index (own, i);

      if (!g_hash_table_contains (names, variable))
        g_hash_table_insert (names, variable, join (path, variable->name));
    }
  for (guint i = 0; i < strata_layer_get_n_children (layer) && depth < MAX_DEPTH; i++)
    {
      StrataLayer *child = strata_layer_get_child (layer, i, NULL);
      g_autofree char *inner = join (path, strata_layer_get_name (child));

      name_weights (child, inner, depth + 1, names);
    }
}

static char *
make_unique (GHashTable *used,
             const char *name)
{
  char *unique = g_strdup (name);

  for (guint i = 1; !g_hash_table_add (used, g_strdup (unique)); i++)
    {
      g_free (unique);
      unique = g_strdup_printf ("%s_%u", name, i);
    }
  return unique;
}

static gboolean
write_layer (StrataLayer  *layer,
             StrataHdf5   *file,
             const char   *group,
             GError      **error)
{
  g_autoptr (GPtrArray) weights = strata_legacy_dup_weights (layer);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) names = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GHashTable) used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  name_weights (layer, strata_layer_get_name (layer), 0, names);
  if (!strata_hdf5_make_group (file, group, error))
    return FALSE;
  for (guint i = 0; i < weights->len; i++)
    {
      StrataVariable *variable = g_ptr_array_index (weights, i);
      const char *known = g_hash_table_lookup (names, variable);
      char *name = make_unique (used, known != NULL ? known : variable->name);
      g_autofree char *path = join (group, name);

      g_ptr_array_add (list, name);
      if (!strata_variable_materialize (variable, error) || !strata_hdf5_write (file, path, variable->tensor, error))
        return FALSE;
    }
  return strata_hdf5_set_strings (file, group, "weight_names", list, error);
}

static gboolean
write_top_level (StrataModel  *model,
                 StrataHdf5   *file,
                 const char   *root,
                 GPtrArray    *names,
                 GError      **error)
{
  g_autofree char *group = join (root, "top_level_model_weights");
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  return strata_hdf5_make_group (file, group, error) &&
         strata_hdf5_set_strings (file, group, "weight_names", none, error) &&
         strata_hdf5_set_strings (file, root, "layer_names", names, error) &&
         strata_hdf5_set_string (file, root, "backend", "tensorflow", error) &&
         strata_hdf5_set_string (file, root, "keras_version", KERAS_VERSION, error);
}

/**
 * strata_legacy_h5_write_weights: (skip)
 * @root: the group to write to, "" for the root
 */
gboolean
strata_legacy_h5_write_weights (StrataModel  *model,
                                StrataHdf5   *file,
                                const char   *root,
                                GError      **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < strata_model_get_n_layers (model); i++)
    {
      StrataLayer *layer = strata_model_get_layer (model, i);
      g_autofree char *group = join (root, strata_layer_get_name (layer));

      /* Keras does not count operators among the layers. */
      if (STRATA_IS_OPERATOR (layer))
        continue;
      g_ptr_array_add (names, (gpointer) strata_layer_get_name (layer));
      if (!write_layer (layer, file, group, error))
        return FALSE;
    }
  return write_top_level (model, file, root, names, error);
}
