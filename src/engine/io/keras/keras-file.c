/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/keras/keras-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/json.h"
#include "io/keras/compile-config.h"
#include "io/keras/model-config.h"
#include "io/keras/npz-weights.h"
#include "io/keras/weight-file.h"
#include "io/keras/weights-tree.h"

/* Strata writes files as this version of Keras does. */
#define KERAS_VERSION "3.15.1"
#define METADATA "metadata.json"
#define CONFIG "config.json"
#define WEIGHTS "model.weights.h5"
#define SAVED_MODEL "saved_model.pb"
#define NPZ_WEIGHTS "model.weights.npz"

/**
 * strata_keras_file_new: (skip)
 * @model: (nullable): what to write; %NULL for a draft
 *
 * Returns: (transfer full): what a file of @model holds, without extras
 */
StrataKerasFile *
strata_keras_file_new (StrataModel *model)
{
  StrataKerasFile *self = g_new0 (StrataKerasFile, 1);

  self->model = model != NULL ? g_object_ref (model) : NULL;
  self->extras = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
strata_keras_file_free (StrataKerasFile *self)
{
  g_clear_object (&self->model);
  g_clear_pointer (&self->config, json_node_unref);
  g_hash_table_unref (self->extras);
  g_ptr_array_unref (self->warnings);
  g_free (self);
}

/**
 * strata_keras_file_set_extra:
 * @name: a member, such as "strata/document.json"
 * @bytes: (nullable): its contents; %NULL to remove it
 */
void
strata_keras_file_set_extra (StrataKerasFile *self,
                             const char      *name,
                             GBytes          *bytes)
{
  if (bytes == NULL)
    g_hash_table_remove (self->extras, name);
  else
    g_hash_table_replace (self->extras, g_strdup (name), g_bytes_ref (bytes));
}

/**
 * strata_keras_file_get_extra:
 *
 * Returns: (transfer none) (nullable): the contents of a member
 */
GBytes *
strata_keras_file_get_extra (StrataKerasFile *self,
                             const char      *name)
{
  return g_hash_table_lookup (self->extras, name);
}

void
strata_keras_file_warn (StrataKerasFile *self,
                        const char      *format,
                        ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->warnings, g_strdup_vprintf (_(format), args));
  va_end (args);
}

/* A model without its optimizer's state is still one: what is wrong with it is only told. */
static void
read_compiled (StrataKerasFile *self,
               StrataHdf5      *weights)
{
  JsonObject *config = strata_model_config_find_compile (self->config);
  g_autoptr (JsonObject) scaled = NULL;
  g_autoptr (GError) error = NULL;

  if (config == NULL)
    return;
  if (strata_hdf5_is_group (weights, "optimizer/inner_optimizer"))
    config = scaled = strata_compile_config_scale_loss (config);
  if (!strata_compile_config_apply (config, self->model, &error))
    strata_keras_file_warn (self, "The model is not compiled, for what it was compiled with cannot be used: %s",
                            error->message);
  else if (strata_hdf5_is_group (weights, "optimizer/vars") &&
           (!strata_model_build_optimizer (self->model, &error) ||
            !strata_optimizer_read_vars (strata_model_get_optimizer (self->model), weights, &error)))
    strata_keras_file_warn (self, "The optimizer begins anew: %s", error->message);
}

/**
 * strata_keras_file_open_weights: (skip)
 * @archive: members of a `.keras` file
 * @name: what to call it in errors
 *
 * Returns: (transfer full): its weights
 */
StrataHdf5 *
strata_keras_file_open_weights (StrataArchive  *archive,
                                const char     *name,
                                GError        **error)
{
  const char *member = strata_archive_get (archive, WEIGHTS) != NULL ? WEIGHTS : NPZ_WEIGHTS;
  GBytes *bytes = strata_archive_get (archive, member);
  g_autofree char *place = g_strdup_printf ("%s: %s", name, member);

  if (bytes == NULL)
    {
      strata_set_error (error, STRATA_ERROR_FORMAT, "“%s” has no weights: %s is missing", name, WEIGHTS);
      return NULL;
    }
  /* In a folder, Keras gives NumPy's arrays the name of HDF5's. */
  return strata_archive_is (bytes) ? strata_npz_weights_read (bytes, place, error)
                                   : strata_hdf5_open_bytes (bytes, place, error);
}

static gboolean
read_weights (StrataKerasFile  *self,
              StrataArchive    *archive,
              const char       *name,
              GError          **error)
{
  g_autoptr (StrataHdf5) weights = strata_keras_file_open_weights (archive, name, error);

  if (weights == NULL || !strata_weights_tree_read (self->model, weights, NULL, error) ||
      !strata_weights_tree_read_assets (self->model, weights, archive, error))
    return FALSE;
  read_compiled (self, weights);
  return TRUE;
}

static gboolean
read_model (StrataKerasFile  *self,
            StrataArchive    *archive,
            const char       *name,
            GError          **error)
{
  GBytes *bytes = strata_archive_get (archive, CONFIG);
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  self->config = strata_json_parse (text, size, error);
  if (self->config == NULL)
    {
      g_prefix_error (error, CONFIG ": ");
      return FALSE;
    }
  self->model = strata_model_from_config (self->config, error);
  return self->model != NULL && read_weights (self, archive, name, error);
}

