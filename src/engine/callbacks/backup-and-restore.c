/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/json.h"
#include "callbacks/frequency.h"
#include "io/atomic-file.h"
#include "io/keras/compile-config.h"
#include "io/keras/model-file.h"
#include "io/keras/weight-file.h"
#include "models/model.h"

#define WEIGHTS "latest.weights.h5"
#define METADATA "training_metadata.json"

typedef struct
{
  StrataCallback parent;
  char *backup_dir;
  JsonNode *save_freq;
  gboolean double_checkpoint, delete_checkpoint;

  StrataFrequency frequency;
  gint64 epoch, batch;
} BackupAndRestore;

static const StrataParam params[] = {
  STRATA_PARAM (STRING, BackupAndRestore, backup_dir, NULL, .title = "Folder",
                .description = "Where the backup is kept"),
  STRATA_PARAM (JSON, BackupAndRestore, save_freq, "\"epoch\"", .title = "How often",
                .description = "At each epoch, or after how many batches"),
  STRATA_PARAM (BOOL, BackupAndRestore, double_checkpoint, "false", .title = "Keep two",
                .description = "Whether the backup before the last is kept too"),
  STRATA_PARAM (BOOL, BackupAndRestore, delete_checkpoint, "true", .title = "Delete at the end",
                .description = "Whether the backup goes once training is over"),
  { NULL },
};

static gboolean
backup_configured (StrataObject  *object,
                   GError       **error)
{
  BackupAndRestore *self = (BackupAndRestore *) object;

  if (*self->backup_dir == '\0')
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "backup_dir must name a folder");
      return FALSE;
    }
  return strata_frequency_parse (&self->frequency, "save_freq", self->save_freq, error);
}

static char *
get_path (BackupAndRestore *self,
          const char       *name)
{
  return g_build_filename (self->backup_dir, name, NULL);
}

static gboolean
read_epoch (const char  *path,
            gint64      *epoch,
            GError     **error)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) root = NULL;
  gsize size;

  if (!g_file_get_contents (path, &text, &size, error))
    return FALSE;
  root = strata_json_parse (text, (gssize) size, error);
  if (root == NULL)
    return FALSE;
  *epoch = JSON_NODE_HOLDS_OBJECT (root) ? MAX (strata_json_get_int (json_node_get_object (root), "epoch", 0), 0) : 0;
  return TRUE;
}

static gboolean
load (StrataModel  *model,
      const char   *weights,
      const char   *metadata,
      GError      **error)
{
  g_autoptr (StrataHdf5) file = NULL;
  gint64 epoch = 0;

  if (g_file_test (metadata, G_FILE_TEST_EXISTS) && !read_epoch (metadata, &epoch, error))
    return FALSE;
  if (!strata_model_build_optimizer (model, error) || !strata_model_load_weights (model, weights, FALSE, error))
    return FALSE;
  file = strata_hdf5_open (weights, error);
  if (file == NULL || (strata_hdf5_has (file, "optimizer/vars") &&
                       !strata_optimizer_read_vars (strata_model_get_optimizer (model), file, error)))
    return FALSE;
  strata_model_set_initial_epoch (model, epoch);
  return TRUE;
}

static gboolean
backup_train_begin (StrataCallback  *callback,
                    StrataModel     *model,
                    GError         **error)
{
  BackupAndRestore *self = (BackupAndRestore *) callback;
  g_autofree char *weights = get_path (self, WEIGHTS), *metadata = get_path (self, METADATA);
  g_autofree char *old_weights = get_path (self, WEIGHTS ".bkp"), *old_metadata = get_path (self, METADATA ".bkp");
  g_autoptr (GError) problem = NULL;

  strata_frequency_begin (&self->frequency);
  self->epoch = self->batch = 0;
  if (!g_file_test (weights, G_FILE_TEST_EXISTS) || load (model, weights, metadata, &problem))
    return TRUE;
  if (g_file_test (old_weights, G_FILE_TEST_EXISTS))
    return load (model, old_weights, old_metadata, error);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
write_metadata (BackupAndRestore  *self,
                GError           **error)
{
  g_autofree char *path = get_path (self, METADATA);
  g_autofree char *text = g_strdup_printf ("{\"epoch\": %" G_GINT64_FORMAT ", \"batch\": %" G_GINT64_FORMAT "}",
                                           self->epoch, self->batch);

  return strata_file_write (path, text, strlen (text), error);
}

static void
keep_old (BackupAndRestore *self,
          const char       *name)
{
  g_autofree char *path = get_path (self, name), *old = g_strconcat (path, ".bkp", NULL);

  if (self->double_checkpoint && g_file_test (path, G_FILE_TEST_EXISTS))
    g_rename (path, old);
}

static gboolean
save (BackupAndRestore  *self,
      StrataModel       *model,
      GError           **error)
{
  g_autofree char *weights = get_path (self, WEIGHTS);

  if (g_mkdir_with_parents (self->backup_dir, 0777) != 0)
    {
      strata_set_error (error, STRATA_ERROR_FILE, "The folder %s cannot be made: %s", self->backup_dir,
                        g_strerror (errno));
      return FALSE;
    }
  keep_old (self, WEIGHTS);
  keep_old (self, METADATA);
  return strata_model_save_weights (model, weights, error) && write_metadata (self, error);
}

static gboolean
backup_epoch_end (StrataCallback  *callback,
                  StrataModel     *model,
                  gint64           epoch,
                  StrataLogs      *logs,
                  GError         **error)
{
  BackupAndRestore *self = (BackupAndRestore *) callback;

  self->epoch = epoch + 1;
  self->batch = 0;
  return self->frequency.batches != 0 || save (self, model, error);
}

static gboolean
backup_batch_end (StrataCallback  *callback,
                  StrataModel     *model,
                  gint64           batch,
                  StrataLogs      *logs,
                  GError         **error)
{
  BackupAndRestore *self = (BackupAndRestore *) callback;

  self->batch = batch;
  return !strata_frequency_is_due (&self->frequency, batch) || save (self, model, error);
}

/* Only what it wrote: the folder may hold other things, and stays then. */
static gboolean
backup_train_end (StrataCallback  *callback,
                  StrataModel     *model,
                  StrataLogs      *logs,
                  GError         **error)
{
  BackupAndRestore *self = (BackupAndRestore *) callback;
  const char *const names[] = { WEIGHTS, METADATA, WEIGHTS ".bkp", METADATA ".bkp" };

  if (!self->delete_checkpoint)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = get_path (self, names[i]);

      g_unlink (path);
    }
  g_rmdir (self->backup_dir);
  return TRUE;
}

const StrataCallbackInfo strata_callback_backup_and_restore = {
  .object = {
    .name = "BackupAndRestore",
    .title = "Back up",
    .description = "Keeps a backup while training, and goes on from it after an interruption",
    .params = params,
    .instance_size = sizeof (BackupAndRestore),
    .samples = (const char *const[]){
      "{\"backup_dir\": \"backup\"}", "{\"backup_dir\": \"backup\", \"save_freq\": 2, \"double_checkpoint\": true, "
                                      "\"delete_checkpoint\": false}", NULL },
    .configured = backup_configured,
  },
  .train_begin = backup_train_begin,
  .batch_end = backup_batch_end,
  .epoch_end = backup_epoch_end,
  .train_end = backup_train_end,
};
