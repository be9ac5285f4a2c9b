/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/json.h"
#include "data/data-kind.h"
#include "data/data-source.h"
#include "data/text-set.h"
#include "io/formats/csv.h"

/* Description:
 *   path       the file
 *   text       name of the column of texts
 *   target     name of the column to predict; none: inputs only
 *   task       "classification" or "regression"; see strata_column_is_class()
 *   encode     "ids" (default): a text becomes the numbers of its words; "none": it stays text, for a model that begins
 *              with TextVectorization
 *   max_tokens how many different words, default 10000
 *   length     how many words of a text, default 100
 *   test, shuffle, seed: as of tables
 *
 * Rows without text or target are left out. */

static StrataDataSet *
text_load (JsonObject  *description,
           const char  *folder,
           GError     **error)
{
  g_autofree char *path = strata_data_resolve (description, "path", folder, error);
  g_autoptr (StrataTable) table = path != NULL ? strata_csv_read (path, error) : NULL;
  g_autoptr (StrataDataSet) set = NULL;
  g_autofree char *name = NULL;

  if (table == NULL)
    return NULL;
  name = g_path_get_basename (path);
  set = strata_text_set_new (table, description, strata_json_get_string (description, "text", "text"),
                             strata_json_get_string (description, "target", NULL), name, error);
  if (set == NULL)
    g_prefix_error (error, "“%s”: ", path);
  return g_steal_pointer (&set);
}

const StrataDataKind strata_data_kind_text = {
  .name = "text",
  .title = "Texts",
  .description = "A CSV file with a column of texts and a column to predict",
  .load = text_load,
};
