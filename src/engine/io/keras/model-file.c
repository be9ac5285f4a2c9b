/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/keras/model-file.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "io/atomic-file.h"
#include "io/code/c-code.h"
#include "io/code/python.h"
#include "io/keras/config-private.h"
#include "io/keras/keras-file.h"
#include "io/keras/legacy-h5.h"
#include "io/keras/shards.h"
#include "io/keras/weight-file.h"
#include "io/keras/weights-tree.h"

typedef enum
{
  FORMAT_KERAS,
  FORMAT_WEIGHTS,
  FORMAT_SHARDS,
  FORMAT_H5,
  FORMAT_JSON,
  FORMAT_PYTHON,
  FORMAT_C,
  FORMAT_UNKNOWN,
} Format;

static Format
get_format (const char *path)
{
  static const struct
  {
    const char *suffix;
    Format format;
  } suffixes[] = {
    { ".keras", FORMAT_KERAS }, { ".weights.h5", FORMAT_WEIGHTS }, { ".h5", FORMAT_H5 },    { ".hdf5", FORMAT_H5 },
    { ".weights.json", FORMAT_SHARDS }, { ".json", FORMAT_JSON },   { ".py", FORMAT_PYTHON },
    { ".c", FORMAT_C },
  };
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (lower, suffixes[i].suffix))
      return suffixes[i].format;
  return FORMAT_UNKNOWN;
}

static gboolean
refuse (const char  *path,
        const char  *what,
        GError     **error)
{
  strata_set_error (error, STRATA_ERROR_VALUE, "“%s”: %s", path, what);
  return FALSE;
}

static gboolean
refuse_name (const char  *path,
             GError     **error)
{
  return refuse (path, _("the name of a model ends in .keras, .h5, .weights.h5, .weights.json, .json, .py or .c"),
                 error);
}

/* Has an HDF5 file written beside the old one. */
static gboolean
write_hdf5 (StrataModel  *model,
            const char   *path,
            gboolean    (*func) (StrataModel *model, StrataHdf5 *file, GError **error),
            GError      **error)
{
  g_autoptr (StrataAtomicFile) atomic = strata_atomic_file_new (path, error);
  g_autoptr (StrataHdf5) file = NULL;

  if (atomic == NULL)
    return FALSE;
  file = strata_hdf5_create (strata_atomic_file_get_path (atomic), error);
  return file != NULL && func (model, file, error) && strata_hdf5_close (file, error) &&
         strata_atomic_file_commit (atomic, error);
}

static gboolean
write_tree (StrataModel  *model,
            StrataHdf5   *file,
            GError      **error)
{
  StrataOptimizer *optimizer = strata_model_get_optimizer (model);

  return strata_weights_tree_write (model, file, error) &&
         strata_weights_tree_write_assets (model, file, NULL, error) &&
         (optimizer == NULL || !strata_optimizer_is_built (optimizer) ||
          strata_optimizer_write_vars (optimizer, file, error));
}

static gboolean
write_shards (StrataModel  *model,
              const char   *path,
              gint64        max_bytes,
              GError      **error)
{
  g_autoptr (StrataHdf5) file = strata_hdf5_create_bytes (error);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (StrataHdf5) whole = NULL;
  g_autofree char *name = g_strdup_printf ("%s: weights", path);

  if (file == NULL || !write_tree (model, file, error))
    return FALSE;
  bytes = strata_hdf5_to_bytes (file, error);
  whole = bytes != NULL ? strata_hdf5_open_bytes (bytes, name, error) : NULL;
  return whole != NULL && strata_shards_write (whole, path, max_bytes, error);
}

static gboolean
write_legacy_weights (StrataModel  *model,
                      StrataHdf5   *file,
                      GError      **error)
{
  return strata_legacy_h5_write_weights (model, file, "", error);
}

static gboolean
write_text (char        *text,
            const char  *path,
            GError     **error)
{
  gboolean good = text != NULL && strata_file_write (path, text, strlen (text), error);

  g_free (text);
  return good;
}

