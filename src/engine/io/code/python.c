/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/code/python.h"

#include <string.h>

#include "base/json.h"
#include "io/code/code-writer.h"
#include "io/code/python-value.h"
#include "layers/core/input-layer.h"
#include "layers/freezing.h"
#include "layers/naming.h"
#include "layers/operator.h"

/*
 * Writer:
 * @counts: how many layers of each class Keras will have named by itself
 * @error: what went wrong with a model inside a layer
 */
typedef struct
{
  StrataCodeWriter base;
  GHashTable *counts;
  GError *error;
} Writer;

static char *write_inner (StrataObject *object, gpointer data);

static char *
write_input (Writer      *self,
             StrataLayer *layer)
{
  g_autofree char *dtype = strata_input_layer_dup_dtype (layer);
  GString *code = g_string_new ("keras.Input(");
  g_autofree char *text = NULL;
  StrataSpec spec;
  gint64 batch;

  if (strata_input_layer_get_spec (layer, &spec, NULL) && spec.shape.rank > 0)
    {
      StrataShape sample = spec.shape;

      batch = sample.dims[0];
      strata_shape_remove (&sample, 0);
      text = strata_shape_to_string (&sample);
      g_string_append_printf (code, "shape=%s", text);
      if (batch >= 0)
        g_string_append_printf (code, ", batch_size=%" G_GINT64_FORMAT, batch);
      if (!g_str_equal (dtype, "float32"))
        g_string_append_printf (code, ", dtype=\"%s\"", dtype);
    }
  if (!strata_python_take_name (self->counts, strata_layer_get_name (layer), "InputLayer"))
    {
      g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), strata_layer_get_name (layer));
      g_autofree char *name = strata_python_literal (node);

      g_string_append_printf (code, ", name=%s", name);
    }
  g_string_append_c (code, ')');
  return g_string_free (code, FALSE);
}

/* Keras names it after its class, and has no way to be told otherwise. */
static char *
write_operation (Writer         *self,
                 StrataOperator *operator)
{
  const StrataOperation *operation = strata_operator_get_operation (operator);
  g_autofree char *name = strata_python_next_name (self->counts, operation->name);

  return g_str_equal (operation->name, "GetItem") ? g_strdup ("") : strata_operation_dup_function (operation);
}

/* The layer with what it learned as parameters: code has no other place for a vocabulary. */
static StrataLayer *
dup_whole (StrataLayer *layer)
{
  g_autoptr (JsonObject) learned = strata_layer_dup_learned (layer), config = NULL;
  g_autoptr (GList) names = learned != NULL ? json_object_get_members (learned) : NULL;
  StrataLayer *whole = NULL;

  if (learned != NULL)
    config = strata_object_get_config (STRATA_OBJECT (layer));
  for (GList *l = names; l != NULL; l = l->next)
    json_object_set_member (config, l->data, json_node_copy (json_object_get_member (learned, l->data)));
  if (config != NULL)
    whole = strata_layer_new (strata_object_get_class_name (STRATA_OBJECT (layer)), config, NULL);
  return whole != NULL ? whole : g_object_ref (layer);
}

/* Code that makes a layer: a call of its class, or of the function that makes a model. */
static char *
write_layer (Writer       *self,
             StrataLayer  *layer,
             GError      **error)
{
  g_autoptr (StrataLayer) whole = NULL;
  const char *function;
  char *made;

  if (strata_is_input_layer (layer))
    return write_input (self, layer);
  if (STRATA_IS_MODEL (layer))
    {
      function = strata_code_writer_add_model (&self->base, STRATA_MODEL (layer), error);
      return function != NULL ? g_strdup_printf ("%s()", function) : NULL;
    }
  if (STRATA_IS_OPERATOR (layer))
    return write_operation (self, STRATA_OPERATOR (layer));
  if (strata_layer_get_info (layer) == NULL)
    {
      strata_code_writer_refuse_layer (&self->base, layer, error);
      return NULL;
    }
  whole = dup_whole (layer);
  made = strata_python_call (STRATA_OBJECT (whole), self->counts, write_inner, self);
  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      g_clear_pointer (&made, g_free);
    }
  return made;
}

/* A model in a parameter of a layer, such as the one that TimeDistributed takes through a sequence. */
static char *
write_inner (StrataObject *object,
             gpointer      data)
{
  Writer *self = data;

  if (!STRATA_IS_MODEL (object) || self->error != NULL)
    return NULL;
  return write_layer (self, STRATA_LAYER (object), &self->error);
}

static char *
quote (const char *text)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), text);

  return strata_python_literal (node);
}

