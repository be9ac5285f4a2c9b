/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "arrays.h"

#include <stdio.h>
#include <string.h>

#include "io/formats/csv.h"
#include "io/formats/idx.h"
#include "io/formats/npy.h"
#include "io/formats/npz.h"
#include "models/array-source.h"

static gboolean
has_suffix (const char *path,
            const char *suffix)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  return g_str_has_suffix (lower, suffix);
}

/* Takes the table. */
static StrataTensor *
to_tensor (StrataTable  *table,
           const char   *name,
           GError      **error)
{
  StrataTensor *tensor;

  if (table == NULL)
    return NULL;
  tensor = strata_table_to_tensor (table, error);
  if (tensor == NULL)
    g_prefix_error (error, "%s: ", name);
  strata_table_unref (table);
  return tensor;
}

/* What comes through a pipe says itself whether it is NumPy's; else it is a table. */
static StrataTensor *
read_input (GError **error)
{
  const char *name = "standard input";
  g_autoptr (GByteArray) read = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  guint8 buffer[65536];

  for (gsize n; (n = fread (buffer, 1, sizeof buffer, stdin)) > 0;)
    g_byte_array_append (read, buffer, n);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&read));
  if (g_bytes_get_size (bytes) >= 6 && memcmp (g_bytes_get_data (bytes, NULL), "\x93NUMPY", 6) == 0)
    return strata_npy_parse (bytes, name, error);
  return to_tensor (strata_csv_parse (bytes, name, error), name, error);
}

static StrataTensor *
read_npz (const char  *path,
          GError     **error)
{
  g_autoptr (StrataNpz) file = strata_npz_read (path, error);

  if (file == NULL)
    return NULL;
  if (strata_npz_get_n (file) == 1)
    return strata_tensor_ref (strata_npz_get (file, 0));
  strata_set_error (error, STRATA_ERROR_DATA, "“%s” has %u arrays, but one is wanted; save that one as .npy", path,
                    strata_npz_get_n (file));
  return NULL;
}

/**
 * strata_arrays_read: (skip)
 * @path: a file: .npy, .npz with one array, .csv, or IDX as MNIST's; “-” for standard input, .npy or .csv
 *
 * Returns: (transfer full): the array in it
 */
StrataTensor *
strata_arrays_read (const char  *path,
                    GError     **error)
{
  if (g_str_equal (path, "-"))
    return read_input (error);
  if (has_suffix (path, ".csv"))
    return to_tensor (strata_csv_read (path, error), path, error);
  if (has_suffix (path, ".npz"))
    return read_npz (path, error);
  if (has_suffix (path, "ubyte") || has_suffix (path, "ubyte.gz"))
    return strata_idx_read (path, error);
  return strata_npy_read (path, error);
}

/**
 * strata_arrays_check_path: (skip)
 *
 * Whether strata_arrays_write() knows what to write.
 */
gboolean
strata_arrays_check_path (const char  *path,
                          GError     **error)
{
  if (g_str_equal (path, "-") || has_suffix (path, ".csv") || has_suffix (path, ".npy"))
    return TRUE;
  strata_set_error (error, STRATA_ERROR_VALUE, "“%s”: an array is written as .npy or .csv, or to - as a table", path);
  return FALSE;
}

/**
 * strata_arrays_write: (skip)
 * @path: a file: .npy or .csv; “-” for standard output
 */
gboolean
strata_arrays_write (const char    *path,
                     StrataTensor  *tensor,
                     GError       **error)
{
  if (g_str_equal (path, "-"))
    {
      g_autofree char *text = strata_csv_to_text (NULL, tensor);

      g_print ("%s", text);
      return TRUE;
    }
  if (has_suffix (path, ".csv"))
    return strata_csv_write (path, NULL, tensor, error);
  return strata_npy_write (path, tensor, error);
}

/* NAME=x.npy names what the file is for; a file's own name may hold '=' too. */
static const char *
split_argument (const char  *argument,
                char       **name)
{
  const char *equals = strchr (argument, '=');

  if (equals == NULL || memchr (argument, G_DIR_SEPARATOR, equals - argument) != NULL)
    return argument;
  *name = g_strndup (argument, equals - argument);
  return equals + 1;
}

static gboolean
find_place (const char         *name,
            guint               position,
            const char *const  *names,
            guint               n_names,
            guint              *place,
            GError            **error)
{
  *place = position;
  if (name == NULL)
    return TRUE;
  for (guint i = 0; i < n_names; i++)
    if (g_str_equal (names[i], name))
      {
        *place = i;
        return TRUE;
      }
  strata_set_error (error, STRATA_ERROR_NAME, "the model has nothing called “%s”", name);
  return FALSE;
}

