/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "callbacks/projector.h"

#include <glib/gstdio.h>

#include "base/json.h"

/* The labels' file of a layer, one for all or one each; %NULL for none. */
static const char *
find_labels (JsonNode   *metadata,
             const char *layer)
{
  if (metadata == NULL || JSON_NODE_HOLDS_NULL (metadata))
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (metadata))
    return strata_json_get_string (json_node_get_object (metadata), layer, NULL);
  return JSON_NODE_HOLDS_VALUE (metadata) ? json_node_get_string (metadata) : NULL;
}

/* A row a line, numbers parted by tabs. */
static char *
to_tsv (StrataTensor *table)
{
  gint64 rows = strata_tensor_get_dim (table, 0), columns = strata_tensor_get_dim (table, 1);
  GString *text = g_string_new (NULL);
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  for (gint64 i = 0; i < rows * columns; i++)
    {
      g_string_append (text, g_ascii_formatd (number, sizeof number, "%.7g", strata_tensor_get_number (table, i)));
      g_string_append_c (text, (i + 1) % columns == 0 ? '\n' : '\t');
    }
  return g_string_free (text, FALSE);
}

static void
append_field (GString    *config,
              const char *field,
              const char *value)
{
  g_autofree char *escaped = g_strescape (value, NULL);

  g_string_append_printf (config, "  %s: \"%s\"\n", field, escaped);
}

static gboolean
write_file (const char  *folder,
            const char  *name,
            const char  *text,
            GError     **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) own = NULL;

  if (g_file_set_contents (path, text, -1, &own))
    return TRUE;
  strata_set_error (error, STRATA_ERROR_FILE, "%s cannot be written: %s", path, own->message);
  return FALSE;
}

/**
 * strata_projector_write: (skip)
 * @log_dir: where TensorBoard looks
 * @metadata: (nullable): a file with a label for each row, or such files by the names of layers
 *
 * Writes the vectors of all embeddings as the projector of TensorBoard reads them, over those that are there.
 */
gboolean
strata_projector_write (const char   *log_dir,
                        StrataModel  *model,
                        JsonNode     *metadata,
                        GError      **error)
{
  g_autofree char *folder = g_build_filename (log_dir, "train", NULL);
  g_autoptr (GString) config = g_string_new (NULL);
  guint n = 0;

  g_mkdir_with_parents (folder, 0777);
  for (guint i = 0; i < strata_model_get_n_layers (model); i++)
    {
      StrataLayer *layer = strata_model_get_layer (model, i);
      g_autoptr (GPtrArray) weights = NULL;
      const char *name = strata_layer_get_name (layer), *labels = find_labels (metadata, name);
      g_autofree char *file = NULL, *text = NULL;

      if (!g_str_has_suffix (strata_object_get_class_name (STRATA_OBJECT (layer)), "Embedding"))
        continue;
      weights = strata_layer_dup_weights (layer);
      if (weights->len == 0)
        continue;
      file = g_strdup_printf ("embedding-%u.tsv", n++);
      text = to_tsv (strata_variable_get_tensor (weights->pdata[0]));
      g_string_append (config, "embeddings {\n");
      append_field (config, "tensor_name", name);
      append_field (config, "tensor_path", file);
      if (labels != NULL)
        append_field (config, "metadata_path", labels);
      g_string_append (config, "}\n");
      if (!write_file (folder, file, text, error))
        return FALSE;
    }
  return config->len == 0 || write_file (folder, "projector_config.pbtxt", config->str, error);
}