static gboolean
check_built (StrataModel  *model,
             GError      **error)
{
  if (strata_layer_is_built (STRATA_LAYER (model)))
    return TRUE;
  strata_set_error (error, STRATA_ERROR_STATE, "The model “%s” has no weights yet, for nothing tells the shape of its "
                    "input; begin it with an input", strata_layer_get_name (STRATA_LAYER (model)));
  return FALSE;
}

/**
 * strata_model_save:
 * @path: what to write or replace; its suffix tells what: `.keras`, `.h5` (Keras's legacy format), `.weights.h5`
 *   (weights only), `.weights.json` (weights only, in shards), `.json` (architecture only),
 *   `.py` or `.c` (Python or C code that builds it)
 *
 * Writes a model. The old file stays as it was until the new one is whole.
 */
gboolean
strata_model_save (StrataModel  *model,
                   const char   *path,
                   GError      **error)
{
  g_autoptr (StrataKerasFile) file = NULL;

  switch (get_format (path))
    {
    case FORMAT_KERAS:
      file = strata_keras_file_new (model);
      return strata_keras_file_write (file, path, error);
    case FORMAT_WEIGHTS:
    case FORMAT_SHARDS:
      return strata_model_save_weights (model, path, error);
    case FORMAT_H5:
      return check_built (model, error) && write_hdf5 (model, path, strata_legacy_h5_write_model, error);
    case FORMAT_JSON:
      return write_text (strata_model_to_json (model, error), path, error);
    case FORMAT_PYTHON:
      return write_text (strata_model_to_python (model, error), path, error);
    case FORMAT_C:
      return write_text (strata_model_to_c (model, error), path, error);
    case FORMAT_UNKNOWN:
      break;
    }
  return refuse_name (path, error);
}

static void
tell_of_keras2 (StrataLayer *layer,
                GPtrArray   *warnings)
{
  if (STRATA_LAYER_GET_CLASS (layer)->flags & STRATA_LAYER_OF_KERAS2)
    g_ptr_array_add (warnings, g_strdup_printf (_("The layer “%s” is a %s, which Keras 3 does not have: it cannot open "
                                                  "this file, and Keras 2 reads .h5 only"),
                                                strata_layer_get_name (layer),
                                                strata_object_get_class_name (STRATA_OBJECT (layer))));
  for (guint i = 0; i < strata_layer_get_n_children (layer); i++)
    tell_of_keras2 (strata_layer_get_child (layer, i, NULL), warnings);
}

/**
 * strata_model_foresee: (skip)
 * @path: where the model goes
 * @warnings: (element-type utf8): gets a sentence for each layer that the file's readers do not know
 *
 * Tells for whom a file will be of no use.
 */
void
strata_model_foresee (StrataModel *model,
                      const char  *path,
                      GPtrArray   *warnings)
{
  Format format = get_format (path);

  if (format == FORMAT_KERAS || format == FORMAT_JSON || format == FORMAT_PYTHON)
    tell_of_keras2 (STRATA_LAYER (model), warnings);
}

/**
 * strata_model_check_path:
 * @path: where a model is to go later
 *
 * Whether strata_model_save() can write there, which one wants to know before a training that takes hours. Nothing is
 * left there.
 */
gboolean
strata_model_check_path (const char  *path,
                         GError     **error)
{
  g_autoptr (StrataAtomicFile) file = NULL;

  if (get_format (path) == FORMAT_UNKNOWN)
    return refuse_name (path, error);
  file = strata_atomic_file_new (path, error);
  return file != NULL;
}