static gboolean
read_argument (const char         *argument,
               guint               position,
               const char *const  *names,
               guint               n_names,
               StrataTensor      **tensors,
               guint               n,
               GError            **error)
{
  g_autofree char *name = NULL;
  const char *path = split_argument (argument, &name);
  guint place;

  if (!find_place (name, position, names, n_names, &place, error))
    return FALSE;
  if (place >= n || tensors[place] != NULL)
    {
      strata_set_error (error, STRATA_ERROR_DATA, "%u arrays are given, but not one for each that the model has", n);
      return FALSE;
    }
  tensors[place] = strata_arrays_read (path, error);
  return tensors[place] != NULL;
}

/**
 * strata_arrays_open: (skip)
 * @arguments: files, each perhaps after `NAME=`
 * @names: what the model calls its inputs or outputs
 * @n_names: how many it has; 0 where it is not known
 *
 * Returns: (transfer full): the arrays as a source of samples, in the model's order
 */
StrataSource *
strata_arrays_open (char              **arguments,
                    const char *const  *names,
                    guint               n_names,
                    GError            **error)
{
  guint n = g_strv_length (arguments);
  StrataTensor **tensors = g_new0 (StrataTensor *, n + 1);
  StrataSource *source = NULL;
  guint read = 0;

  for (; read < n; read++)
    if (!read_argument (arguments[read], read, names, n_names, tensors, n, error))
      break;
  if (read == n)
    source = strata_array_source_new (tensors, n, error);
  for (guint i = 0; i < n; i++)
    g_clear_pointer (&tensors[i], strata_tensor_unref);
  g_free (tensors);
  return source;
}

/**
 * strata_arrays_open_inputs: (skip)
 *
 * Returns: (transfer full): samples for the inputs of @model
 */
StrataSource *
strata_arrays_open_inputs (StrataModel  *model,
                           char        **arguments,
                           GError      **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < strata_model_get_n_inputs (model); i++)
    g_ptr_array_add (names, (gpointer) strata_model_get_input_name (model, i));
  return strata_arrays_open (arguments, (const char *const *) names->pdata, names->len, error);
}

static GPtrArray *
list_outputs (StrataModel *model)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < strata_model_get_n_outputs (model); i++)
    g_ptr_array_add (names, (gpointer) strata_model_get_output_name (model, i));
  return names;
}

/**
 * strata_arrays_open_outputs: (skip)
 *
 * Returns: (transfer full): targets for the outputs of @model
 */
StrataSource *
strata_arrays_open_outputs (StrataModel  *model,
                            char        **arguments,
                            GError      **error)
{
  g_autoptr (GPtrArray) names = list_outputs (model);

  return strata_arrays_open (arguments, (const char *const *) names->pdata, names->len, error);
}

/**
 * strata_arrays_open_weights: (skip)
 * @arguments: (nullable): a file for each output, or one for all of them
 * @weights: (out) (nullable): weights of samples, where there are any
 */
gboolean
strata_arrays_open_weights (StrataModel   *model,
                            char         **arguments,
                            StrataSource **weights,
                            GError       **error)
{
  if (arguments == NULL)
    return TRUE;
  *weights = strata_arrays_open_outputs (model, arguments, error);
  return *weights != NULL;
}

static gboolean
find_output (StrataModel  *model,
             const char   *argument,
             guint         position,
             const char  **path,
             guint        *place,
             GError      **error)
{
  g_autoptr (GPtrArray) names = list_outputs (model);
  g_autofree char *name = NULL;

  *path = split_argument (argument, &name);
  return find_place (name, position, (const char *const *) names->pdata, names->len, place, error);
}

/**
 * strata_arrays_check_outputs: (skip)
 * @arguments: where outputs go, each perhaps after `NAME=`
 *
 * Returns: whether the model has such outputs, and there are such kinds of files
 */
gboolean
strata_arrays_check_outputs (StrataModel  *model,
                             char        **arguments,
                             GError      **error)
{
  guint n = g_strv_length (arguments), place;
  const char *path;

  if (n > strata_model_get_n_outputs (model))
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "the model has %u outputs, but %u files are named for them",
                        strata_model_get_n_outputs (model), n);
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    if (!find_output (model, arguments[i], i, &path, &place, error) || !strata_arrays_check_path (path, error))
      return FALSE;
  return TRUE;
}

/**
 * strata_arrays_write_outputs: (skip)
 * @results: (element-type StrataTensor): what the outputs gave, in the model's order
 */
gboolean
strata_arrays_write_outputs (StrataModel  *model,
                             char        **arguments,
                             GPtrArray    *results,
                             GError      **error)
{
  const char *path;
  guint place;

  for (guint i = 0; arguments[i] != NULL; i++)
    if (!find_output (model, arguments[i], i, &path, &place, error) ||
        !strata_arrays_write (path, g_ptr_array_index (results, place), error))
      return FALSE;
  return TRUE;
}
