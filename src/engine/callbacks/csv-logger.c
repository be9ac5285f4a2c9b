/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/number.h"
#include "models/model.h"

typedef struct
{
  StrataCallback parent;
  char *filename, *separator;
  gboolean append;

  FILE *file;
  gboolean has_header;
  GPtrArray *keys; /* char *, or NULL before the first epoch */
} CSVLogger;

static const StrataParam params[] = {
  STRATA_PARAM (STRING, CSVLogger, filename, NULL, .title = "File", .description = "Where the numbers go"),
  STRATA_PARAM (STRING, CSVLogger, separator, "\",\"", .title = "Separator",
                .description = "What is between the numbers"),
  STRATA_PARAM (BOOL, CSVLogger, append, "false", .title = "Append",
                .description = "Whether to go on at the end of a file that is there"),
  { NULL },
};

static void
close_file (CSVLogger *self)
{
  g_clear_pointer (&self->file, fclose);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
}

static void
csv_logger_finalize (StrataObject *object)
{
  close_file ((CSVLogger *) object);
}

static gboolean
csv_logger_configured (StrataObject  *object,
                       GError       **error)
{
  if (strlen (((CSVLogger *) object)->separator) == 1)
    return TRUE;
  strata_set_error (error, STRATA_ERROR_VALUE, "separator must be one character");
  return FALSE;
}

static gboolean
fail (CSVLogger  *self,
      GError    **error)
{
  strata_set_error (error, STRATA_ERROR_FILE, "%s cannot be written: %s", self->filename, g_strerror (errno));
  return FALSE;
}

static gboolean
csv_logger_train_begin (StrataCallback  *callback,
                        StrataModel     *model,
                        GError         **error)
{
  CSVLogger *self = (CSVLogger *) callback;

  close_file (self);
  self->file = g_fopen (self->filename, self->append ? "ab" : "wb");
  if (self->file == NULL)
    return fail (self, error);
  fseek (self->file, 0, SEEK_END);
  self->has_header = ftell (self->file) > 0;
  return TRUE;
}

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* As Keras: sorted, and where the first epoch has no held-out numbers, columns for them are there all the same. */
static void
choose_keys (CSVLogger  *self,
             StrataLogs *logs)
{
  gboolean held_out = FALSE;
  guint n = strata_logs_get_n (logs);
  double value;

  self->keys = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n; i++)
    {
      const char *name = strata_logs_get_entry (logs, i, &value);

      held_out |= g_str_has_prefix (name, "val_");
      g_ptr_array_add (self->keys, g_strdup (name));
    }
  g_ptr_array_sort (self->keys, compare_keys);
  for (guint i = 0; !held_out && i < n; i++)
    g_ptr_array_add (self->keys, g_strconcat ("val_", g_ptr_array_index (self->keys, i), NULL));
}

/* As Python's csv module quotes what Keras makes of a list: "[0.5, 1.0]", whose quotes are doubled. */
static char *
format_list (const float *values,
             guint        n)
{
  g_autoptr (GString) text = g_string_new ("\"\"\"[");

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *number = strata_single_number_to_text (values[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", number);
    }
  g_string_append (text, "]\"\"\"");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
format_entry (StrataLogs *logs,
              const char *name)
{
  guint n;
  const float *values = strata_logs_get_list (logs, name, &n);
  double value;

  if (values != NULL)
    return format_list (values, n);
  return strata_logs_get (logs, name, &value) ? strata_number_to_text (value) : g_strdup ("NA");
}

static void
write_header (CSVLogger *self)
{
  fputs ("epoch", self->file);
  for (guint i = 0; i < self->keys->len; i++)
    fprintf (self->file, "%s%s", self->separator, (char *) g_ptr_array_index (self->keys, i));
  fputs ("\r\n", self->file);
}

static gboolean
csv_logger_epoch_end (StrataCallback  *callback,
                      StrataModel     *model,
                      gint64           epoch,
                      StrataLogs      *logs,
                      GError         **error)
{
  CSVLogger *self = (CSVLogger *) callback;

  if (self->keys == NULL)
    {
      choose_keys (self, logs);
      if (!self->has_header)
        write_header (self);
    }
  fprintf (self->file, "%" G_GINT64_FORMAT, epoch);
  for (guint i = 0; i < self->keys->len; i++)
    {
      g_autofree char *text = format_entry (logs, g_ptr_array_index (self->keys, i));

      fprintf (self->file, "%s%s", self->separator, text);
    }
  fputs ("\r\n", self->file);
  return fflush (self->file) == 0 || fail (self, error);
}

static gboolean
csv_logger_train_end (StrataCallback  *callback,
                      StrataModel     *model,
                      StrataLogs      *logs,
                      GError         **error)
{
  close_file ((CSVLogger *) callback);
  return TRUE;
}

const StrataCallbackInfo strata_callback_csv_logger = {
  .object = {
    .name = "CSVLogger",
    .title = "Log to a table",
    .description = "Writes the numbers of each epoch to a file",
    .params = params,
    .instance_size = sizeof (CSVLogger),
    .samples = (const char *const[]){
      "{\"filename\": \"log.csv\"}",
      "{\"filename\": \"log.csv\", \"separator\": \";\", \"append\": true}",
      NULL },
    .configured = csv_logger_configured,
    .finalize = csv_logger_finalize,
  },
  .train_begin = csv_logger_train_begin,
  .epoch_end = csv_logger_epoch_end,
  .train_end = csv_logger_train_end,
};