/* Whether a folder has what .keras files have, or is told of by name; others may hold anything, and much of it. */
static gboolean
is_unpacked (const char *folder)
{
  static const char *const members[] = { "config.json", "metadata.json", "saved_model.pb", "strata" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *path = g_build_filename (folder, members[i], NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return TRUE;
    }
  return FALSE;
}

/* What a file begins with counts more than its name, which people change; text says less than a name. */
static Format
find_format (const char *path)
{
  Format named = get_format (path);
  char start[4] = "";
  FILE *file;
  gsize n;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return is_unpacked (path) ? FORMAT_KERAS : FORMAT_UNKNOWN;
  file = fopen (path, "rb");
  n = file != NULL ? fread (start, 1, sizeof start, file) : 0;
  if (file != NULL)
    fclose (file);
  if (n == 4 && memcmp (start, "PK\3\4", 4) == 0)
    return FORMAT_KERAS;
  if (n == 4 && memcmp (start, "\x89HDF", 4) == 0)
    return FORMAT_H5;
  return named == FORMAT_UNKNOWN && n > 0 && start[0] == '{' ? FORMAT_JSON : named;
}

static StrataModel *
load_keras (const char  *path,
            GPtrArray   *warnings,
            GError     **error)
{
  g_autoptr (StrataKerasFile) file = strata_keras_file_read (path, error);

  if (file == NULL)
    return NULL;
  if (file->model == NULL)
    {
      refuse (path,
              _("it is a draft: its network is not a model yet; open it in Strata and mend what it marks"), error);
      return NULL;
    }
  if (warnings != NULL)
    g_ptr_array_extend (warnings, file->warnings, (GCopyFunc) (gpointer) g_strdup, NULL);
  return g_object_ref (file->model);
}

static StrataModel *
load_h5 (const char  *path,
         GPtrArray   *warnings,
         GError     **error)
{
  g_autoptr (StrataHdf5) file = strata_hdf5_open (path, error);

  if (file == NULL)
    return NULL;
  if (!strata_legacy_h5_has_model (file))
    {
      refuse (path,
              _("it has weights, but no model; load the model from elsewhere and then these weights into it"), error);
      return NULL;
    }
  return strata_legacy_h5_read_model (file, warnings, error);
}

static StrataModel *
load_json (const char  *path,
           GPtrArray   *warnings,
           GError     **error)
{
  g_autoptr (GBytes) bytes = strata_file_read (path, error);
  StrataModel *model = bytes != NULL ? strata_model_from_json (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                                               path, error) : NULL;

  if (model != NULL)
    strata_config_warn_unlearned (STRATA_LAYER (model), warnings);
  return model;
}

static StrataModel *
load_python (const char  *path,
             GError     **error)
{
  g_autoptr (GBytes) bytes = strata_file_read (path, error);
  g_autofree char *code = bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : NULL;
  g_autoptr (StrataModel) model = code != NULL ? strata_model_from_python (code, error) : NULL;

  if (bytes != NULL && model == NULL)
    g_prefix_error (error, "“%s”: ", path);
  return g_steal_pointer (&model);
}

/**
 * strata_model_load_full:
 * @path: a model: `.keras`, also as a folder, `.h5`, `.json`, or `.py` in what of Python
 *   strata_model_from_python() reads
 * @warnings: (nullable) (element-type utf8): gets what could not be read and is left out, in sentences
 *
 * Returns: (transfer full): the model, compiled as it was, with its optimizer's state
 */
StrataModel *
strata_model_load_full (const char  *path,
                        GPtrArray   *warnings,
                        GError     **error)
{
  switch (find_format (path))
    {
    case FORMAT_KERAS:
      return load_keras (path, warnings, error);
    case FORMAT_WEIGHTS:
    case FORMAT_H5:
      return load_h5 (path, warnings, error);
    case FORMAT_SHARDS:
      refuse (path,
              _("it lists weights, but no model; load the model from elsewhere and then these weights into it"), error);
      return NULL;
    case FORMAT_JSON:
      return load_json (path, warnings, error);
    case FORMAT_PYTHON:
      return load_python (path, error);
    case FORMAT_C:
      refuse (path, _("C code is written, but not read: save the model as .keras"), error);
      return NULL;
    case FORMAT_UNKNOWN:
      break;
    }
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    strata_set_error (error, STRATA_ERROR_FILE, "There is no file “%s”", path);
  else
    refuse (path, _("it is not a model: not a .keras, .h5, .json or .py file"), error);
  return NULL;
}

/**
 * strata_model_load:
 * @path: a model: `.keras`, also as a folder, `.h5`, `.json`, or `.py` in what of Python
 *   strata_model_from_python() reads
 *
 * Returns: (transfer full): the model, compiled as it was, with its optimizer's state
 */
StrataModel *
strata_model_load (const char  *path,
                   GError     **error)
{
  return strata_model_load_full (path, NULL, error);
}

/**
 * strata_model_save_shards:
 * @path: the list to write or replace, `x.weights.json`; the shards `x_00000.weights.h5` and so on come beside it
 * @max_bytes: how much a shard holds at most, unless a single weight is larger: Keras's `max_shard_size`
 *
 * Writes weights into several files.
 *
 * Returns: whether they were written
 */
gboolean
strata_model_save_shards (StrataModel  *model,
                          const char   *path,
                          gint64        max_bytes,
                          GError      **error)
{
  if (get_format (path) != FORMAT_SHARDS)
    return refuse (path, _("the name of a list of shards ends in .weights.json"), error);
  return check_built (model, error) && write_shards (model, path, max_bytes, error);
}

/**
 * strata_model_save_weights:
 * @path: what to write or replace: `.weights.h5` as Keras 3 has it, `.weights.json` in shards, or `.h5` as Keras 2 had
 *   it
 */
gboolean
strata_model_save_weights (StrataModel  *model,
                           const char   *path,
                           GError      **error)
{
  switch (get_format (path))
    {
    case FORMAT_WEIGHTS:
      return check_built (model, error) && write_hdf5 (model, path, write_tree, error);
    case FORMAT_SHARDS:
      return strata_model_save_shards (model, path, STRATA_SHARD_BYTES, error);
    case FORMAT_H5:
      return check_built (model, error) && write_hdf5 (model, path, write_legacy_weights, error);
    default:
      return refuse (path, _("the name of a file of weights ends in .weights.h5, .weights.json or .h5"), error);
    }
}

static StrataHdf5 *
open_weights (const char  *path,
              GError     **error)
{
  g_autoptr (StrataArchive) archive = NULL;
  Format format = find_format (path);

  if (format == FORMAT_SHARDS)
    return strata_shards_read (path, error);
  if (format != FORMAT_KERAS)
    return strata_hdf5_open (path, error);
  archive = g_file_test (path, G_FILE_TEST_IS_DIR) ? strata_archive_read_folder (path, error)
                                                   : strata_archive_read (path, error);
  return archive != NULL ? strata_keras_file_open_weights (archive, path, error) : NULL;
}

/**
 * strata_model_load_weights_full:
 * @path: weights, or a whole model: `.weights.h5`, `.weights.json`, `.h5` or `.keras`
 * @by_name: whether only layers whose names are in a legacy file are read; otherwise all must be there
 * @skipped: (nullable) (element-type utf8): where it is told which layers do not fit, as with Keras's `skip_mismatch`
 *
 * Gives a model the weights of a file. Where layers do not fit, they stay as they were; without @skipped, all do.
 *
 * Returns: whether weights were read
 */
gboolean
strata_model_load_weights_full (StrataModel  *model,
                                const char   *path,
                                gboolean      by_name,
                                GPtrArray    *skipped,
                                GError      **error)
{
  g_autoptr (StrataHdf5) file = NULL;

  if (!check_built (model, error))
    return FALSE;
  file = open_weights (path, error);
  if (file == NULL)
    return FALSE;
  if (!strata_weights_tree_is (file))
    return strata_legacy_h5_read_weights (model, file, by_name, skipped, error);
  return strata_weights_tree_read (model, file, skipped, error) &&
         strata_weights_tree_read_assets (model, file, NULL, error);
}

/**
 * strata_model_load_weights:
 * @path: weights, or a whole model: `.weights.h5`, `.weights.json`, `.h5` or `.keras`
 * @by_name: whether only layers whose names are in a legacy file are read; otherwise all must be there
 *
 * Gives a model the weights of a file. Where they do not fit, the model stays as it was.
 */
gboolean
strata_model_load_weights (StrataModel  *model,
                           const char   *path,
                           gboolean      by_name,
                           GError      **error)
{
  return strata_model_load_weights_full (model, path, by_name, NULL, error);
}
