/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "arrays.h"

#include <string.h>

#include "io/formats/csv.h"
#include "io/formats/idx.h"
#include "io/formats/npy.h"
#include "models/array-source.h"

static gboolean
has_suffix (const char *path,
            const char *suffix)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  return g_str_has_suffix (lower, suffix);
}

/**
 * strata_arrays_read: (skip)
 * @path: a file: .npy, .csv, or IDX as MNIST's
 *
 * Returns: (transfer full): the array in it
 */
StrataTensor *
strata_arrays_read (const char  *path,
                    GError     **error)
{
  if (has_suffix (path, ".csv"))
    {
      g_autoptr (StrataTable) table = strata_csv_read (path, error);

      StrataTensor *tensor = table != NULL ? strata_table_to_tensor (table, error) : NULL;

      if (table != NULL && tensor == NULL)
        g_prefix_error (error, "%s: ", path);
      return tensor;
    }
  if (has_suffix (path, "ubyte") || has_suffix (path, "ubyte.gz"))
    return strata_idx_read (path, error);
  return strata_npy_read (path, error);
}

/**
 * strata_arrays_write: (skip)
 * @path: a file: .npy or .csv
 */
gboolean
strata_arrays_write (const char    *path,
                     StrataTensor  *tensor,
                     GError       **error)
{
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
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_NAME, "the model has nothing called “%s”", name);
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
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_DATA, "%u arrays are given, but not one for each that the model has", n);
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
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < strata_model_get_n_outputs (model); i++)
    g_ptr_array_add (names, (gpointer) strata_model_get_output_name (model, i));
  return strata_arrays_open (arguments, (const char *const *) names->pdata, names->len, error);
}
