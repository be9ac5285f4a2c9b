/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "runner/loading.h"

#include <glib/gi18n.h>

#include "data/data-source.h"
#include "document/json.h"

typedef struct
{
  JsonNode *description;
  char *folder;
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  g_clear_pointer (&wanted->description, json_node_unref);
  g_free (wanted->folder);
  g_free (wanted);
}

static void
work (GTask        *task,
      gpointer      source_object,
      gpointer      task_data,
      GCancellable *cancellable)
{
  Wanted *wanted = task_data;
  GError *error = NULL;
  StrataDataSet *set = strata_data_source_load (json_node_get_object (wanted->description), wanted->folder, &error);

  if (set == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, set, (GDestroyNotify) strata_data_set_unref);
}

/**
 * strata_document_dup_data_folder: (skip)
 *
 * Returns: (transfer full) (nullable): where relative paths of the document's data begin
 */
char *
strata_document_dup_data_folder (StrataDocument *document)
{
  GFile *file = strata_document_get_file (document);
  g_autoptr (GFile) folder = file != NULL ? g_file_get_parent (file) : NULL;

  return folder != NULL ? g_file_get_path (folder) : NULL;
}

/**
 * strata_document_read_data_async: (skip)
 * @document: with a setting "data"
 */
void
strata_document_read_data_async (StrataDocument      *document,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (document, cancellable, callback, user_data);
  JsonNode *description = strata_document_get_setting (document, "data");
  Wanted *wanted;

  if (description == NULL || !JSON_NODE_HOLDS_OBJECT (description))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("The network has no data"));
      return;
    }
  wanted = g_new0 (Wanted, 1);
  /* JSON objects are not counted atomically: two threads must not share them. */
  wanted->description = strata_json_copy (description);
  wanted->folder = strata_document_dup_data_folder (document);
  g_task_set_task_data (task, wanted, wanted_free);
  g_task_run_in_thread (task, work);
}

/**
 * strata_document_read_data_finish: (skip)
 *
 * Returns: (transfer full): the samples, or %NULL with @error set
 */
StrataDataSet *
strata_document_read_data_finish (GAsyncResult  *result,
                                  GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
