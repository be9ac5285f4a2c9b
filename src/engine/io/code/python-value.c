/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/code/python-value.h"

#include <string.h>

#include "base/json.h"
#include "base/policy.h"
#include "layers/core/expression.h"
#include "layers/layer.h"
#include "layers/naming.h"

static void
append_string (GString    *code,
               const char *text)
{
  g_string_append_c (code, '"');
  for (; *text != '\0'; text++)
    if (*text == '"' || *text == '\\')
      g_string_append_printf (code, "\\%c", *text);
    else if (*text == '\n')
      g_string_append (code, "\\n");
    else if ((guchar) *text < 32 || *text == 127)
      g_string_append_printf (code, "\\x%02x", (guchar) *text);
    else
      g_string_append_c (code, *text);
  g_string_append_c (code, '"');
}

static void
append_number (GString  *code,
               JsonNode *node)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE], shorter[G_ASCII_DTOSTR_BUF_SIZE];
  double number;

  if (json_node_get_value_type (node) == G_TYPE_INT64)
    {
      g_string_append_printf (code, "%" G_GINT64_FORMAT, json_node_get_int (node));
      return;
    }
  number = json_node_get_double (node);
  g_ascii_dtostr (buffer, sizeof buffer, number);
  /* 0.1 rather than 0.10000000000000001, where that is the same number, be it as a float32. */
  if (g_ascii_strtod (g_ascii_formatd (shorter, sizeof shorter, "%.15g", number), NULL) == number)
    strcpy (buffer, shorter);
  if ((double) (float) number == number &&
      (float) g_ascii_strtod (g_ascii_formatd (shorter, sizeof shorter, "%.7g", number), NULL) == (float) number)
    strcpy (buffer, shorter);
  g_string_append (code, buffer);
  if (strpbrk (buffer, ".en") == NULL)
    g_string_append (code, ".0");
}

static void
append_literal (GString  *code,
                JsonNode *node,
                gboolean  tuple)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);
      guint n = json_array_get_length (array);

      g_string_append_c (code, tuple ? '(' : '[');
      for (guint i = 0; i < n; i++)
        {
          append_literal (code, json_array_get_element (array, i), tuple);
          g_string_append (code, i + 1 < n ? ", " : tuple && n == 1 ? "," : "");
        }
      g_string_append_c (code, tuple ? ')' : ']');
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      g_autoptr (GList) members = json_object_get_members (object);

      g_string_append_c (code, '{');
      for (GList *l = members; l != NULL; l = l->next)
        {
          append_string (code, l->data);
          g_string_append (code, ": ");
          append_literal (code, json_object_get_member (object, l->data), FALSE);
          g_string_append (code, l->next != NULL ? ", " : "");
        }
      g_string_append_c (code, '}');
    }
  else if (JSON_NODE_HOLDS_NULL (node))
    g_string_append (code, "None");
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    g_string_append (code, json_node_get_boolean (node) ? "True" : "False");
  else if (strata_json_is_string (node))
    append_string (code, json_node_get_string (node));
  else
    append_number (code, node);
}

/**
 * strata_python_literal: (skip)
 *
 * Returns: (transfer full): a value as Python code; lists are tuples
 */
char *
strata_python_literal (JsonNode *node)
{
  GString *code = g_string_new (NULL);

  append_literal (code, node, TRUE);
  return g_string_free (code, FALSE);
}

/* Where Keras has the class. */
static const char *
get_module (StrataKind kind)
{
  switch (kind)
    {
    case STRATA_KIND_LAYER:
      return "layers";
    case STRATA_KIND_ACTIVATION:
      return "keras.activations";
    case STRATA_KIND_INITIALIZER:
      return "keras.initializers";
    case STRATA_KIND_REGULARIZER:
      return "keras.regularizers";
    case STRATA_KIND_CONSTRAINT:
      return "keras.constraints";
    case STRATA_KIND_LOSS:
      return "keras.losses";
    case STRATA_KIND_METRIC:
      return "keras.metrics";
    case STRATA_KIND_OPTIMIZER:
      return "keras.optimizers";
    case STRATA_KIND_SCHEDULE:
      return "keras.optimizers.schedules";
    case STRATA_KIND_CALLBACK:
      return "keras.callbacks";
    case STRATA_KIND_APPLICATION:
      return "keras.applications";
    }
  return "keras";
}

static gboolean
has_arguments (StrataObject *object)
{
  const GPtrArray *params = strata_object_get_params (object);

  for (guint i = 0; i < params->len; i++)
    {
      const StrataParam *param = g_ptr_array_index (params, i);

      if (!param->transient && !strata_param_is_default (param, object))
        return TRUE;
    }
  return FALSE;
}

typedef struct
{
  StrataPythonInner inner;
  gpointer data;
  GHashTable *counts;
} Maker;

static void append_call (GString *code, StrataObject *object, const Maker *maker);

