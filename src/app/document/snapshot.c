/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/snapshot-private.h"

#include <string.h>

#include "base/json.h"
#include "document/node-private.h"
#include "document/serial.h"
#include "io/keras/compile-config.h"
#include "io/keras/keras-file.h"

/* Whose weights a node has. */
typedef struct
{
  guint id;
  StrataLayer *layer;
} Trained;

struct _StrataSnapshot
{
  GBytes *document, *runs;
  GArray *trained;
  StrataModel *optimized;
  StrataMark mark;
};

static void
trained_clear (gpointer data)
{
  g_object_unref (((Trained *) data)->layer);
}

static GBytes *
to_bytes (JsonNode *json)
{
  char *text = strata_json_to_text (json, TRUE);

  return g_bytes_new_take (text, strlen (text));
}

static GBytes *
write_runs (StrataDocument *document)
{
  JsonArray *array = json_array_new ();
  g_autoptr (JsonNode) json = json_node_init_array (json_node_alloc (), array);

  for (guint i = 0; i < document->runs->len; i++)
    json_array_add_element (array, strata_run_to_json (g_ptr_array_index (document->runs, i)));
  json_array_unref (array);
  return to_bytes (json);
}

/* Weights that were never needed are only to be drawn at random: two threads must not draw them at once. */
static gboolean
has_weights (StrataLayer *layer)
{
  g_autoptr (GPtrArray) weights = strata_layer_dup_weights (layer);

  for (guint i = 0; i < weights->len; i++)
    if (((StrataVariable *) g_ptr_array_index (weights, i))->tensor == NULL)
      return FALSE;
  return TRUE;
}

/**
 * strata_snapshot_new: (skip)
 *
 * Returns: (transfer full): the document as it is now
 */
StrataSnapshot *
strata_snapshot_new (StrataDocument *document)
{
  StrataSnapshot *self = g_new0 (StrataSnapshot, 1);
  g_autoptr (JsonNode) json = strata_serial_write (document, NULL, NULL);
  StrataModel *optimized;

  self->document = to_bytes (json);
  self->runs = write_runs (document);
  self->trained = g_array_new (FALSE, FALSE, sizeof (Trained));
  g_array_set_clear_func (self->trained, trained_clear);
  for (guint i = 0; i < document->nodes->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (document->nodes, i);
      Trained trained = { node->id, strata_document_find_weights (document, node) };

      if (trained.layer == NULL || !has_weights (trained.layer))
        continue;
      g_object_ref (trained.layer);
      g_array_append_val (self->trained, trained);
    }
  optimized = document->underway != NULL ? document->underway : document->optimized;
  self->optimized = optimized != NULL ? g_object_ref (optimized) : NULL;
  self->mark = strata_document_get_mark (document);
  return self;
}

void
strata_snapshot_free (StrataSnapshot *self)
{
  g_bytes_unref (self->document);
  g_bytes_unref (self->runs);
  g_array_unref (self->trained);
  g_clear_object (&self->optimized);
  g_free (self);
}

StrataMark
strata_snapshot_get_mark (StrataSnapshot *self)
{
  return self->mark;
}

/* The document once more, for this thread alone. */
static StrataDocument *
restore (StrataSnapshot  *self,
         GError         **error)
{
  g_autoptr (StrataDocument) document = strata_document_new ();
  g_autoptr (JsonNode) json = NULL;
  gboolean good;

  json = strata_json_parse (g_bytes_get_data (self->document, NULL), (gssize) g_bytes_get_size (self->document), error);
  if (json == NULL)
    return NULL;
  strata_document_begin_group (document, "");
  good = strata_serial_read (document, json, TRUE, error);
  strata_document_end_group (document);
  for (guint i = 0; i < self->trained->len && good; i++)
    {
      Trained *trained = &g_array_index (self->trained, Trained, i);
      StrataDocNode *node = strata_document_get_node (document, trained->id);

      if (node != NULL)
        g_set_object (&node->trained, trained->layer);
    }
  return good ? g_steal_pointer (&document) : NULL;
}

/* A loss that cannot be had leaves a model that is not compiled, as in Keras. */
static void
compile (StrataSnapshot *self,
         StrataDocument *document,
         StrataModel    *model)
{
  JsonNode *setting = strata_document_get_setting (document, "compile");

  if (setting != NULL && JSON_NODE_HOLDS_OBJECT (setting) &&
      strata_model_compile (model, json_node_get_object (setting), NULL))
    strata_model_continue (model, self->optimized);
}

/**
 * strata_snapshot_write: (skip)
 * @path: the `.keras` file to write or replace
 * @is_draft: (out) (optional): whether there is no model in the file, because the network is not valid yet
 *
 * Writes the document, in any thread. On error, the old file is as it was.
 */
gboolean
strata_snapshot_write (StrataSnapshot  *self,
                       const char      *path,
                       gboolean        *is_draft,
                       GError         **error)
{
  g_autoptr (StrataDocument) document = restore (self, error);
  g_autoptr (StrataModel) model = NULL;
  g_autoptr (StrataKerasFile) file = NULL;

  if (document == NULL)
    return FALSE;
  model = strata_document_build_model (document, NULL);
  if (model != NULL)
    compile (self, document, model);
  if (is_draft != NULL)
    *is_draft = model == NULL;
  file = strata_keras_file_new (model);
  strata_keras_file_set_extra (file, STRATA_DOCUMENT_MEMBER, self->document);
  strata_keras_file_set_extra (file, STRATA_RUNS_MEMBER, self->runs);
  return strata_keras_file_write (file, path, error);
}
