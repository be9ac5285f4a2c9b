/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/keras/weights-tree.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "io/keras/weight-file.h"
#include "io/keras/weight-plan.h"
#include "layers/activation-child.h"
#include "layers/naming.h"
#include "layers/operator.h"

#define MAX_DEPTH 60

typedef struct _Walk Walk;

/**
 * Walk:
 * @func: what is done with the weights of each layer
 * @visited: layers that had their turn: a shared one has its weights where it comes first
 * @lacking: activations for which the file has a place without weights
 */
struct _Walk
{
  StrataHdf5 *file;
  StrataWeightPlan *plan; /* when reading */
  StrataArchive *archive; /* for files beside the weights */
  gboolean (*func) (Walk *self, StrataLayer *layer, const char *path, GError **error);
  GHashTable *visited, *lacking;
};

static gboolean walk (Walk *self, StrataLayer *layer, const char *path, guint depth, GError **error);

static char *
join (const char *path,
      const char *name)
{
  return path[0] != '\0' ? g_strdup_printf ("%s/%s", path, name) : g_strdup (name);
}

/* Keras keeps lists of layers under these names; the layers in them are called by their classes. */
static gboolean
is_list (const char *attribute)
{
  return g_str_equal (attribute, "layers") || g_str_equal (attribute, "cells");
}

/* TensorFlow 2.13 called the list of layers otherwise. */
static const char *
find_list (Walk       *self,
           const char *path,
           const char *attribute)
{
  static const char old[] = "_layer_checkpoint_dependencies";
  g_autofree char *usual = join (path, attribute), *other = join (path, old);
  gboolean is_old = g_str_equal (attribute, "layers") && !strata_hdf5_has (self->file, usual) &&
                    strata_hdf5_has (self->file, other);

  return is_old ? old : attribute;
}

/* TensorFlow 2.15 called the layers in MultiHeadAttention by a name for themselves: "_query_dense". */
static char *
find_attribute (Walk       *self,
                const char *path,
                const char *attribute)
{
  g_autofree char *usual = join (path, attribute), *private_name = g_strconcat ("_", attribute, NULL);
  g_autofree char *other = join (path, private_name);

  if (!strata_hdf5_has (self->file, usual) && strata_hdf5_has (self->file, other))
    return g_steal_pointer (&other);
  return g_steal_pointer (&usual);
}

/* "dense", then "dense_1": counted within one list, and by class. */
static char *
name_in_list (StrataLayer *layer,
              const char  *list,
              GHashTable  *counts)
{
  g_autofree char *snake = strata_naming_snake (strata_object_get_class_name (STRATA_OBJECT (layer)));
  char *key = join (list, snake);
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, key));

  g_hash_table_insert (counts, key, GUINT_TO_POINTER (count + 1));
  return count == 0 ? g_strdup_printf ("%s/%s", list, snake) : g_strdup_printf ("%s/%s_%u", list, snake, count);
}

/* A layer inside another, and where it is in the file. */
typedef struct
{
  StrataLayer *layer;
  const char *attribute;
  char *path;
} Place;

static void
place_clear (gpointer data)
{
  g_free (((Place *) data)->path);
}

/* Keras goes through attributes by their names, private ones last. */
static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const Place *x = a, *y = b;
  int later = (x->attribute[0] == '_') - (y->attribute[0] == '_');

  return later != 0 ? later : strcmp (x->attribute, y->attribute);
}

static gboolean
is_repeated (StrataLayer *layer,
             const char  *attribute)
{
  guint n = 0;

  for (guint i = 0; i < strata_layer_get_n_children (layer); i++)
    {
      const char *other;

      strata_layer_get_child (layer, i, &other);
      n += g_str_equal (other, attribute);
    }
  return n > 1;
}

/*
 * A model has its layers in the attributes that it was given and in one more, "layers", where those are found that are
 * in none before that.
 */
static char *
find_place (Walk        *self,
            StrataLayer *parent,
            const char  *path,
            const Place *place,
            GHashTable  *counts)
{
  const Place layers = { .attribute = "layers" };
  gboolean known = is_list (place->attribute), within = STRATA_IS_MODEL (parent) && !known;
  g_autofree char *usual = within ? name_in_list (place->layer, "layers", counts) : NULL, *own = NULL, *name = NULL;

  if (known || is_repeated (parent, place->attribute))
    {
      name = name_in_list (place->layer, known ? find_list (self, path, place->attribute) : place->attribute, counts);
      own = join (path, name);
    }
  else
    own = find_attribute (self, path, place->attribute);
  if (!within || compare_places (place, &layers) < 0 || strata_hdf5_has (self->file, own))
    return g_steal_pointer (&own);
  return join (path, usual);
}