static void
append_number_of (GString      *code,
                  StrataObject *object,
                  const char   *param)
{
  g_autoptr (JsonNode) value = strata_object_get_param (object, param);

  append_literal (code, value, TRUE);
}

/* Layers where Keras has the activation as one, else a function of the one with the parameters. */
static void
append_activation (GString      *code,
                   StrataObject *object,
                   GHashTable   *counts)
{
  static const char *const as_layers[][2] = {
    { "relu", "ReLU" }, { "leaky_relu", "LeakyReLU" }, { "elu", "ELU" }, { "softmax", "Softmax" },
  };
  const char *name = strata_object_get_class_name (object);
  const GPtrArray *params = strata_object_get_params (object);
  const char *layer = NULL;

  if (g_str_equal (name, "hard_sigmoid"))
    {
      g_string_append (code, "lambda x: keras.ops.clip(");
      append_number_of (code, object, "slope");
      g_string_append (code, " * x + 0.5, 0, 1)");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (as_layers); i++)
    if (g_str_equal (as_layers[i][0], name))
      layer = as_layers[i][1];
  if (layer != NULL)
    {
      /* It has a name like any other layer. */
      g_autofree char *made_up = strata_python_next_name (counts, layer);

      g_string_append_printf (code, "layers.%s(", layer);
    }
  else
    g_string_append_printf (code, "lambda x: keras.activations.%s(x", name);
  for (guint i = 0; i < params->len; i++)
    {
      const char *param = ((const StrataParam *) g_ptr_array_index (params, i))->name;

      g_string_append_printf (code, "%s%s=", i > 0 || layer == NULL ? ", " : "", param);
      append_number_of (code, object, param);
    }
  g_string_append_c (code, ')');
}

static gboolean
is_object (JsonNode *node)
{
  return JSON_NODE_HOLDS_OBJECT (node) && json_object_has_member (json_node_get_object (node), "class_name");
}

/* An activation that was given as a layer stays one. */
static gboolean
append_as_layer (GString      *code,
                 StrataObject *object,
                 const Maker  *maker)
{
  g_autoptr (JsonNode) node = strata_object_serialize (object);
  g_autoptr (StrataObject) layer = NULL;

  if (is_object (node) &&
      g_strcmp0 (strata_json_get_string (json_node_get_object (node), "module", NULL), "keras.layers") == 0)
    layer = strata_object_deserialize (STRATA_KIND_LAYER, node, NULL);
  if (layer == NULL)
    return FALSE;
  append_call (code, layer, maker);
  return TRUE;
}

/* Keras takes names for what needs no arguments: "glorot_uniform", "relu". */
static void
append_object (GString      *code,
               StrataObject *object,
               const Maker  *maker)
{
  StrataKind kind = STRATA_OBJECT_GET_CLASS (object)->kind;
  const char *class_name = strata_object_get_class_name (object);
  g_autofree char *made = maker->inner != NULL ? maker->inner (object, maker->data) : NULL;
  g_autofree char *snake = NULL;

  if (made != NULL)
    g_string_append (code, made);
  else if (kind == STRATA_KIND_SCHEDULE && g_str_equal (class_name, "Constant"))
    append_number_of (code, object, "value");
  else if (kind == STRATA_KIND_ACTIVATION && append_as_layer (code, object, maker))
    return;
  else if (kind == STRATA_KIND_ACTIVATION && has_arguments (object))
    append_activation (code, object, maker->counts);
  else if (kind == STRATA_KIND_ACTIVATION)
    append_string (code, class_name);
  else if (kind == STRATA_KIND_INITIALIZER && !has_arguments (object))
    append_string (code, snake = strata_naming_snake (class_name));
  else
    append_call (code, object, maker);
}

/* Cells of recurrent layers are kept as a list of their configs. */
static void
append_objects (GString     *code,
                JsonArray   *list,
                const Maker *maker)
{
  g_string_append_c (code, '[');
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      g_autoptr (StrataObject) item = strata_object_deserialize (STRATA_KIND_LAYER,
                                                                 json_array_get_element (list, i), NULL);

      g_string_append (code, i > 0 ? ", " : "");
      if (item != NULL)
        append_object (code, item, maker);
      else
        append_literal (code, json_array_get_element (list, i), TRUE);
    }
  g_string_append_c (code, ']');
}

