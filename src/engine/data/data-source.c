/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data/data-source.h"

#include "base/json.h"
#include "data/data-kind.h"
#include "data/places.h"
#include "tensor/random.h"

/**
 * strata_data_kind_lookup: (skip)
 *
 * Returns: (nullable): the kind of data called @name
 */
const StrataDataKind *
strata_data_kind_lookup (const char *name)
{
  const StrataDataKind *const *kinds = strata_data_kind_list ();

  for (guint i = 0; kinds[i] != NULL; i++)
    if (g_str_equal (kinds[i]->name, name))
      return kinds[i];
  return NULL;
}

static void
fail_unknown (const char  *kind,
              GError     **error)
{
  const StrataDataKind *const *kinds = strata_data_kind_list ();
  g_autoptr (GString) known = g_string_new (NULL);

  for (guint i = 0; kinds[i] != NULL; i++)
    g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", kinds[i]->name);
  if (kind == NULL)
    strata_set_error (error, STRATA_ERROR_DATA, "The data source does not say its kind, which is one of %s",
                      known->str);
  else
    strata_set_error (error, STRATA_ERROR_NAME, "There is no data source of kind “%s”; there are %s", kind, known->str);
}

/**
 * strata_data_source_load:
 * @description: its `kind` and what that kind needs; documents store it
 * @folder: (nullable): where relative paths begin: the document's folder
 *
 * Returns: (transfer full): the samples
 */
StrataDataSet *
strata_data_source_load (JsonObject  *description,
                         const char  *folder,
                         GError     **error)
{
  const char *name = strata_json_get_string (description, "kind", NULL);
  const StrataDataKind *kind = name != NULL ? strata_data_kind_lookup (name) : NULL;

  if (kind == NULL)
    {
      fail_unknown (name, error);
      return NULL;
    }
  return kind->load (description, folder, error);
}

/**
 * strata_data_source_load_text:
 * @text: a description as JSON, or only a kind, such as `mnist`
 *
 * Returns: (transfer full): the samples
 */
StrataDataSet *
strata_data_source_load_text (const char  *text,
                              const char  *folder,
                              GError     **error)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonObject) description = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    {
      strata_set_error (error, STRATA_ERROR_FORMAT, "The data source is not text in UTF-8");
      return NULL;
    }
  if (text[0] != '{')
    {
      description = json_object_new ();
      json_object_set_string_member (description, "kind", text);
      return strata_data_source_load (description, folder, error);
    }
  node = strata_json_parse (text, -1, error);
  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      strata_set_error (error, STRATA_ERROR_FORMAT, "A data source must be a JSON object");
      return NULL;
    }
  return strata_data_source_load (json_node_get_object (node), folder, error);
}

/* Where bundled data sets may be, best first. */
static char *
get_place (guint       i,
           const char *name)
{
  const char *data = g_getenv ("STRATA_DATA_DIR");

  switch (i)
    {
    case 0:
      return data != NULL ? g_build_filename (data, "datasets", name, NULL) : NULL;
    case 1:
      return data != NULL ? g_build_filename (data, name, NULL) : NULL;
    case 2:
      return g_build_filename (STRATA_SOURCE_DATA_DIR, "datasets", name, NULL);
    default:
      return g_build_filename (STRATA_INSTALLED_DATA_DIR, "datasets", name, NULL);
    }
}

/**
 * strata_data_find:
 * @name: a file of a bundled data set, such as `iris.csv`
 *
 * Looks in $STRATA_DATA_DIR, then where Strata was built, then where it is installed.
 * Returns: (transfer full): its path
 */
char *
strata_data_find (const char  *name,
                  GError     **error)
{
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *path = get_place (i, name);

      if (path != NULL && g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&path);
    }
  strata_set_error (error, STRATA_ERROR_FILE,
                    "The data set's file “%s” is not there; set STRATA_DATA_DIR to the folder that has it", name);
  return NULL;
}

/**
 * strata_data_resolve:
 * @member: the description's member that is a path
 *
 * Returns: (transfer full): the path; relative ones begin at @folder
 */
char *
strata_data_resolve (JsonObject  *description,
                     const char  *member,
                     const char  *folder,
                     GError     **error)
{
  const char *path = strata_json_get_string (description, member, NULL);

  if (path == NULL || path[0] == '\0')
    {
      strata_set_error (error, STRATA_ERROR_DATA, "The data source lacks “%s”: the path of a file", member);
      return NULL;
    }
  return g_path_is_absolute (path) || folder == NULL ? g_strdup (path) : g_build_filename (folder, path, NULL);
}

/**
 * strata_data_split: (skip)
 * @n: how many samples
 * @test: which share to set aside, from 0 up to but not including 1
 * @shuffle: whether to shuffle first
 * @seed: what the order is drawn from
 * @order: (out): sample numbers, those to train with first
 * @n_train: (out): how many are to train with
 */
gboolean
strata_data_split (gint64     n,
                   double     test,
                   gboolean   shuffle,
                   guint64    seed,
                   gint64   **order,
                   gint64    *n_train,
                   GError   **error)
{
  StrataRandom random;

  if (!(test >= 0 && test < 1))
    {
      strata_set_error (error, STRATA_ERROR_VALUE,
                        "“test”, the share of samples to set aside, must be from 0 to below 1");
      return FALSE;
    }
  *order = g_new (gint64, MAX (n, 1));
  for (gint64 i = 0; i < n; i++)
    (*order)[i] = i;
  strata_random_init (&random, seed);
  if (shuffle)
    strata_random_shuffle (&random, *order, n);
  *n_train = n - (gint64) (n * test);
  return TRUE;
}
