/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "runner/scout.h"

#include "base/json.h"
#include "runner/trial.h"

/* So long nothing must change: nobody wants to be measured while typing. */
#define QUIET_MS 700
/* Larger networks would take too much memory beside the one that is edited. */
#define MOST_PARAMS 30000000

/**
 * StrataScout:
 *
 * Finds out what can be known before training.
 */
struct _StrataScout
{
  GObject parent_instance;

  StrataDocument *document;     /* weak */
  guint timeout;
  gboolean paused, busy, telling;
  GCancellable *cancellable;
  char *tried;                  /* the state of the document that was looked at last */
  char *data_key;               /* what @set is */
  StrataDataSet *set;
};

G_DEFINE_FINAL_TYPE (StrataScout, strata_scout, G_TYPE_OBJECT)

static void schedule (StrataScout *self);

static char *
dup_setting (StrataScout *self,
             const char  *key)
{
  JsonNode *node = strata_document_get_setting (self->document, key);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? strata_json_to_text (node, FALSE) : NULL;
}

/* Layers are replaced when they change, never changed: their addresses and counts tell whether the network is
 * another. */
static char *
describe (StrataScout *self)
{
  static const char *const keys[] = { "compile", "fit", "data" };
  const GPtrArray *nodes = strata_document_get_nodes (self->document);
  const GPtrArray *wires = strata_document_get_wires (self->document);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < nodes->len; i++)
    g_string_append_printf (text, "%u %p %" G_GINT64_FORMAT "\n", strata_doc_node_get_id (g_ptr_array_index (nodes, i)),
                            (gpointer) strata_doc_node_get_layer (g_ptr_array_index (nodes, i)),
                            strata_doc_node_get_n_params (g_ptr_array_index (nodes, i)));
  for (guint i = 0; i < wires->len; i++)
    g_string_append_printf (text, "%u ", strata_doc_wire_get_id (g_ptr_array_index (wires, i)));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *setting = dup_setting (self, keys[i]);

      g_string_append_printf (text, "\n%s", setting != NULL ? setting : "");
    }
  return g_string_free (text, FALSE);
}

static char *
get_folder (StrataScout *self)
{
  GFile *file = strata_document_get_file (self->document);
  g_autoptr (GFile) folder = file != NULL ? g_file_get_parent (file) : NULL;

  return folder != NULL ? g_file_get_path (folder) : NULL;
}

static void
tell (StrataScout *self,
      StrataTrial *trial)
{
  StrataDataFacts *facts = strata_trial_get_facts (trial);

  self->telling = TRUE;
  if (facts != NULL)
    {
      g_autoptr (JsonNode) description = json_from_string (strata_trial_get_data (trial), NULL);

      strata_document_set_data_facts (self->document, description, facts);
    }
  strata_document_set_epoch_seconds (self->document, strata_trial_get_epoch_seconds (trial));
  self->telling = FALSE;
}

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  StrataScout *self = STRATA_SCOUT (object);
  StrataTrial *trial = g_task_get_task_data (G_TASK (result));

  self->busy = FALSE;
  if (self->document == NULL)
    return;
  if (strata_trial_get_set (trial) != NULL)
    {
      g_clear_pointer (&self->set, strata_data_set_unref);
      self->set = strata_data_set_ref (strata_trial_get_set (trial));
    }
  if (g_cancellable_is_cancelled (self->cancellable))
    g_clear_pointer (&self->tried, g_free);
  else
    tell (self, trial);
  schedule (self);
}

static void
work (GTask        *task,
      gpointer      source_object,
      gpointer      task_data,
      GCancellable *cancellable)
{
  strata_trial_run (task_data, cancellable);
  g_task_return_boolean (task, TRUE);
}

static StrataModel *
build_model (StrataScout *self)
{
  if (strata_document_get_n_params (self->document) > MOST_PARAMS ||
      strata_document_get_setting (self->document, "compile") == NULL)
    return NULL;
  return strata_document_build_blank_model (self->document, NULL);
}

static void
look (StrataScout *self)
{
  g_autofree char *data = dup_setting (self, "data"), *compile = dup_setting (self, "compile");
  g_autofree char *fit = dup_setting (self, "fit");
  g_autofree char *folder = get_folder (self);
  g_autofree char *data_key = g_strdup_printf ("%s %s", folder != NULL ? folder : "", data);
  g_autoptr (StrataModel) model = NULL;
  g_autoptr (GTask) task = NULL;

  if (g_strcmp0 (data_key, self->data_key) != 0)
    g_clear_pointer (&self->set, strata_data_set_unref);
  g_free (self->data_key);
  self->data_key = g_steal_pointer (&data_key);
  model = build_model (self);

  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->busy = TRUE;
  task = g_task_new (self, self->cancellable, done_cb, NULL);
  g_task_set_task_data (task, strata_trial_new (model, data, compile, fit, folder, self->set),
                        (GDestroyNotify) strata_trial_free);
  g_task_set_return_on_cancel (task, FALSE);
  g_task_run_in_thread (task, work);
}

static gboolean
quiet_cb (gpointer user_data)
{
  StrataScout *self = user_data;
  g_autofree char *state = NULL;

  self->timeout = 0;
  if (self->document == NULL || self->busy || self->paused ||
      strata_document_get_setting (self->document, "data") == NULL)
    return G_SOURCE_REMOVE;
  state = describe (self);
  if (g_strcmp0 (state, self->tried) == 0)
    return G_SOURCE_REMOVE;

  g_free (self->tried);
  self->tried = g_steal_pointer (&state);
  self->telling = TRUE;
  strata_document_set_epoch_seconds (self->document, -1);
  self->telling = FALSE;
  look (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (StrataScout *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add_full (G_PRIORITY_LOW, QUIET_MS, quiet_cb, self, NULL);
}

static void
analysed_cb (StrataScout *self)
{
  if (self->telling)
    return;
  if (self->busy)
    {
      g_autofree char *state = describe (self);

      if (g_strcmp0 (state, self->tried) != 0)
        g_cancellable_cancel (self->cancellable);
      return;
    }
  schedule (self);
}

static void
strata_scout_dispose (GObject *object)
{
  StrataScout *self = STRATA_SCOUT (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->document);
  g_clear_pointer (&self->set, strata_data_set_unref);
  g_clear_pointer (&self->tried, g_free);
  g_clear_pointer (&self->data_key, g_free);

  G_OBJECT_CLASS (strata_scout_parent_class)->dispose (object);
}

static void
strata_scout_class_init (StrataScoutClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_scout_dispose;
}

static void
strata_scout_init (StrataScout *self)
{
}

/**
 * strata_scout_new:
 *
 * Returns: (transfer full): a scout for a document, which need not stay
 */
StrataScout *
strata_scout_new (StrataDocument *document)
{
  StrataScout *self = g_object_new (STRATA_TYPE_SCOUT, NULL);

  g_set_weak_pointer (&self->document, document);
  g_signal_connect_object (document, "analysed", G_CALLBACK (analysed_cb), self, G_CONNECT_SWAPPED);
  schedule (self);
  return self;
}

/**
 * strata_scout_set_paused:
 * @paused: whether to keep still, as while the network is trained
 */
void
strata_scout_set_paused (StrataScout *self,
                         gboolean     paused)
{
  self->paused = paused;
  if (!paused)
    schedule (self);
  else if (self->busy)
    g_cancellable_cancel (self->cancellable);
}
