/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "train-options.h"

#include <string.h>

/* A word stays a word, so that "mae" is called that in logs; a call with arguments is made now. */
static JsonNode *
read_entry (StrataKind   kind,
            const char  *text,
            GError     **error)
{
  g_autoptr (StrataObject) object = NULL;

  if (strchr (text, '(') == NULL)
    return json_node_init_string (json_node_alloc (), text);
  object = strata_object_new_from_text (kind, text, error);
  return object != NULL ? strata_object_serialize (object) : NULL;
}

/* Commas inside brackets do not separate. */
static char **
split_list (const char *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *start = text;
  int depth = 0;

  for (const char *c = text;; c++)
    {
      depth += (*c == '(' || *c == '[') - (*c == ')' || *c == ']');
      if (*c != '\0' && (*c != ',' || depth > 0))
        continue;
      if (c > start)
        {
          g_autofree char *item = g_strndup (start, c - start);

          g_strv_builder_add (builder, g_strstrip (item));
        }
      if (*c == '\0')
        return g_strv_builder_end (builder);
      start = c + 1;
    }
}

static gboolean
set_metrics (JsonObject  *config,
             const char  *text,
             GError     **error)
{
  g_auto (GStrv) names = split_list (text);
  JsonArray *list = json_array_new ();

  json_object_set_array_member (config, "metrics", list);
  for (guint i = 0; names[i] != NULL; i++)
    {
      JsonNode *entry = read_entry (STRATA_KIND_METRIC, names[i], error);

      if (entry == NULL)
        return FALSE;
      json_array_add_element (list, entry);
    }
  return TRUE;
}

/**
 * strata_train_options_compile: (skip)
 *
 * Compiles the model anew where optimizer, loss or metrics are given; what is
 * not given stays as the file has it.
 */
gboolean
strata_train_options_compile (const StrataTrainOptions  *self,
                              StrataModel               *model,
                              GError                   **error)
{
  JsonObject *old = strata_model_get_compile_config (model);
  g_autoptr (JsonObject) config = json_object_new ();

  if (self->optimizer == NULL && self->loss == NULL && self->metrics == NULL && old != NULL)
    return TRUE;
  if (old != NULL)
    {
      g_autoptr (GList) members = json_object_get_members (old);

      for (GList *l = members; l != NULL; l = l->next)
        json_object_set_member (config, l->data, json_node_copy (json_object_get_member (old, l->data)));
    }
  if (self->optimizer != NULL)
    {
      JsonNode *node = read_entry (STRATA_KIND_OPTIMIZER, self->optimizer, error);

      if (node == NULL)
        return FALSE;
      json_object_set_member (config, "optimizer", node);
    }
  if (self->loss != NULL)
    {
      JsonNode *node = read_entry (STRATA_KIND_LOSS, self->loss, error);

      if (node == NULL)
        return FALSE;
      json_object_set_member (config, "loss", node);
    }
  if (self->metrics != NULL && !set_metrics (config, self->metrics, error))
    return FALSE;
  if (!json_object_has_member (config, "loss") || json_object_get_null_member (config, "loss"))
    {
      strata_set_error (error, STRATA_ERROR_STATE, "the model was saved without a loss; name one with --loss");
      return FALSE;
    }
  return strata_model_compile (model, config, error);
}

/**
 * strata_train_options_dup_callbacks: (skip)
 *
 * Returns: (transfer full): the callbacks that were asked for
 */
GPtrArray *
strata_train_options_dup_callbacks (const StrataTrainOptions  *self,
                                    GError                   **error)
{
  g_autoptr (GPtrArray) callbacks = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; self->callbacks != NULL && self->callbacks[i] != NULL; i++)
    {
      StrataObject *callback = strata_object_new_from_text (STRATA_KIND_CALLBACK, self->callbacks[i], error);

      if (callback == NULL)
        return NULL;
      g_ptr_array_add (callbacks, callback);
    }
  if (self->log_dir != NULL)
    {
      g_autoptr (JsonObject) config = json_object_new ();
      StrataObject *board;

      json_object_set_string_member (config, "log_dir", self->log_dir);
      board = strata_object_new (STRATA_KIND_CALLBACK, "TensorBoard", config, error);
      if (board == NULL)
        return NULL;
      g_ptr_array_add (callbacks, board);
    }
  return g_steal_pointer (&callbacks);
}

void
strata_train_options_clear (StrataTrainOptions *self)
{
  g_strfreev (self->x);
  g_strfreev (self->y);
  g_strfreev (self->validation_x);
  g_strfreev (self->validation_y);
  g_strfreev (self->sample_weight);
  g_strfreev (self->validation_sample_weight);
  g_strfreev (self->callbacks);
  g_free (self->class_weight);
  g_free (self->data);
  g_free (self->optimizer);
  g_free (self->loss);
  g_free (self->metrics);
  g_free (self->output);
  g_free (self->history);
  g_free (self->log_dir);
}