static gboolean
is_inside (StrataLayer *layer,
           StrataLayer *activation)
{
  for (guint i = 0; i < strata_layer_get_n_children (layer); i++)
    if (strata_layer_is_activation (strata_layer_get_child (layer, i, NULL), activation))
      return TRUE;
  return FALSE;
}

/* An activation that was never called keeps the weights that it begins with; tf-keras has an LSTM's in its cell. */
static gboolean
lacks_weights (Walk        *self,
               StrataLayer *layer,
               const Place *place)
{
  g_autofree char *group = join (place->path, "vars"), *first = join (group, "0");

  if (self->plan == NULL || strata_hdf5_has (self->file, first))
    return FALSE;
  if (strata_hdf5_is_group (self->file, group))
    g_hash_table_add (self->lacking, place->layer);
  return is_inside (layer, place->layer) || g_hash_table_contains (self->lacking, place->layer);
}

/* An activation has its place in the outermost layer that has it: an LSTM, rather than its cell. */
static gboolean
walk_places (Walk         *self,
             StrataLayer  *layer,
             GArray       *places,
             gboolean      activations,
             guint         depth,
             GError      **error)
{
  for (guint i = 0; i < places->len; i++)
    {
      const Place *place = &g_array_index (places, Place, i);

      if (strata_layer_is_activation (layer, place->layer) != activations)
        continue;
      if (activations && lacks_weights (self, layer, place))
        continue;
      if (!walk (self, place->layer, place->path, depth + 1, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
walk_children (Walk         *self,
               StrataLayer  *layer,
               const char   *path,
               guint         depth,
               GError      **error)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));

  g_array_set_clear_func (places, place_clear);
  for (guint i = 0; i < strata_layer_get_n_children (layer); i++)
    {
      Place place = { NULL };

      place.layer = strata_layer_get_child (layer, i, &place.attribute);
      /* Keras does not count operators among the layers. */
      if (STRATA_IS_OPERATOR (place.layer))
        continue;
      place.path = find_place (self, layer, path, &place, counts);
      g_array_append_val (places, place);
    }
  if (STRATA_IS_MODEL (layer))
    g_array_sort (places, compare_places);
  return walk_places (self, layer, places, TRUE, depth, error) &&
         walk_places (self, layer, places, FALSE, depth, error);
}

static gboolean
walk (Walk         *self,
      StrataLayer  *layer,
      const char   *path,
      guint         depth,
      GError      **error)
{
  if (depth > MAX_DEPTH)
    {
      strata_set_error (error, STRATA_ERROR_UNSUPPORTED, "Layers are in layers more than %d deep", MAX_DEPTH);
      return FALSE;
    }
  if (!g_hash_table_add (self->visited, layer))
    return TRUE;
  return self->func (self, layer, path, error) && walk_children (self, layer, path, depth, error);
}

static gboolean
run (Walk         *self,
     StrataModel  *model,
     GError      **error)
{
  gboolean good;

  self->visited = g_hash_table_new (NULL, NULL);
  self->lacking = g_hash_table_new (NULL, NULL);
  good = walk (self, STRATA_LAYER (model), "", 0, error);
  g_hash_table_unref (self->lacking);
  g_hash_table_unref (self->visited);
  return good;
}

static gboolean
write_layer (Walk         *self,
             StrataLayer  *layer,
             const char   *path,
             GError      **error)
{
  g_autoptr (GPtrArray) weights = strata_layer_dup_own_weights (layer);
  g_autofree char *group = join (path, "vars");

  return strata_weights_write_vars (self->file, group, strata_layer_get_name (layer), weights, error);
}

static gboolean
plan_layer (Walk         *self,
            StrataLayer  *layer,
            const char   *path,
            GError      **error)
{
  g_autoptr (GPtrArray) weights = strata_layer_dup_own_weights (layer);
  g_autofree char *group = join (path, "vars");
  g_autoptr (GPtrArray) names = weights->len > 0 ? strata_hdf5_list (self->file, group, NULL) : NULL;
  guint n = names != NULL ? names->len : 0;

  if (n != weights->len && weights->len > 0)
    {
      GError *why = g_error_new (STRATA_ERROR, STRATA_ERROR_SHAPE,
                                 _("The layer “%s” has %u weights, but “%s” has %u for it, at “%s”"),
                                 strata_layer_get_name (layer), weights->len, strata_hdf5_get_name (self->file), n,
                                 group);

      return strata_weight_plan_refuse (self->plan, layer, why, error);
    }
  for (guint i = 0; i < weights->len; i++)
    {
      g_autofree char *place = g_strdup_printf ("%s/%u", group, i);

      strata_weight_plan_add (self->plan, layer, g_ptr_array_index (weights, i), place);
    }
  return TRUE;
}

/**
 * strata_weights_tree_write: (skip)
 *
 * Writes all weights of a model.
 */
gboolean
strata_weights_tree_write (StrataModel  *model,
                           StrataHdf5   *file,
                           GError      **error)
{
  Walk self = { .file = file, .func = write_layer };

  return run (&self, model, error);
}

/**
 * strata_weights_tree_read: (skip)
 * @skipped: (nullable): as of strata_weight_plan_new()
 *
 * Reads all weights of a model; each must be there and have the right shape.
 */
gboolean
strata_weights_tree_read (StrataModel  *model,
                          StrataHdf5   *file,
                          GPtrArray    *skipped,
                          GError      **error)
{
  g_autoptr (StrataWeightPlan) plan = strata_weight_plan_new (file, skipped);
  Walk self = { .file = file, .plan = plan, .func = plan_layer };

  return run (&self, model, error) && strata_weight_plan_run (plan, error);
}

static gboolean
write_assets (Walk         *self,
              StrataLayer  *layer,
              const char   *path,
              GError      **error)
{
  g_autoptr (StrataAssets) assets = strata_assets_new ();
  GHashTableIter iter;
  gpointer name, value;

  strata_layer_save_assets (layer, assets);
  g_hash_table_iter_init (&iter, assets->files);
  while (self->archive != NULL && g_hash_table_iter_next (&iter, &name, &value))
    {
      g_autofree char *member = g_strdup_printf ("assets/%s/%s", path, (char *) name);

      strata_archive_set (self->archive, member, value);
    }
  g_hash_table_iter_init (&iter, assets->arrays);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      g_autofree char *place = g_strdup_printf ("%s/vars/%s", path, (char *) name);

      if (!strata_hdf5_write (self->file, place, value, error))
        return FALSE;
    }
  return TRUE;
}