static void
append_argument (GString           *code,
                 StrataObject      *object,
                 const StrataParam *param,
                 const Maker       *maker)
{
  g_autoptr (JsonNode) value = strata_param_get (param, object);
  StrataObject *inner = param->type == STRATA_PARAM_OBJECT
                        ? G_STRUCT_MEMBER (StrataObject *, object, param->offset) : NULL;
  JsonArray *list = param->type == STRATA_PARAM_JSON && JSON_NODE_HOLDS_ARRAY (value)
                    ? json_node_get_array (value) : NULL;

  if (inner != NULL)
    append_object (code, inner, maker);
  else if (param->type == STRATA_PARAM_JSON && g_str_equal (param->name, "function") && is_object (value))
    {
      /* Of a Lambda, which computes an expression or has the name of a function. */
      g_autofree char *function = strata_expression_to_python (strata_json_get_string (json_node_get_object (value),
                                                                                       "config", ""));

      g_string_append (code, function);
    }
  else if (list != NULL && json_array_get_length (list) > 0 && is_object (json_array_get_element (list, 0)))
    append_objects (code, list, maker);
  else if (param->type == STRATA_PARAM_JSON && is_object (value))
    {
      g_string_append (code, "keras.saving.deserialize_keras_object(");
      append_literal (code, value, FALSE);
      g_string_append_c (code, ')');
    }
  else
    append_literal (code, value, TRUE);
}

/* Objects that are no layers are called after their class: "adam". */
static gboolean
is_made_up (const char *name,
            const char *class_name)
{
  g_autofree char *snake = strata_naming_snake (class_name);
  gsize n = strlen (snake);

  if (!g_str_has_prefix (name, snake))
    return FALSE;
  if (name[n] == '\0')
    return TRUE;
  return name[n] == '_' && name[n + 1] != '\0' && strspn (name + n + 1, "0123456789") == strlen (name + n + 1);
}

/* Policies other than the usual one are kept; the usual one goes without saying. */
static gboolean
is_plain_policy (JsonNode *node)
{
  return g_str_equal (strata_policy_get_name (node), "float32");
}

static gboolean
is_name_written (StrataObject *object,
                 JsonNode     *value,
                 GHashTable   *counts)
{
  const char *class_name = strata_object_get_class_name (object);

  if (!strata_json_is_string (value))
    return FALSE;
  if (STRATA_OBJECT_GET_CLASS (object)->kind == STRATA_KIND_LAYER)
    return !strata_python_take_name (counts, json_node_get_string (value), class_name);
  return !is_made_up (json_node_get_string (value), class_name);
}

/* A default that came back from a float32 is still one. */
static gboolean
is_usual (const StrataParam *param,
          JsonNode          *value)
{
  g_autoptr (JsonNode) fallback = strata_param_get_default (param);
  g_autofree char *text = NULL, *usual = NULL;

  if (fallback == NULL || !strata_json_is_number (fallback) || !strata_json_is_number (value))
    return FALSE;
  text = strata_python_literal (value);
  usual = strata_python_literal (fallback);
  return g_str_equal (text, usual);
}

static gboolean
is_written (StrataObject      *object,
            const StrataParam *param,
            GHashTable        *counts)
{
  g_autoptr (JsonNode) value = NULL;

  if (param->transient || (strata_param_is_default (param, object) && !g_str_equal (param->name, "name")))
    return FALSE;
  value = strata_param_get (param, object);
  if (g_str_equal (param->name, "name"))
    return is_name_written (object, value, counts);
  return !is_usual (param, value) && (!g_str_equal (param->name, "dtype") || !is_plain_policy (value));
}

static gboolean
is_of_all (const StrataParam *param)
{
  return g_str_equal (param->name, "name") || g_str_equal (param->name, "dtype") ||
         g_str_equal (param->name, "trainable");
}

/* What all objects have comes last, as people write it. */
static void
append_call (GString      *code,
             StrataObject *object,
             const Maker  *maker)
{
  const GPtrArray *params = strata_object_get_params (object);
  const StrataObjectClass *klass = STRATA_OBJECT_GET_CLASS (object);
  const char *module = klass->kind == STRATA_KIND_LAYER && klass->info != NULL && klass->info->module != NULL
                           ? klass->info->module
                           : get_module (klass->kind);
  const char *separator = "";

  g_string_append_printf (code, "%s.%s(", module, strata_object_get_class_name (object));
  for (int last = 0; last < 2; last++)
    for (guint i = 0; i < params->len; i++)
      {
        const StrataParam *param = g_ptr_array_index (params, i);

        if (is_of_all (param) != last || !is_written (object, param, maker->counts))
          continue;
        g_string_append_printf (code, "%s%s=", separator, param->name);
        append_argument (code, object, param, maker);
        separator = ", ";
      }
  g_string_append_c (code, ')');
}

/**
 * strata_python_call: (skip)
 * @counts: how many layers of each class Keras has named when it comes to this one; a name that it
 *   would not make up itself is written
 * @inner: (nullable): writes objects inside that are not calls of their classes
 * @data: for @inner
 *
 * Returns: (transfer full): code that makes the object, with the arguments that are not the usual ones
 */
char *
strata_python_call (StrataObject      *object,
                    GHashTable        *counts,
                    StrataPythonInner  inner,
                    gpointer           data)
{
  const Maker maker = { inner, data, counts };
  GString *code = g_string_new (NULL);

  append_call (code, object, &maker);
  return g_string_free (code, FALSE);
}
