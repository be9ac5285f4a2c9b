/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/code/python-value.h"

#include "base/json.h"
#include "layers/operator.h"
#include "layers/recurrent/cell.h"
#include "layers/symbol.h"
#include "models/functional.h"

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (a, b);
}

/**
 * strata_python_output_names: (skip)
 *
 * Returns: (transfer container) (element-type utf8): what Keras calls the outputs of a call on a dict of tensors;
 *   %NULL for other calls
 */
GList *
strata_python_output_names (const StrataSite *site)
{
  JsonObject *first = site->args != NULL ? strata_json_element_object (json_node_get_array (site->args), 0) : NULL;

  if (first == NULL || json_object_has_member (first, "$") || json_object_get_size (first) != site->n_outputs)
    return NULL;
  return g_list_sort (json_object_get_members (first), compare_names);
}

static JsonNode *
take_list (JsonArray *list)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, list);
  return node;
}

static JsonNode *
one_tensor (void)
{
  JsonArray *list = json_array_new ();

  json_array_add_string_element (list, "");
  return take_list (list);
}

/* Stacked cells have the states of each; a cell that keeps only one has it outside of a list. */
static JsonNode *
arrange_states (StrataLayer *cell)
{
  gboolean stack = g_str_equal (strata_object_get_class_name (STRATA_OBJECT (cell)), "StackedRNNCells");
  guint n = stack ? strata_layer_get_n_children (cell) : strata_cell_get_n_states (cell);
  JsonArray *list;

  if (n == 1 && !stack)
    return one_tensor ();
  list = json_array_new ();
  for (guint i = 0; i < n; i++)
    json_array_add_element (list, stack ? arrange_states (strata_layer_get_child (cell, i, NULL)) : one_tensor ());
  return take_list (list);
}

/* What RNN returns: its output, and then what its cell has for states. */
static JsonNode *
arrange_recurrent (const StrataSite *site)
{
  StrataLayer *cell = strata_layer_get_child (site->layer, 0, NULL);
  JsonArray *list;

  if (site->n_outputs == 1 || !g_str_equal (strata_object_get_class_name (STRATA_OBJECT (cell)), "StackedRNNCells"))
    return NULL;
  list = json_array_new ();
  json_array_add_element (list, one_tensor ());
  for (guint i = 0; i < strata_layer_get_n_children (cell); i++)
    json_array_add_element (list, arrange_states (strata_layer_get_child (cell, i, NULL)));
  return take_list (list);
}

/**
 * strata_python_arrangement: (skip)
 *
 * Returns: (transfer full) (nullable): the lists and dicts that a call of a model, or of stacked cells, returns its
 *   tensors in
 */
JsonNode *
strata_python_arrangement (const StrataSite *site)
{
  JsonNode *structure = STRATA_IS_FUNCTIONAL (site->layer)
                        ? strata_functional_get_structure (STRATA_FUNCTIONAL (site->layer), TRUE) : NULL;

  if (g_str_equal (strata_object_get_class_name (STRATA_OBJECT (site->layer)), "RNN"))
    return arrange_recurrent (site);
  return structure != NULL ? json_node_ref (structure) : NULL;
}

/**
 * strata_python_arranged_names: (skip)
 *
 * Returns: (transfer container) (element-type utf8): the names in a dict of tensors, in the order of those
 */
GList *
strata_python_arranged_names (JsonNode *structure)
{
  return g_list_sort (json_object_get_members (json_node_get_object (structure)), compare_names);
}

/* Appends the subscripts that lead to a tensor of an arrangement, by its number. */
static gboolean
append_subscripts (JsonNode *structure,
                   guint    *index,
                   GString  *code)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (structure) ? json_node_get_array (structure) : NULL;
  g_autoptr (GList) names = array == NULL ? strata_python_arranged_names (structure) : NULL;
  gsize length = code->len;
  guint i = 0;

  if (array != NULL && strata_json_element_string (array, 0) != NULL)
    return (*index)-- == 0;
  for (; array != NULL && i < json_array_get_length (array); i++)
    {
      g_string_append_printf (code, "[%u]", i);
      if (append_subscripts (json_array_get_element (array, i), index, code))
        return TRUE;
      g_string_truncate (code, length);
    }
  for (GList *l = names; l != NULL; l = l->next)
    {
      g_string_append_printf (code, "[\"%s\"]", (char *) l->data);
      if (append_subscripts (json_object_get_member (json_node_get_object (structure), l->data), index, code))
        return TRUE;
      g_string_truncate (code, length);
    }
  return FALSE;
}