static void
find_files (Walk         *self,
            const char   *path,
            StrataAssets *assets)
{
  g_autofree char *prefix = g_strdup_printf ("assets/%s/", path);
  const GPtrArray *names = strata_archive_get_names (self->archive);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      if (g_str_has_prefix (name, prefix) && strchr (name + strlen (prefix), '/') == NULL)
        g_hash_table_insert (assets->files, g_strdup (name + strlen (prefix)),
                             g_bytes_ref (strata_archive_get (self->archive, name)));
    }
}

/* Arrays that have names, rather than numbers as weights have. */
static gboolean
find_arrays (Walk          *self,
             const char    *path,
             StrataAssets  *assets,
             GError       **error)
{
  g_autofree char *group = join (path, "vars");
  g_autoptr (GPtrArray) names = strata_hdf5_is_group (self->file, group)
                                ? strata_hdf5_list (self->file, group, NULL) : NULL;

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *place = join (group, name);
      StrataTensor *array;

      if (g_ascii_isdigit (name[0]))
        continue;
      array = strata_hdf5_read (self->file, place, error);
      if (array == NULL)
        return FALSE;
      g_hash_table_insert (assets->arrays, g_strdup (name), array);
    }
  return TRUE;
}

static gboolean
read_assets (Walk         *self,
             StrataLayer  *layer,
             const char   *path,
             GError      **error)
{
  g_autoptr (StrataAssets) assets = NULL;

  if (STRATA_LAYER_GET_CLASS (layer)->load_assets == NULL)
    return TRUE;
  assets = strata_assets_new ();
  if (self->archive != NULL)
    find_files (self, path, assets);
  return find_arrays (self, path, assets, error) && strata_layer_load_assets (layer, assets, error);
}

/**
 * strata_weights_tree_write_assets: (skip)
 * @archive: (nullable): where files of layers go; arrays go to @file
 *
 * Writes what layers keep beside their weights.
 */
gboolean
strata_weights_tree_write_assets (StrataModel    *model,
                                  StrataHdf5     *file,
                                  StrataArchive  *archive,
                                  GError        **error)
{
  Walk self = { .file = file, .archive = archive, .func = write_assets };

  return run (&self, model, error);
}

gboolean
strata_weights_tree_read_assets (StrataModel    *model,
                                 StrataHdf5     *file,
                                 StrataArchive  *archive,
                                 GError        **error)
{
  Walk self = { .file = file, .archive = archive, .func = read_assets };

  return run (&self, model, error);
}

/**
 * strata_weights_tree_is: (skip)
 *
 * Returns: whether a file has its weights along the model's objects, rather than by the names of layers
 */
gboolean
strata_weights_tree_is (StrataHdf5 *file)
{
  return !strata_hdf5_has_attribute (file, "", "layer_names") &&
         !strata_hdf5_has_attribute (file, "", "layer_names0") &&
         (strata_hdf5_is_group (file, "layers") || strata_hdf5_is_group (file, "vars") ||
          strata_hdf5_is_group (file, "_layer_checkpoint_dependencies"));
}