static void
keep_extras (StrataKerasFile *self,
             StrataArchive   *archive)
{
  const GPtrArray *names = strata_archive_get_names (archive);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      if (!g_str_equal (name, METADATA) && !g_str_equal (name, CONFIG) && !g_str_equal (name, WEIGHTS) &&
          !g_str_equal (name, NPZ_WEIGHTS) && !g_str_has_prefix (name, "assets/"))
        strata_keras_file_set_extra (self, name, strata_archive_get (archive, name));
    }
}

/* A draft has no config, but members of Strata's own. */
static gboolean
is_draft (StrataKerasFile *self)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, self->extras);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (g_str_has_prefix (name, "strata/"))
      return TRUE;
  return FALSE;
}

static StrataKerasFile *
read_archive (StrataArchive  *archive,
              const char     *name,
              GError        **error)
{
  g_autoptr (StrataKerasFile) self = strata_keras_file_new (NULL);
  gboolean good = TRUE;

  keep_extras (self, archive);
  if (strata_archive_get (archive, CONFIG) != NULL)
    good = read_model (self, archive, name, error);
  else if (strata_archive_get (archive, SAVED_MODEL) != NULL)
    {
      strata_set_error (error, STRATA_ERROR_UNSUPPORTED, "it is a SavedModel of TensorFlow, which holds a graph and "
                        "none of the layers; load it in Keras 2, and save it as .keras or .h5");
      good = FALSE;
    }
  else if (!is_draft (self))
    {
      strata_set_error (error, STRATA_ERROR_FORMAT, "it is not a Keras model: it has no " CONFIG);
      good = FALSE;
    }
  if (!good)
    {
      g_prefix_error (error, "“%s”: ", name);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * strata_keras_file_parse: (skip)
 * @bytes: contents of a `.keras` file
 * @name: what to call it in errors
 *
 * Returns: (transfer full): the model, compiled as it was, with its optimizer's state
 */
StrataKerasFile *
strata_keras_file_parse (GBytes      *bytes,
                         const char  *name,
                         GError     **error)
{
  g_autoptr (StrataArchive) archive = strata_archive_parse (bytes, name, error);

  return archive != NULL ? read_archive (archive, name, error) : NULL;
}

/**
 * strata_keras_file_read: (skip)
 * @path: a `.keras` file, or the folder that one was unpacked to
 *
 * Returns: (transfer full): the model, compiled as it was, with its optimizer's state
 */
StrataKerasFile *
strata_keras_file_read (const char  *path,
                        GError     **error)
{
  g_autoptr (StrataArchive) archive = NULL;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    archive = strata_archive_read_folder (path, error);
  else
    archive = strata_archive_read (path, error);
  return archive != NULL ? read_archive (archive, path, error) : NULL;
}

static void
add_text (StrataArchive *archive,
          const char    *name,
          const char    *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  strata_archive_set (archive, name, bytes);
}

static gboolean
add_weights (StrataArchive  *archive,
             StrataModel    *model,
             GError        **error)
{
  g_autoptr (StrataHdf5) weights = strata_hdf5_create_bytes (error);
  g_autoptr (GBytes) bytes = NULL;
  StrataOptimizer *optimizer = strata_model_get_optimizer (model);

  if (weights == NULL || !strata_weights_tree_write (model, weights, error) ||
      !strata_weights_tree_write_assets (model, weights, archive, error))
    return FALSE;
  if (optimizer != NULL && strata_optimizer_is_built (optimizer) &&
      !strata_optimizer_write_vars (optimizer, weights, error))
    return FALSE;
  bytes = strata_hdf5_to_bytes (weights, error);
  if (bytes == NULL)
    return FALSE;
  strata_archive_set (archive, WEIGHTS, bytes);
  return TRUE;
}

static gboolean
add_model (StrataArchive  *archive,
           StrataModel    *model,
           GError        **error)
{
  g_autoptr (JsonNode) config = strata_model_to_config (model, error);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d@%H:%M:%S");
  g_autofree char *metadata = g_strdup_printf ("{\"keras_version\": \"" KERAS_VERSION "\", \"date_saved\": \"%s\"}",
                                               date);
  g_autofree char *text = NULL;

  if (config == NULL)
    return FALSE;
  if (!strata_layer_is_built (STRATA_LAYER (model)))
    {
      strata_set_error (error, STRATA_ERROR_STATE, "The model “%s” has no weights yet, for nothing tells the shape of "
                        "its input; begin it with an input", strata_layer_get_name (STRATA_LAYER (model)));
      return FALSE;
    }
  text = strata_json_to_text (config, FALSE);
  add_text (archive, METADATA, metadata);
  add_text (archive, CONFIG, text);
  return add_weights (archive, model, error);
}

/**
 * strata_keras_file_write:
 * @path: the `.keras` file to write or replace
 *
 * Writes the model, if there is one, and the other members. On error, the old file is as it was.
 */
gboolean
strata_keras_file_write (StrataKerasFile  *self,
                         const char       *path,
                         GError          **error)
{
  g_autoptr (StrataArchive) archive = strata_archive_new ();
  g_autoptr (GList) names = g_hash_table_get_keys (self->extras);

  if (self->model != NULL && !add_model (archive, self->model, error))
    return FALSE;
  names = g_list_sort (g_steal_pointer (&names), (GCompareFunc) strcmp);
  for (GList *l = names; l != NULL; l = l->next)
    strata_archive_set (archive, l->data, strata_keras_file_get_extra (self, l->data));
  return strata_archive_write (archive, path, error);
}
