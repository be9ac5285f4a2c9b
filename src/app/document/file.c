/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/file.h"

#include <glib/gi18n.h>

#include "base/json.h"
#include "document/document-private.h"
#include "document/import.h"
#include "document/serial.h"
#include "io/keras-file.h"
#include "io/model-config.h"
#include "io/model-file.h"

#define DOCUMENT_MEMBER "strata/document.json"
#define RUNS_MEMBER "strata/runs.json"

/* What a new document is trained with, until its user knows better. */
#define USUAL_SETTINGS                                                                                                     \
  "{\"compile\": {\"optimizer\": \"adam\", \"loss\": \"sparse_categorical_crossentropy\", \"metrics\": [\"accuracy\"]},"   \
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
      take_settings (self, json_node_get_object (example->settings));
      strata_document_arrange (self);
    }
  settle (self);
  return success ? g_steal_pointer (&self) : NULL;
}

static JsonNode *
parse_member (StrataKerasFile *file,
              const char      *name)
{
  GBytes *bytes = strata_keras_file_get_extra (file, name);

  return bytes != NULL ? strata_json_parse (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL) : NULL;
}

static void
read_runs (StrataDocument  *self,
           StrataKerasFile *file)
{
  g_autoptr (JsonNode) json = parse_member (file, RUNS_MEMBER);
  JsonArray *array = json != NULL && JSON_NODE_HOLDS_ARRAY (json) ? json_node_get_array (json) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      StrataRun *run = strata_run_new_from_json (json_array_get_element (array, i));

      if (run != NULL)
        g_ptr_array_add (self->runs, run);
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

/* Places, numbers and all from the document's own member, with the model's weights; or all from the model. */
static gboolean
fill (StrataDocument   *self,
      StrataKerasFile  *file,
      GError          **error)
{
  g_autoptr (JsonNode) json = parse_member (file, DOCUMENT_MEMBER);
  g_autoptr (GPtrArray) all = NULL;

  if (json != NULL)
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
      strata_document_remove_nodes (self, all);
    }
  if (file->model == NULL)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_FORMAT, _("There is neither a model nor a document in it"));
      return FALSE;
    }
  if (!strata_import_model (self, file->model, error))
    return FALSE;
  read_compile (self, file->model);
  strata_document_arrange (self);
  return TRUE;
}

static char *
make_title (GFile *file)
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

static void
load_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  g_autofree char *path = g_file_get_path (task_data);
  g_autoptr (GError) error = NULL;
  StrataKerasFile *file;

  if (path == NULL)
    {
      g_task_return_new_error (task, STRATA_ERROR, STRATA_ERROR_FILE, _("The file is not on this computer"));
      return;
    }
  file = read_file (path, &error);
  if (file != NULL)
    g_task_return_pointer (task, file, (GDestroyNotify) strata_keras_file_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * strata_document_load_async:
 * @file: a `.keras`, `.h5` or `.json` file
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
  g_autoptr (StrataKerasFile) file = g_task_propagate_pointer (G_TASK (result), error);
  g_autoptr (StrataDocument) self = NULL;
  GFile *place = g_task_get_task_data (G_TASK (result));
  g_autofree char *name = NULL;
  gboolean success;

  if (file == NULL)
    return NULL;

  self = strata_document_new ();
  self->title = make_title (place);
  /* What is no Keras 3 file is not written over: saving asks for another place. */
  name = g_file_get_basename (place);
  if (g_str_has_suffix (name, ".keras"))
    g_set_object (&self->file, place);
  strata_document_begin_group (self, "");
  success = fill (self, file, error);
  read_runs (self, file);
  settle (self);
  for (guint i = 0; i < file->warnings->len; i++)
    g_ptr_array_add (self->warnings, g_strdup (g_ptr_array_index (file->warnings, i)));
  return success ? g_steal_pointer (&self) : NULL;
}

static void
set_member (StrataKerasFile *file,
            const char      *name,
            JsonNode        *json)
{
  char *text = strata_json_to_text (json, TRUE);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  strata_keras_file_set_extra (file, name, bytes);
}

static JsonNode *
write_runs (StrataDocument *self)
{
  JsonArray *array = json_array_new ();
  JsonNode *json = json_node_init_array (json_node_alloc (), array);

  for (guint i = 0; i < self->runs->len; i++)
    json_array_add_element (array, strata_run_to_json (g_ptr_array_index (self->runs, i)));
  json_array_unref (array);
  return json;
}

/* The document as it is now; the model's weights are copies, so that it can change while it is written. */
static StrataKerasFile *
gather (StrataDocument *self)
{
  g_autoptr (StrataModel) model = strata_document_build_model (self, NULL);
  StrataKerasFile *file;
  g_autoptr (JsonNode) document = strata_serial_write (self, NULL), runs = write_runs (self);
  JsonNode *compile = strata_document_get_setting (self, "compile");

  /* A loss that cannot be had leaves a model that is not compiled, as in Keras. */
  if (model != NULL && compile != NULL && JSON_NODE_HOLDS_OBJECT (compile))
    strata_model_compile (model, json_node_get_object (compile), NULL);
  file = strata_keras_file_new (model);
  set_member (file, DOCUMENT_MEMBER, document);
  set_member (file, RUNS_MEMBER, runs);
  return file;
}

typedef struct
{
  StrataKerasFile *contents;
  char *path;
  GFile *file;          /* what the document is called after, or NULL for a copy */
  StrataMark mark;
} Save;

static void
save_free (Save *self)
{
  strata_keras_file_free (self->contents);
  g_free (self->path);
  g_clear_object (&self->file);
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

  if (strata_keras_file_write (save->contents, save->path, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
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

  save->contents = gather (self);
  save->path = path;
  save->file = file != NULL ? g_object_ref (file) : NULL;
  save->mark = strata_document_get_mark (self);
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
    *is_draft = save->contents->model == NULL;
  if (save->file != NULL)
    {
      g_autofree char *title = make_title (save->file);

      strata_document_set_file (self, save->file, title);
      strata_document_mark_saved (self, save->mark);
    }
  return TRUE;
}