/**
 * strata_python_symbol: (skip)
 * @results: StrataSite -> the variable that holds what it returns
 *
 * Returns: (transfer full): code for one output of a call
 */
char *
strata_python_symbol (GHashTable         *results,
                      const StrataSymbol *symbol)
{
  const char *name = g_hash_table_lookup (results, symbol->site);
  g_autoptr (GList) keys = symbol->site->n_outputs > 1 ? strata_python_output_names (symbol->site) : NULL;
  g_autoptr (JsonNode) structure = strata_python_arrangement (symbol->site);
  guint index = symbol->index;

  if (structure != NULL)
    {
      g_autoptr (GString) code = g_string_new (name);

      append_subscripts (structure, &index, code);
      return g_strdup (code->str);
    }
  if (keys != NULL)
    return g_strdup_printf ("%s[\"%s\"]", name, (char *) g_list_nth_data (keys, symbol->index));
  return symbol->site->n_outputs > 1 ? g_strdup_printf ("%s[%u]", name, symbol->index) : g_strdup (name);
}

/* An array that is an argument: `{"class_name": "__numpy__", "config": {"value": [...], "dtype": ...}}`. */
static JsonObject *
get_array (JsonNode    *node,
           const char **function)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonObject *config = object != NULL ? strata_json_get_object (object, "config") : NULL;
  const char *class_name = object != NULL ? strata_json_get_string (object, "class_name", "") : "";

  *function = g_str_equal (class_name, "__numpy__") ? "np.array" : "keras.ops.convert_to_tensor";
  return config != NULL && (g_str_equal (class_name, "__numpy__") || g_str_equal (class_name, "__tensor__")) &&
         json_object_has_member (config, "value") ? config : NULL;
}

static void append_argument (GHashTable *results, StrataSite *site, JsonNode *node, GString *code);

/* {"images": x} */
static void
append_dict (GHashTable *results,
             StrataSite *site,
             JsonObject *object,
             GString    *code)
{
  g_autoptr (GList) names = json_object_get_members (object);

  g_string_append_c (code, '{');
  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autoptr (JsonNode) name = json_node_init_string (json_node_alloc (), l->data);
      g_autofree char *text = strata_python_literal (name);

      g_string_append_printf (code, "%s%s: ", l != names ? ", " : "", text);
      append_argument (results, site, json_object_get_member (object, l->data), code);
    }
  g_string_append_c (code, '}');
}

/* An argument, the tensors in it by the names of their variables. */
static void
append_argument (GHashTable *results,
                 StrataSite *site,
                 JsonNode   *node,
                 GString    *code)
{
  const char *function;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      g_string_append_c (code, '[');
      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          g_string_append (code, i > 0 ? ", " : "");
          append_argument (results, site, json_array_get_element (array, i), code);
        }
      g_string_append_c (code, ']');
    }
  else if (get_array (node, &function) != NULL)
    {
      JsonObject *array = get_array (node, &function);
      g_autofree char *text = strata_python_literal (json_object_get_member (array, "value"));

      g_string_append_printf (code, "%s(%s, dtype=\"%s\")", function, text,
                              strata_json_get_string (array, "dtype", "float32"));
    }
  else if (JSON_NODE_HOLDS_OBJECT (node) && !json_object_has_member (json_node_get_object (node), "$"))
    append_dict (results, site, json_node_get_object (node), code);
  else
    {
      gint64 input = JSON_NODE_HOLDS_OBJECT (node) ? strata_json_get_int (json_node_get_object (node), "$", -1) : -1;
      gboolean is_input = input >= 0 && input < site->inputs->len;
      g_autofree char *text = is_input ? strata_python_symbol (results, g_ptr_array_index (site->inputs, input))
                                       : strata_python_literal (node);

      g_string_append (code, text);
    }
}

