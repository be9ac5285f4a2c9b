/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "base/json.h"
#include "data/data-kind.h"
#include "data/data-source.h"
#include "io/formats/csv.h"
#include "io/formats/npy.h"
#include "models/array-source.h"

static StrataTensor *
read_array (const char  *path,
            GError     **error)
{
  g_autoptr (StrataTable) table = NULL;
  StrataTensor *array;

  if (!g_str_has_suffix (path, ".csv"))
    return strata_npy_read (path, error);
  table = strata_csv_read (path, error);
  array = table != NULL ? strata_table_to_tensor (table, error) : NULL;
  if (table != NULL && array == NULL)
    g_prefix_error (error, "“%s”: ", path);
  return array;
}

static gboolean
add_array (GPtrArray   *arrays,
           const char  *name,
           const char  *folder,
           GError     **error)
{
  g_autofree char *path = NULL;
  StrataTensor *array;

  if (name == NULL)
    {
      strata_set_error (error, STRATA_ERROR_DATA, "Arrays are given by the paths of their files");
      return FALSE;
    }
  path = g_path_is_absolute (name) || folder == NULL ? g_strdup (name) : g_build_filename (folder, name, NULL);
  array = read_array (path, error);
  if (array == NULL)
    return FALSE;
  if (strata_tensor_get_shape (array)->rank == 0)
    {
      strata_set_error (error, STRATA_ERROR_DATA, "“%s” is a single number, not an array of samples", path);
      strata_tensor_unref (array);
      return FALSE;
    }
  g_ptr_array_add (arrays, array);
  return TRUE;
}

/* A source of the files that a member names: one, or a list for models of several inputs. */
static gboolean
load_member (JsonObject    *description,
             const char    *member,
             const char    *folder,
             StrataSource **source,
             GError       **error)
{
  g_autoptr (GPtrArray) arrays = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_tensor_unref);
  JsonArray *names = strata_json_get_array (description, member);

  if (names == NULL && !json_object_has_member (description, member))
    return TRUE;
  if (names == NULL && !add_array (arrays, strata_json_get_string (description, member, NULL), folder, error))
    return FALSE;
  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    if (!add_array (arrays, strata_json_element_string (names, i), folder, error))
      return FALSE;
  if (arrays->len == 0)
    {
      strata_set_error (error, STRATA_ERROR_DATA, "“%s” names no file", member);
      return FALSE;
    }
  *source = strata_array_source_new ((StrataTensor *const *) arrays->pdata, arrays->len, error);
  return *source != NULL;
}

static gboolean
have_as_many (StrataSource  *x,
              StrataSource  *y,
              GError       **error)
{
  if (x == NULL || y == NULL || strata_source_get_size (x) == strata_source_get_size (y))
    return TRUE;
  strata_set_error (error, STRATA_ERROR_DATA,
                    "There are %" PRId64 " inputs, but %" PRId64 " targets", strata_source_get_size (x),
                    strata_source_get_size (y));
  return FALSE;
}

static StrataDataSet *
arrays_load (JsonObject  *description,
             const char  *folder,
             GError     **error)
{
  g_autoptr (StrataDataSet) set = strata_data_set_new ();

  if (!load_member (description, "x", folder, &set->x, error) ||
      !load_member (description, "y", folder, &set->y, error) ||
      !load_member (description, "test_x", folder, &set->test_x, error) ||
      !load_member (description, "test_y", folder, &set->test_y, error))
    return NULL;
  if (set->x == NULL)
    {
      strata_set_error (error, STRATA_ERROR_DATA, "The data source lacks “x”: the path of the inputs");
      return NULL;
    }
  if (!have_as_many (set->x, set->y, error) || !have_as_many (set->test_x, set->test_y, error))
    return NULL;

  set->n_classes = MAX (strata_json_get_int (description, "classes", 0), 0);
  set->summary = g_strdup_printf (_("%" PRId64 " samples from arrays"), strata_source_get_size (set->x));
  return g_steal_pointer (&set);
}

const StrataDataKind strata_data_kind_arrays = {
  .name = "arrays",
  .title = "Arrays",
  .description = "NumPy arrays (.npy) or tables of numbers (.csv), the samples along the first dimension",
  .load = arrays_load,
};
