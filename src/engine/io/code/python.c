/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/code/python.h"

#include <string.h>

#include "base/json.h"
#include "io/code/python-value.h"
#include "layers/core/input-layer.h"
#include "layers/freezing.h"
#include "layers/naming.h"
#include "layers/operator.h"
#include "models/functional.h"
#include "models/sequential.h"

/*
 * Writer:
 * @functions: names of functions, one for each model; shared by all
 * @finished: StrataModel -> name of the function that makes it
 * @counts: how many layers of each class Keras will have named by itself
 * @code: what is written so far
 * @error: what went wrong with a model inside a layer
 */
typedef struct
{
  GHashTable *functions;
  GHashTable *finished;
  GHashTable *counts;
  GString *code;
  GError *error;
} Writer;

/* A functional model while it is written. */
typedef struct
{
  Writer *writer;
  StrataFunctional *model;
  GHashTable *names;    /* identifiers in use */
  GHashTable *layers;   /* StrataLayer -> identifier, of shared ones and models */
  GHashTable *results;  /* StrataSite -> identifier of what it returns */
} Body;

static const char *write_function (Writer *self, StrataModel *model, GError **error);
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
      function = write_function (self, STRATA_MODEL (layer), error);
      return function != NULL ? g_strdup_printf ("%s()", function) : NULL;
    }
  if (STRATA_IS_OPERATOR (layer))
    return write_operation (self, STRATA_OPERATOR (layer));
  if (strata_layer_get_info (layer) == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_UNSUPPORTED,
                   "The layer “%s” is of the class %s, which is defined in a program and cannot be written as Python",
                   strata_layer_get_name (layer), strata_object_get_class_name (STRATA_OBJECT (layer)));
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
write_sequential (Writer            *self,
                  StrataSequential  *model,
                  GString           *code,
                  GError           **error)
{
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
  g_string_append_printf (code, "        ],\n        name=%s,\n%s    )\n", name, is_thawed (STRATA_LAYER (model)) ? "        trainable=False,\n" : "");
  return TRUE;
}

static guint
count_calls (StrataFunctional *model,
             StrataLayer      *layer)
{
  const GPtrArray *sites = strata_functional_get_sites (model);
  guint n = 0;

  for (guint i = 0; i < sites->len; i++)
    n += ((StrataSite *) g_ptr_array_index (sites, i))->layer == layer;
  return n;
}

static gboolean
write_site (Body        *self,
            StrataSite  *site,
            GString     *code,
            GError     **error)
{
  StrataLayer *layer = site->layer;
  const char *shared = g_hash_table_lookup (self->layers, layer);
  g_autofree char *made = NULL;
  char *result;

  if (shared == NULL)
    {
      made = write_layer (self->writer, layer, error);
      if (made == NULL)
        return FALSE;
    }
  if (shared == NULL && count_calls (self->model, layer) > 1)
    {
      g_autofree char *hint = g_strdup_printf ("%s_layer", strata_layer_get_name (layer));
      char *name = strata_python_identifier (hint, self->names);

      g_hash_table_insert (self->layers, layer, name);
      g_string_append_printf (code, "    %s = %s\n", name, made);
      shared = name;
    }
  result = strata_python_identifier (strata_layer_get_name (layer), self->names);
  g_string_append_printf (code, "    %s = %s", result, shared != NULL ? shared : made);
  if (!strata_is_input_layer (layer))
    strata_python_append_call (self->results, site, code);
  strata_python_count_inside (self->writer->counts, site);
  g_string_append_c (code, '\n');
  g_hash_table_insert (self->results, site, result);
  return TRUE;
}

static void
append_port (Body     *self,
             gboolean  outputs,
             guint     i,
             GString  *code)
{
  g_autofree char *name = strata_python_symbol (self->results, outputs ? strata_functional_get_output (self->model, i)
                                                                       : strata_functional_get_input (self->model, i));

  g_string_append (code, name);
}

/* Tensors in the arrangement that the model came with: lists, and dicts by sorted names. */
static void
append_arranged (Body     *self,
                 gboolean  outputs,
                 JsonNode *structure,
                 guint    *next,
                 GString  *code)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (structure) ? json_node_get_array (structure) : NULL;
  JsonObject *object = array == NULL ? json_node_get_object (structure) : NULL;
  g_autoptr (GList) names = object != NULL ? g_list_sort (json_object_get_members (object), (GCompareFunc) strcmp) : NULL;

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
write_ports (Body     *self,
             gboolean  outputs)
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

/* How often calls are gone through for those whose turn it is; what is left then comes in the order of the model. */
#define MAX_ROUNDS 100

/* Whether all that a call takes is there, and, if @numbered, all earlier calls of its layer in the model. */
static gboolean
is_ready (StrataSite      *site,
          const GPtrArray *calls,
          GHashTable      *written,
          gboolean         numbered)
{
  for (guint i = 0; i < site->inputs->len; i++)
    if (!g_hash_table_contains (written, ((StrataSymbol *) g_ptr_array_index (site->inputs, i))->site))
      return FALSE;
  for (guint i = 0; i < calls->len && numbered; i++)
    {
      StrataSite *call = g_ptr_array_index (calls, i);

      if (call->index < site->index && !g_hash_table_contains (written, call))
        return FALSE;
    }
  return TRUE;
}