static gboolean
is_named (StrataSite *site,
          JsonNode   *node,
          guint       input)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
        if (is_named (site, json_array_get_element (json_node_get_array (node), i), input))
          return TRUE;
      return FALSE;
    }
  if (JSON_NODE_HOLDS_OBJECT (node) && !json_object_has_member (json_node_get_object (node), "$"))
    {
      g_autoptr (GList) values = json_object_get_values (json_node_get_object (node));

      for (GList *l = values; l != NULL; l = l->next)
        if (is_named (site, l->data, input))
          return TRUE;
      return FALSE;
    }
  return JSON_NODE_HOLDS_OBJECT (node) && strata_json_get_int (json_node_get_object (node), "$", -1) == input;
}

static gboolean
is_argument (StrataSite *site,
             guint       input)
{
  g_autoptr (GList) values = site->arguments != NULL ? json_object_get_values (site->arguments) : NULL;

  for (GList *l = values; l != NULL; l = l->next)
    if (is_named (site, l->data, input))
      return TRUE;
  return FALSE;
}

static void
append_positional (GHashTable *results,
                   StrataSite *site,
                   GString    *code)
{
  gboolean list = (STRATA_LAYER_GET_CLASS (site->layer)->flags & STRATA_LAYER_MERGES) ||
                  (STRATA_IS_MODEL (site->layer) && strata_model_get_n_inputs (STRATA_MODEL (site->layer)) > 1);
  const char *separator = "";

  g_string_append (code, list ? "[" : "");
  for (guint i = 0; i < site->inputs->len; i++)
    {
      g_autofree char *name = NULL;

      if (is_argument (site, i))
        continue;
      name = strata_python_symbol (results, g_ptr_array_index (site->inputs, i));
      g_string_append_printf (code, "%s%s", separator, name);
      separator = ", ";
    }
  g_string_append (code, list ? "]" : "");
}

static void
append_bound (JsonObject *slice,
              const char *name,
              GString    *code)
{
  JsonNode *node = json_object_get_member (slice, name);

  if (node != NULL && strata_json_is_number (node))
    g_string_append_printf (code, "%" G_GINT64_FORMAT, json_node_get_int (node));
}

/* A key of a tensor: `1:3`, `...`, `-1`, `None`. */
static void
append_key (JsonNode *node,
            GString  *code)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonObject *slice = object != NULL ? strata_json_get_object (object, "config") : NULL;
  g_autofree char *text = NULL;

  if (object != NULL && g_str_equal (strata_json_get_string (object, "class_name", ""), "__ellipsis__"))
    g_string_append (code, "...");
  else if (slice != NULL)
    {
      append_bound (slice, "start", code);
      g_string_append_c (code, ':');
      append_bound (slice, "stop", code);
      if (strata_json_is_number (json_object_get_member (slice, "step")))
        {
          g_string_append_c (code, ':');
          append_bound (slice, "step", code);
        }
    }
  else
    g_string_append (code, text = strata_python_literal (node));
}

/* x[..., 1] */
static void
append_item (GHashTable *results,
             StrataSite *site,
             GString    *code)
{
  JsonArray *args = site->args != NULL ? json_node_get_array (site->args) : NULL;
  JsonNode *key = args != NULL && json_array_get_length (args) > 1 ? json_array_get_element (args, 1) : NULL;
  JsonArray *keys = key != NULL ? strata_json_get_items (key) : NULL;
  g_autofree char *name = strata_python_symbol (results, g_ptr_array_index (site->inputs, 0));

  g_string_append_printf (code, "%s[", name);
  for (guint i = 0; keys != NULL && i < json_array_get_length (keys); i++)
    {
      g_string_append (code, i > 0 ? ", " : "");
      append_key (json_array_get_element (keys, i), code);
    }
  if (keys == NULL && key != NULL)
    append_key (key, code);
  g_string_append_c (code, ']');
}

