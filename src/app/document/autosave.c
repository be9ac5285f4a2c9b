/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/autosave.h"

#include "document/snapshot-private.h"

/* Changes are kept this long after the first of them, so this is about what a kill may cost. */
#define DELAY_MS 2000
/* The first change since all was saved waits this part of it: without any copy nothing tells what a kill has cost. */
#define FIRST_SHARE 10
/* A copy that takes long is made less often, so that a big network does not keep a core busy. */
#define SHARE 10
#define MAX_DELAYS 5

/**
 * StrataAutosave:
 *
 * Keeps a copy of a document's unsaved changes on the disk. Copies are written in a thread, one
 * at a time, from a snapshot; there is none while all is saved.
 */
struct _StrataAutosave
{
  GObject parent_instance;

  StrataDocument *document;
  StrataRecovery *recovery;     /* NULL while there is nothing to keep */
  guint timeout;
  guint usual_delay, delay;
  gboolean writing, again, closed;
  char *problem;
};

G_DEFINE_FINAL_TYPE (StrataAutosave, strata_autosave, G_TYPE_OBJECT)

enum
{
  PROP_PROBLEM = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* What a thread needs to write a copy. */
typedef struct
{
  StrataRecovery *recovery;
  StrataSnapshot *snapshot;
  char *title;
  GFile *file;
  gint64 began;
} Copy;

static void schedule (StrataAutosave *self);

static void
strata_autosave_dispose (GObject *object)
{
  StrataAutosave *self = STRATA_AUTOSAVE (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_object (&self->recovery);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (strata_autosave_parent_class)->dispose (object);
}

static void
strata_autosave_finalize (GObject *object)
{
  g_free (STRATA_AUTOSAVE (object)->problem);

  G_OBJECT_CLASS (strata_autosave_parent_class)->finalize (object);
}

static void
strata_autosave_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  if (prop_id == PROP_PROBLEM)
    g_value_set_string (value, STRATA_AUTOSAVE (object)->problem);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
strata_autosave_class_init (StrataAutosaveClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = strata_autosave_dispose;
  object_class->finalize = strata_autosave_finalize;
  object_class->get_property = strata_autosave_get_property;
  properties[PROP_PROBLEM] =
    g_param_spec_string ("problem", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
strata_autosave_init (StrataAutosave *self)
{
  self->usual_delay = self->delay = DELAY_MS;
}

static void
set_problem (StrataAutosave *self,
             const char     *problem)
{
  if (g_strcmp0 (self->problem, problem) == 0)
    return;

  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static void
copy_free (gpointer data)
{
  Copy *copy = data;

  g_object_unref (copy->recovery);
  strata_snapshot_free (copy->snapshot);
  g_free (copy->title);
  g_clear_object (&copy->file);
  g_free (copy);
}

static void
write_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Copy *copy = task_data;
  GError *error = NULL;

  if (strata_recovery_describe (copy->recovery, copy->title, copy->file, &error) &&
      strata_snapshot_write (copy->snapshot, strata_recovery_get_path (copy->recovery), NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
forget_copy (StrataAutosave *self)
{
  if (self->recovery != NULL)
    strata_recovery_remove (self->recovery);
  g_clear_object (&self->recovery);
}

/* The last copy that could be written stays; a folder that is gone is made anew. */
static void
fail (StrataAutosave *self,
      const GError   *error)
{
  if (self->recovery != NULL && !strata_recovery_exists (self->recovery))
    g_clear_object (&self->recovery);
  self->delay = MAX_DELAYS * self->usual_delay;
  set_problem (self, error->message);
  schedule (self);
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  StrataAutosave *self = STRATA_AUTOSAVE (source);
  Copy *copy = g_task_get_task_data (G_TASK (result));
  gint64 took = (g_get_monotonic_time () - copy->began) / 1000;
  g_autoptr (GError) error = NULL;
  gboolean gone = copy->recovery != self->recovery;

  self->writing = FALSE;
  self->delay = (guint) CLAMP (took * SHARE, self->usual_delay, MAX_DELAYS * self->usual_delay);
  /* A copy that nobody wants any more may have failed because its folder is gone. */
  if (!g_task_propagate_boolean (G_TASK (result), &error) && !gone)
    fail (self, error);
  else if (!gone)
    set_problem (self, NULL);
  if (self->again)
    schedule (self);
}

static void
begin_copy (StrataAutosave *self)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  GFile *file = strata_document_get_file (self->document);
  Copy *copy;

  if (self->recovery == NULL && (self->recovery = strata_recovery_new (&error)) == NULL)
    {
      fail (self, error);
      return;
    }
  copy = g_new0 (Copy, 1);
  copy->recovery = g_object_ref (self->recovery);
  copy->snapshot = strata_snapshot_new (self->document);
  copy->title = g_strdup (strata_document_get_title (self->document));
  copy->file = file != NULL ? g_object_ref (file) : NULL;
  copy->began = g_get_monotonic_time ();
  self->writing = TRUE;
  self->again = FALSE;
  task = g_task_new (self, NULL, on_written, NULL);
  g_task_set_source_tag (task, begin_copy);
  g_task_set_task_data (task, copy, copy_free);
  g_task_run_in_thread (task, write_in_thread);
}

static gboolean
on_timeout (gpointer user_data)
{
  StrataAutosave *self = user_data;

  self->timeout = 0;
  if (self->closed || !strata_document_get_modified (self->document))
    return G_SOURCE_REMOVE;
  if (self->writing)
    self->again = TRUE;
  else
    begin_copy (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (StrataAutosave *self)
{
  gboolean first = self->recovery == NULL && self->problem == NULL;

  if (self->timeout == 0 && !self->closed)
    self->timeout = g_timeout_add (first ? self->usual_delay / FIRST_SHARE : self->delay, on_timeout, self);
}

static void
on_changed (StrataAutosave *self)
{
  if (strata_document_get_modified (self->document))
    schedule (self);
}

/* Saved, or taken back to what is saved. */
static void
on_modified (StrataAutosave *self)
{
  if (strata_document_get_modified (self->document))
    return;

  g_clear_handle_id (&self->timeout, g_source_remove);
  self->again = FALSE;
  forget_copy (self);
  set_problem (self, NULL);
}

/**
 * strata_autosave_new:
 * @recovery: (nullable): where @document was recovered from
 *
 * Returns: (transfer full): what keeps @document's changes from now on
 */
StrataAutosave *
strata_autosave_new (StrataDocument *document,
                     StrataRecovery *recovery)
{
  StrataAutosave *self = g_object_new (STRATA_TYPE_AUTOSAVE, NULL);

  self->document = g_object_ref (document);
  self->recovery = recovery != NULL ? g_object_ref (recovery) : NULL;
  g_signal_connect_object (document, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::modified", G_CALLBACK (on_modified), self, G_CONNECT_SWAPPED);
  on_changed (self);
  return self;
}

/**
 * strata_autosave_get_problem:
 *
 * Returns: (nullable): why the last copy could not be written
 */
const char *
strata_autosave_get_problem (StrataAutosave *self)
{
  return self->problem;
}

/**
 * strata_autosave_is_up_to_date:
 *
 * Returns: whether no change would be lost if the program ended now
 */
gboolean
strata_autosave_is_up_to_date (StrataAutosave *self)
{
  return self->timeout == 0 && !self->writing && self->problem == NULL;
}

/**
 * strata_autosave_set_delay:
 * @milliseconds: how long after a change it is kept, from the next one on; the first is kept sooner
 */
void
strata_autosave_set_delay (StrataAutosave *self,
                           guint           milliseconds)
{
  self->usual_delay = self->delay = milliseconds;
}

/**
 * strata_autosave_close:
 *
 * Forgets the copy: the document is closed on purpose.
 */
void
strata_autosave_close (StrataAutosave *self)
{
  self->closed = TRUE;
  g_clear_handle_id (&self->timeout, g_source_remove);
  forget_copy (self);
}