static gboolean
learns (StrataLayer *layer)
{
  if (strata_layer_get_n_children (layer) == 0)
    return strata_layer_get_trainable (layer);
  for (guint i = 0; i < strata_layer_get_n_children (layer); i++)
    if (learns (strata_layer_get_child (layer, i, NULL)))
      return TRUE;
  return FALSE;
}

/* Frozen, while some layer in it is not. */
static gboolean
is_thawed (StrataLayer *model)
{
  return !strata_layer_get_trainable (model) && !strata_layer_freezes_inside (model) && learns (model);
}

static gboolean
write_sequential (StrataCodeWriter  *writer,
                  StrataSequential  *model,
                  GString           *code,
                  GError           **error)
{
  Writer *self = (Writer *) writer;
  StrataLayer *input = strata_sequential_get_input_layer (model);
  g_autofree char *name = quote (strata_layer_get_name (STRATA_LAYER (model)));

  g_string_append (code, "    model = keras.Sequential(\n        [\n");
  if (input != NULL)
    {
      g_autofree char *text = write_input (self, input);

      g_string_append_printf (code, "            %s,\n", text);
    }
  for (guint i = 0; i < strata_model_get_n_layers (STRATA_MODEL (model)); i++)
    {
      g_autofree char *text = write_layer (self, strata_model_get_layer (STRATA_MODEL (model), i), error);

      if (text == NULL)
        return FALSE;
      g_string_append_printf (code, "            %s,\n", text);
    }
  g_string_append_printf (code, "        ],\n        name=%s,\n%s    )\n", name,
                          is_thawed (STRATA_LAYER (model)) ? "        trainable=False,\n" : "");
  return TRUE;
}

static gboolean
write_site (StrataCodeBody  *self,
            StrataSite      *site,
            GString         *code,
            GError         **error)
{
  Writer *writer = (Writer *) self->writer;
  StrataLayer *layer = site->layer;
  const char *shared = g_hash_table_lookup (self->layers, layer), *result;
  g_autofree char *made = NULL;

  if (shared == NULL)
    {
      made = write_layer (writer, layer, error);
      if (made == NULL)
        return FALSE;
      shared = strata_code_body_share (self, layer);
      if (shared != NULL)
        g_string_append_printf (code, "    %s = %s\n", shared, made);
    }
  result = strata_code_body_name_result (self, site);
  g_string_append_printf (code, "    %s = %s", result, shared != NULL ? shared : made);
  if (!strata_is_input_layer (layer))
    strata_python_append_call (self->results, site, code);
  strata_python_count_inside (writer->counts, site);
  g_string_append_c (code, '\n');
  return TRUE;
}

static void
append_port (StrataCodeBody *self,
             gboolean        outputs,
             guint           i,
             GString        *code)
{
  g_autofree char *name = strata_python_symbol (self->results, outputs ? strata_functional_get_output (self->model, i)
                                                                       : strata_functional_get_input (self->model, i));

  g_string_append (code, name);
}

/* Tensors in the arrangement that the model came with: lists, and dicts by sorted names. */
static void
append_arranged (StrataCodeBody *self,
                 gboolean        outputs,
                 JsonNode       *structure,
                 guint          *next,
                 GString        *code)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (structure) ? json_node_get_array (structure) : NULL;
  JsonObject *object = array == NULL ? json_node_get_object (structure) : NULL;
  g_autoptr (GList) names = object != NULL
                            ? g_list_sort (json_object_get_members (object), (GCompareFunc) strcmp) : NULL;

  if (array != NULL && strata_json_element_string (array, 0) != NULL)
    {
      append_port (self, outputs, (*next)++, code);
      return;
    }
  g_string_append_c (code, array != NULL ? '[' : '{');
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      g_string_append (code, i > 0 ? ", " : "");
      append_arranged (self, outputs, json_array_get_element (array, i), next, code);
    }
  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *key = quote (l->data);

      g_string_append_printf (code, "%s%s: ", l != names ? ", " : "", key);
      append_arranged (self, outputs, json_object_get_member (object, l->data), next, code);
    }
  g_string_append_c (code, array != NULL ? ']' : '}');
}

static char *
write_ports (StrataCodeBody *self,
             gboolean        outputs)
{
  StrataModel *model = STRATA_MODEL (self->model);
  JsonNode *structure = strata_functional_get_structure (self->model, outputs);
  guint n = outputs ? strata_model_get_n_outputs (model) : strata_model_get_n_inputs (model), next = 0;
  GString *code = g_string_new (NULL);

  if (structure != NULL)
    {
      append_arranged (self, outputs, structure, &next, code);
      return g_string_free (code, FALSE);
    }
  g_string_append (code, n > 1 ? "[" : "");
  for (guint i = 0; i < n; i++)
    {
      g_string_append (code, i > 0 ? ", " : "");
      append_port (self, outputs, i, code);
    }
  g_string_append (code, n > 1 ? "]" : "");
  return g_string_free (code, FALSE);
}