static void
append_parameters (StrataOperator *operator,
                   GString        *code)
{
  g_autoptr (JsonObject) config = strata_operator_dup_config (operator);
  g_autoptr (GList) names = json_object_get_members (config);

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonNode *value = json_object_get_member (config, l->data);
      g_autofree char *text = strata_python_literal (value);

      if (!g_str_equal (l->data, "name") && !g_str_equal (l->data, "subscripts") &&
          !strata_operation_is_default (strata_operator_get_operation (operator), l->data, value))
        g_string_append_printf (code, ", %s=%s", (char *) l->data, text);
    }
}

/* Positional arguments; where none are noted, the tensors. */
static JsonArray *
dup_args (StrataSite *site)
{
  JsonArray *args;

  if (site->args != NULL)
    return json_array_ref (json_node_get_array (site->args));
  args = json_array_new ();
  for (guint i = 0; i < site->inputs->len; i++)
    if (!is_argument (site, i))
      {
        JsonObject *tensor = json_object_new ();

        json_object_set_int_member (tensor, "$", i);
        json_array_add_object_element (args, tensor);
      }
  return args;
}

/* What an operation is called with, by name from where its function has something else in that place. */
static void
append_operands (GHashTable *results,
                 StrataSite *site,
                 GString    *code)
{
  const StrataOperation *operation = strata_operator_get_operation (STRATA_OPERATOR (site->layer));
  g_auto (GStrv) names = strata_operation_get_arguments (operation);
  g_auto (GStrv) signature = strata_operation_get_signature (operation);
  g_autoptr (JsonObject) config = strata_operator_dup_config (STRATA_OPERATOR (site->layer));
  g_autoptr (JsonArray) args = dup_args (site);
  guint first = g_str_equal (signature[0], "subscripts"), n_names = g_strv_length (names);

  if (first == 1)
    {
      g_autofree char *equation = strata_python_literal (json_object_get_member (config, "subscripts"));

      g_string_append (code, equation);
    }
  for (guint i = 0; i < json_array_get_length (args); i++)
    {
      g_string_append (code, i + first > 0 ? ", " : "");
      /* A list alone may come as so many arguments. */
      if (i < n_names && !g_str_has_suffix (names[i], "*") && !g_str_equal (names[i], signature[i + first]))
        g_string_append_printf (code, "%s=", names[i]);
      append_argument (results, site, json_array_get_element (args, i), code);
    }
}

/**
 * strata_python_append_call: (skip)
 * @results: StrataSite -> the variable that holds what it returns
 * @site: a call of a layer or operation
 * @code: to what is called, the arguments are added; to nothing, an item of a tensor
 */
void
strata_python_append_call (GHashTable *results,
                           StrataSite *site,
                           GString    *code)
{
  g_autoptr (GList) names = site->arguments != NULL ? json_object_get_members (site->arguments) : NULL;

  if (g_str_equal (strata_object_get_class_name (STRATA_OBJECT (site->layer)), "GetItem"))
    {
      append_item (results, site, code);
      return;
    }
  g_string_append_c (code, '(');
  if (STRATA_IS_OPERATOR (site->layer))
    append_operands (results, site, code);
  else if (site->args != NULL)
    for (guint i = 0; i < json_array_get_length (json_node_get_array (site->args)); i++)
      {
        g_string_append (code, i > 0 ? ", " : "");
        append_argument (results, site, json_array_get_element (json_node_get_array (site->args), i), code);
      }
  else
    append_positional (results, site, code);
  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonNode *value = json_object_get_member (site->arguments, l->data);

      if (JSON_NODE_HOLDS_NULL (value))
        continue;
      g_string_append_printf (code, ", %s=", (char *) l->data);
      append_argument (results, site, value, code);
    }
  if (STRATA_IS_OPERATOR (site->layer))
    append_parameters (STRATA_OPERATOR (site->layer), code);
  g_string_append (code, ")");
}
