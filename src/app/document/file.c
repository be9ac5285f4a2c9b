/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/file.h"

#include <glib/gi18n.h>

#include "base/json.h"
#include "document/disk-state.h"
#include "document/document-private.h"
#include "document/import.h"
#include "document/node-private.h"
#include "document/serial.h"
#include "document/snapshot-private.h"
#include "io/keras/keras-file.h"
#include "io/keras/model-config.h"
#include "io/keras/model-file.h"

/* What a new document is trained with, until its user knows better. */
#define USUAL_SETTINGS                                                                                                 \
  "{\"compile\": {\"optimizer\": \"adam\", \"loss\": \"sparse_categorical_crossentropy\", \"metrics\": "               \
  "[\"accuracy\"]},"                                                                                                   \
  " \"fit\": {\"epochs\": 5, \"batch_size\": 32, \"validation_split\": 0.1}, \"data\": {\"kind\": \"mnist\"}}"

static void
take_settings (StrataDocument *self,
               JsonObject     *settings)
{
  g_autoptr (GList) keys = json_object_get_members (settings);

  for (GList *l = keys; l != NULL; l = l->next)
    strata_document_set_setting (self, l->data, json_object_get_member (settings, l->data));
}

/* What was read is where undo begins. */
static void
settle (StrataDocument *self)
{
  strata_document_end_group (self);
  strata_undo_clear (self->undo);
  strata_document_mark_saved (self, strata_document_get_mark (self));
  strata_document_update (self);
}

/**
 * strata_document_new_usual:
 *
 * Returns: (transfer full): an empty document that can be trained once it has layers
 */
StrataDocument *
strata_document_new_usual (void)
{
  StrataDocument *self = strata_document_new ();
  g_autoptr (JsonNode) settings = json_from_string (USUAL_SETTINGS, NULL);

  strata_document_begin_group (self, "");
  take_settings (self, json_node_get_object (settings));
  settle (self);
  return self;
}

/* An example has learned nothing: its weights are chance. */
static void
forget_weights (StrataDocument *self)
{
  for (guint i = 0; i < self->nodes->len; i++)
    g_clear_object (&((StrataDocNode *) g_ptr_array_index (self->nodes, i))->trained);
}

/**
 * strata_document_new_from_example:
 *
 * Returns: (transfer full): a document of its own, with no file yet
 */
StrataDocument *
strata_document_new_from_example (StrataExample  *example,
                                  GError        **error)
{
  g_autoptr (StrataModel) model = strata_model_from_config (example->model, error);
  g_autoptr (StrataDocument) self = NULL;
  gboolean success;

  if (model == NULL)
    return NULL;

  self = strata_document_new ();
  self->title = g_strdup (g_dgettext (NULL, example->title));
  strata_document_begin_group (self, "");
  success = strata_import_model (self, model, error);
  if (success)
    {
      forget_weights (self);
      take_settings (self, json_node_get_object (example->settings));
      strata_document_arrange (self);
      self->unplaced = TRUE;
    }
  settle (self);
  return success ? g_steal_pointer (&self) : NULL;
}

static JsonNode *
parse_member (StrataKerasFile *file,
              const char      *name)
{
  GBytes *bytes = strata_keras_file_get_extra (file, name);

  return bytes != NULL
         ? strata_json_parse (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL) : NULL;
}

static void
read_runs (StrataDocument  *self,
           StrataKerasFile *file)
{
  g_autoptr (JsonNode) json = parse_member (file, STRATA_RUNS_MEMBER);
  JsonArray *array = json != NULL && JSON_NODE_HOLDS_ARRAY (json) ? json_node_get_array (json) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      g_autoptr (StrataRun) run = strata_run_new_from_json (json_array_get_element (array, i));

      if (run != NULL)
        strata_document_add_run (self, run);
    }
}

static void
read_compile (StrataDocument *self,
              StrataModel    *model)
{
  JsonObject *config = strata_model_get_compile_config (model);
  g_autoptr (JsonNode) json = config != NULL ? strata_json_wrap (json_object_ref (config)) : NULL;

  if (json != NULL && strata_document_get_setting (self, "compile") == NULL)
    strata_document_set_setting (self, "compile", json);
}

/* Whether the document's layers are those of the model beside it: another program may have changed the model. */
static gboolean
is_of_model (StrataDocument *self,
             StrataModel    *model)
{
  for (guint i = 0; i < strata_model_get_n_layers (model); i++)
    if (strata_document_find_node (self, strata_layer_get_name (strata_model_get_layer (model, i))) == NULL)
      return FALSE;
  return TRUE;
}

/* Files that were not written by the app may only say how the model is trained. */
static JsonNode *
get_settings_only (JsonNode *json)
{
  JsonObject *object = json != NULL && JSON_NODE_HOLDS_OBJECT (json) ? json_node_get_object (json) : NULL;
  JsonNode *settings;

  if (object == NULL || json_object_has_member (object, "nodes") || json_object_has_member (object, "wires"))
    return NULL;
  settings = json_object_get_member (object, "settings");
  return settings != NULL && JSON_NODE_HOLDS_OBJECT (settings) ? settings : NULL;
}