static void
write_model (StrataCodeBody *self,
             GString        *code)
{
  StrataLayer *model = STRATA_LAYER (self->model);
  g_autofree char *inputs = write_ports (self, FALSE), *outputs = write_ports (self, TRUE);
  g_autofree char *name = quote (strata_layer_get_name (model));

  g_string_append_printf (code, "    model = keras.Model(inputs=%s, outputs=%s, name=%s%s)\n", inputs, outputs, name,
                          is_thawed (model) ? ", trainable=False" : "");
}

static void
write_function (StrataCodeWriter *self,
                StrataModel      *model,
                const char       *name,
                const char       *code)
{
  StrataLayer *layer = STRATA_LAYER (model);

  g_string_append_printf (self->code, "\n\ndef %s():\n%s", name, code);
  if (!strata_layer_get_trainable (layer) && !is_thawed (layer))
    g_string_append (self->code, "    model.trainable = False\n");
  g_string_append (self->code, "    return model\n");
}

static const StrataCodeLanguage python = { "Python", NULL, write_sequential, write_site, write_model, write_function };

/* A loss or metric may be a name, or an object that names its class. */
static char *
write_compiled (Writer     *self,
                StrataKind  kind,
                JsonNode   *node)
{
  g_autoptr (StrataObject) object = NULL;
  g_autoptr (GString) code = NULL;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      code = g_string_new ("[");
      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          g_autofree char *item = write_compiled (self, kind, json_array_get_element (array, i));

          g_string_append_printf (code, "%s%s", i > 0 ? ", " : "", item);
        }
      g_string_append_c (code, ']');
      return g_strdup (code->str);
    }
  if (JSON_NODE_HOLDS_OBJECT (node) && json_object_has_member (json_node_get_object (node), "class_name"))
    object = strata_object_deserialize (kind, node, NULL);
  return object != NULL ? strata_python_call (object, self->counts, NULL, NULL) : strata_python_literal (node);
}

static void
write_compile (Writer      *self,
               StrataModel *model,
               const char  *function,
               GString     *code)
{
  static const struct
  {
    const char *name;
    StrataKind kind;
  } members[] = {
    { "loss", STRATA_KIND_LOSS },
    { "loss_weights", STRATA_KIND_LOSS },
    { "metrics", STRATA_KIND_METRIC },
    { "weighted_metrics", STRATA_KIND_METRIC },
  };
  JsonObject *config = strata_model_get_compile_config (model);
  g_autofree char *optimizer = NULL;

  g_string_append_printf (code, "\n\nmodel = %s()\n", function);
  if (!strata_model_is_compiled (model))
    return;
  optimizer = strata_python_call (STRATA_OBJECT (strata_model_get_optimizer (model)), self->counts, NULL, NULL);
  g_string_append_printf (code, "model.compile(\n    optimizer=%s,\n", optimizer);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      JsonNode *node = json_object_get_member (config, members[i].name);
      g_autofree char *value = node != NULL && !JSON_NODE_HOLDS_NULL (node)
                               ? write_compiled (self, members[i].kind, node) : NULL;

      if (value != NULL && !g_str_equal (value, "[]"))
        g_string_append_printf (code, "    %s=%s,\n", members[i].name, value);
    }
  g_string_append (code, ")\n");
}

/**
 * strata_model_to_python:
 *
 * Returns: (transfer full): Python code for Keras 3 that builds the same model, without its weights
 */
char *
strata_model_to_python (StrataModel  *model,
                        GError      **error)
{
  Writer self = { 0 };
  const char *function;
  char *result = NULL;

  strata_code_writer_init (&self.base, &python);
  g_string_append (self.base.code, "import keras\nfrom keras import layers\n");
  self.counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  function = strata_code_writer_add_model (&self.base, model, error);
  if (function != NULL)
    {
      write_compile (&self, model, function, self.base.code);
      if (strstr (self.base.code->str, "np.array(") != NULL)
        g_string_insert (self.base.code, strlen ("import keras\n"), "import numpy as np\n");
      result = g_strdup (self.base.code->str);
    }
  strata_code_writer_clear (&self.base);
  g_hash_table_unref (self.counts);
  return result;
}