/* StrataLayer -> its calls in the model */
static GHashTable *
group_calls (const GPtrArray *sites)
{
  GHashTable *groups = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < sites->len; i++)
    {
      StrataSite *site = g_ptr_array_index (sites, i);
      GPtrArray *calls = g_hash_table_lookup (groups, site->layer);

      if (calls == NULL)
        {
          calls = g_ptr_array_new ();
          g_hash_table_insert (groups, site->layer, calls);
        }
      g_ptr_array_add (calls, site);
    }
  return groups;
}

/* The calls of a model in its order, but those of one layer as they were made, which is how Keras numbers them. */
static GPtrArray *
order_sites (const GPtrArray *sites)
{
  g_autoptr (GHashTable) groups = group_calls (sites), written = g_hash_table_new (NULL, NULL);
  GPtrArray *ordered = g_ptr_array_new ();

  for (guint round = 0; ordered->len < sites->len; round++)
    {
      guint before = ordered->len;

      for (guint i = 0; i < sites->len; i++)
        {
          StrataSite *site = g_ptr_array_index (sites, i);

          if (!g_hash_table_contains (written, site) &&
              is_ready (site, g_hash_table_lookup (groups, site->layer), written, round < MAX_ROUNDS))
            {
              g_hash_table_add (written, site);
              g_ptr_array_add (ordered, site);
            }
        }
      if (ordered->len == before && round >= MAX_ROUNDS)
        break;
      if (ordered->len == before)
        round = MAX_ROUNDS - 1;
    }
  for (guint i = 0; i < sites->len && ordered->len < sites->len; i++)
    if (g_hash_table_add (written, g_ptr_array_index (sites, i)))
      g_ptr_array_add (ordered, g_ptr_array_index (sites, i));
  return ordered;
}

static gboolean
write_functional (Writer            *self,
                  StrataFunctional  *model,
                  GString           *code,
                  GError           **error)
{
  g_autoptr (GPtrArray) sites = order_sites (strata_functional_get_sites (model));
  Body body = { self, model, NULL };
  gboolean good = TRUE;

  body.names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  body.layers = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  body.results = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  for (guint i = 0; i < sites->len && good; i++)
    good = write_site (&body, g_ptr_array_index (sites, i), code, error);
  if (good)
    {
      g_autofree char *inputs = write_ports (&body, FALSE), *outputs = write_ports (&body, TRUE);
      g_autofree char *name = quote (strata_layer_get_name (STRATA_LAYER (model)));

      g_string_append_printf (code, "    model = keras.Model(inputs=%s, outputs=%s, name=%s%s)\n", inputs, outputs, name,
                              is_thawed (STRATA_LAYER (model)) ? ", trainable=False" : "");
    }
  g_hash_table_unref (body.names);
  g_hash_table_unref (body.layers);
  g_hash_table_unref (body.results);
  return good;
}

/* Writes the function that makes a model, after those of the models inside it. */
static const char *
write_function (Writer       *self,
                StrataModel  *model,
                GError      **error)
{
  g_autoptr (GString) code = g_string_new (NULL);
  g_autofree char *hint = g_strdup_printf ("make_%s", strata_layer_get_name (STRATA_LAYER (model)));
  char *name = g_hash_table_lookup (self->finished, model);
  gboolean good;

  if (name != NULL)
    return name;
  if (STRATA_IS_FUNCTIONAL (model))
    good = write_functional (self, STRATA_FUNCTIONAL (model), code, error);
  else if (STRATA_IS_SEQUENTIAL (model))
    good = write_sequential (self, STRATA_SEQUENTIAL (model), code, error);
  else
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_UNSUPPORTED,
                   "The model “%s” is of a class that is defined in a program and cannot be written as Python",
                   strata_layer_get_name (STRATA_LAYER (model)));
      good = FALSE;
    }
  if (!good)
    return NULL;
  name = strata_python_identifier (hint, self->functions);
  g_hash_table_insert (self->finished, model, name);
  g_string_append_printf (self->code, "\n\ndef %s():\n%s", name, code->str);
  if (!strata_layer_get_trainable (STRATA_LAYER (model)) && !is_thawed (STRATA_LAYER (model)))
    g_string_append (self->code, "    model.trainable = False\n");
  g_string_append (self->code, "    return model\n");
  return name;
}

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
      g_autofree char *value = node != NULL && !JSON_NODE_HOLDS_NULL (node) ? write_compiled (self, members[i].kind, node) : NULL;

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
  Writer self = { .code = g_string_new ("import keras\nfrom keras import layers\n") };
  const char *function;
  char *result = NULL;

  self.functions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.finished = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self.counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  function = write_function (&self, model, error);
  if (function != NULL)
    {
      write_compile (&self, model, function, self.code);
      result = g_strdup (self.code->str);
    }
  g_string_free (self.code, TRUE);
  g_hash_table_unref (self.functions);
  g_hash_table_unref (self.finished);
  g_hash_table_unref (self.counts);
  return result;
}