/* Places, numbers and all from the document's own member, with the model's weights; or all from the model. */
static gboolean
fill (StrataDocument   *self,
      StrataKerasFile  *file,
      GError          **error)
{
  g_autoptr (JsonNode) json = parse_member (file, STRATA_DOCUMENT_MEMBER);
  g_autoptr (GPtrArray) all = NULL;
  JsonNode *settings = file->model != NULL ? get_settings_only (json) : NULL;

  if (settings != NULL)
    take_settings (self, json_node_get_object (settings));
  else if (json != NULL)
    {
      if (!strata_serial_read (self, json, TRUE, error))
        return FALSE;
      if (file->model == NULL)
        return TRUE;
      if (is_of_model (self, file->model))
        {
          strata_document_set_weights_from (self, file->model);
          return TRUE;
        }
      all = g_ptr_array_new_with_free_func (g_object_unref);
      for (guint i = 0; i < self->nodes->len; i++)
        g_ptr_array_add (all, g_object_ref (g_ptr_array_index (self->nodes, i)));
      for (guint i = 0; i < self->groups->len; i++)
        g_ptr_array_add (all, g_object_ref (g_ptr_array_index (self->groups, i)));
      strata_document_remove_nodes (self, all);
    }
  if (file->model == NULL)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_FORMAT,
                           _("There is neither a model nor a document in it"));
      return FALSE;
    }
  if (!strata_import_model (self, file->model, error))
    return FALSE;
  read_compile (self, file->model);
  strata_document_arrange (self);
  self->unplaced = TRUE;
  return TRUE;
}

/* What a document is called after its file. */
char *
strata_document_make_title (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  char *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';
  return g_filename_display_name (name);
}

/* Only Keras 3's own files have room for a document beside the model. */
static StrataKerasFile *
read_file (const char  *path,
           GError     **error)
{
  g_autoptr (GPtrArray) warnings = NULL;
  g_autoptr (StrataModel) model = NULL;
  StrataKerasFile *file;

  if (g_str_has_suffix (path, ".keras"))
    return strata_keras_file_read (path, error);

  warnings = g_ptr_array_new_with_free_func (g_free);
  model = strata_model_load_full (path, warnings, error);
  if (model == NULL)
    return NULL;
  file = strata_keras_file_new (model);
  for (guint i = 0; i < warnings->len; i++)
    strata_keras_file_warn (file, "%s", (const char *) g_ptr_array_index (warnings, i));
  return file;
}

/* Nobody else has the document yet, so any thread may make it. */
static StrataDocument *
read_document (GFile   *place,
               GError **error)
{
  g_autofree char *path = g_file_get_path (place), *name = g_file_get_basename (place), *disk_state = NULL;
  g_autoptr (StrataKerasFile) file = NULL;
  g_autoptr (StrataDocument) self = NULL;

  if (path == NULL)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_FILE, _("The file is not on this computer"));
      return NULL;
    }
  disk_state = strata_disk_state_read (place);
  file = read_file (path, error);
  if (file == NULL)
    return NULL;

  self = strata_document_new ();
  self->title = strata_document_make_title (place);
  /* What is no Keras 3 file is not written over: saving asks for another place. */
  if (g_str_has_suffix (name, ".keras"))
    g_set_object (&self->file, place);
  self->disk_state = g_steal_pointer (&disk_state);
  strata_document_begin_group (self, "");
  if (!fill (self, file, error))
    return NULL;
  if (file->model != NULL)
    strata_document_set_optimized (self, file->model);
  read_runs (self, file);
  settle (self);
  for (guint i = 0; i < file->warnings->len; i++)
    g_ptr_array_add (self->warnings, g_strdup (g_ptr_array_index (file->warnings, i)));
  return g_steal_pointer (&self);
}

static void
load_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  GError *error = NULL;
  StrataDocument *document = read_document (task_data, &error);

  if (document != NULL)
    g_task_return_pointer (task, document, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * strata_document_load_async:
 * @file: a `.keras`, `.h5`, `.json` or `.py` file
 *
 * Reads a document, or any model, without keeping anyone waiting.
 */
void
strata_document_load_async (GFile               *file,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, strata_document_load_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, load_in_thread);
}

/**
 * strata_document_load_finish:
 *
 * Returns: (transfer full): the document, or %NULL with @error set
 */
StrataDocument *
strata_document_load_finish (GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * strata_document_mark_recovered:
 * @self: a document that was just loaded from a copy of another
 * @title: (nullable): what that one was called
 * @file: (nullable): its file, which does not have the changes
 *
 * Makes it the one it is a copy of, with changes that are not saved.
 */
void
strata_document_mark_recovered (StrataDocument *self,
                                const char     *title,
                                GFile          *file)
{
  strata_document_set_file (self, file, title);
  g_free (self->disk_state);
  self->disk_state = file != NULL ? strata_disk_state_read (file) : NULL;
  strata_document_touch (self);
}

/**
 * strata_document_is_outdated:
 *
 * Returns: whether another program has written the document's file since it was read or saved
 */
gboolean
strata_document_is_outdated (StrataDocument *self)
{
  g_autofree char *state = self->file != NULL ? strata_disk_state_read (self->file) : NULL;

  return state != NULL && self->disk_state != NULL && !g_str_equal (state, self->disk_state);
}
