/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/file.h"

#include <glib/gi18n.h>

#include "document/disk-state.h"
#include "document/snapshot-private.h"

typedef struct
{
  StrataSnapshot *snapshot;
  char *path;
  GFile *file;          /* what the document is called after, or NULL for a copy */
  gboolean is_draft;
  char *disk_state;
} Save;

static void
save_free (Save *self)
{
  strata_snapshot_free (self->snapshot);
  g_free (self->path);
  g_clear_object (&self->file);
  g_free (self->disk_state);
  g_free (self);
}

static void
save_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Save *save = task_data;
  GError *error = NULL;

  if (!strata_snapshot_write (save->snapshot, save->path, &save->is_draft, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (save->file != NULL)
    save->disk_state = strata_disk_state_read (save->file);
  g_task_return_boolean (task, TRUE);
}

static void
begin_save (StrataDocument      *self,
            char                *path,
            GFile               *file,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Save *save = g_new0 (Save, 1);

  save->snapshot = strata_snapshot_new (self);
  save->path = path;
  save->file = file != NULL ? g_object_ref (file) : NULL;
  g_task_set_source_tag (task, begin_save);
  g_task_set_task_data (task, save, (GDestroyNotify) save_free);
  if (path != NULL)
    g_task_run_in_thread (task, save_in_thread);
  else
    g_task_return_new_error (task, STRATA_ERROR, STRATA_ERROR_FILE, _("The place is not on this computer"));
}

/**
 * strata_document_save_async:
 * @file: where to
 *
 * Writes the document as it is now. The old file is there until the new one is whole.
 */
void
strata_document_save_async (StrataDocument      *self,
                            GFile               *file,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  begin_save (self, g_file_get_path (file), file, callback, user_data);
}

/**
 * strata_document_save_copy_async:
 * @path: where to
 *
 * Writes the document somewhere else, and goes on with the file that it has.
 */
void
strata_document_save_copy_async (StrataDocument      *self,
                                 const char          *path,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  begin_save (self, g_strdup (path), NULL, callback, user_data);
}

/**
 * strata_document_save_finish:
 * @is_draft: (out) (optional): whether there is no model in the file, because the network is not valid yet
 *
 * Returns: whether it was written
 */
gboolean
strata_document_save_finish (StrataDocument  *self,
                             GAsyncResult    *result,
                             gboolean        *is_draft,
                             GError         **error)
{
  Save *save = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  if (is_draft != NULL)
    *is_draft = save->is_draft;
  if (save->file != NULL)
    {
      g_autofree char *title = strata_document_make_title (save->file);

      g_free (self->disk_state);
      self->disk_state = g_steal_pointer (&save->disk_state);
      strata_document_set_file (self, save->file, title);
      strata_document_mark_saved (self, strata_snapshot_get_mark (save->snapshot));
    }
  return TRUE;
}
