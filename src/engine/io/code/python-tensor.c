/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "base/json.h"
#include "io/code/python-reader-private.h"
#include "io/code/python-value.h"
#include "layers/operator.h"

/* What a call counts for of what reading may take. */
#define CALL_COST 50
#define MAX_LEVELS 50

/* A call while its arguments are sorted into tensors and others. */
typedef struct
{
  StrataPythonReader *reader;
  GPtrArray *symbols;
  gboolean only_tensors;
  guint depth;
} Call;

static JsonNode *take_argument (Call *self, StrataPythonData *data, GError **error);

static JsonNode *
take_list (Call       *self,
           GPtrArray  *items,
           GError    **error)
{
  g_autoptr (JsonArray) array = json_array_new ();
  JsonNode *result;

  for (guint i = 0; i < items->len; i++)
    {
      JsonNode *item = take_argument (self, g_ptr_array_index (items, i), error);

      if (item == NULL)
        return NULL;
      json_array_add_element (array, item);
    }
  result = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (result, g_steal_pointer (&array));
  return result;
}

static JsonNode *
take_dict (Call              *self,
           StrataPythonData  *dict,
           GError           **error)
{
  g_autoptr (JsonObject) object = json_object_new ();

  for (guint i = 0; i < dict->items->len; i++)
    {
      JsonNode *item = take_argument (self, g_ptr_array_index (dict->items, i), error);

      if (item == NULL)
        return NULL;
      json_object_set_member (object, g_ptr_array_index (dict->keys, i), item);
    }
  return strata_json_wrap (g_steal_pointer (&object));
}

/* Each tensor gets a number that stands for it. */
static JsonNode *
take_argument (Call              *self,
               StrataPythonData  *data,
               GError           **error)
{
  JsonObject *object;
  JsonNode *list;

  /* Lists may be in lists by name, so that a few lines make a value without end. */
  if (self->depth == MAX_LEVELS || !strata_python_reader_spend (self->reader, 1))
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "the list is too large");
      return NULL;
    }
  if (data->kind == STRATA_PYTHON_LIST)
    {
      self->depth++;
      list = take_list (self, data->items, error);
      self->depth--;
      return list;
    }
  if (data->kind == STRATA_PYTHON_DICT)
    {
      self->only_tensors = FALSE;
      self->depth++;
      list = take_dict (self, data, error);
      self->depth--;
      return list;
    }
  if (data->kind != STRATA_PYTHON_TENSOR)
    {
      self->only_tensors = FALSE;
      return data->kind == STRATA_PYTHON_OPAQUE && data->plain != NULL ? json_node_copy (data->plain)
             : strata_python_data_to_json (data, error);
    }
  object = json_object_new ();
  json_object_set_int_member (object, "$", self->symbols->len);
  g_ptr_array_add (self->symbols, data->symbol);
  return strata_json_wrap (object);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* In order of their names, as Keras has them. */
static JsonObject *
take_named (Call                   *self,
            StrataPythonArguments  *arguments,
            GError                **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (JsonObject) object = json_object_new ();

  g_ptr_array_extend (names, arguments->names, NULL, NULL);
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      JsonNode *value = take_argument (self, strata_python_arguments_get (arguments, name, -1), error);

      if (value == NULL)
        return NULL;
      json_object_set_member (object, name, value);
    }
  return g_steal_pointer (&object);
}

static StrataPythonData *
arrange (StrataSite *site,
         JsonNode   *structure,
         guint      *next)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (structure) ? json_node_get_array (structure) : NULL;
  g_autoptr (GList) names = array == NULL ? strata_python_arranged_names (structure) : NULL;
  StrataPythonData *list;

  if (array != NULL && strata_json_element_string (array, 0) != NULL)
    return strata_python_data_new_tensor (strata_site_get_output (site, (*next)++));
  list = strata_python_data_new_list ();
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_ptr_array_add (list->items, arrange (site, json_array_get_element (array, i), next));
  if (array != NULL)
    return list;
  list->kind = STRATA_PYTHON_DICT;
  list->keys = g_ptr_array_new_with_free_func (g_free);
  for (GList *l = names; l != NULL; l = l->next)
    {
      g_ptr_array_add (list->keys, g_strdup (l->data));
      g_ptr_array_add (list->items,
                       arrange (site, json_object_get_member (json_node_get_object (structure), l->data), next));
    }
  return list;
}

/* What a layer returns: a tensor, a list of several, or a dict where it is called on one; a model may arrange its
 * own. */
static StrataPythonData *
get_outputs (StrataSite *site)
{
  g_autoptr (JsonNode) structure = strata_python_arrangement (site);
  g_autoptr (GList) keys = structure == NULL ? strata_python_output_names (site) : NULL;
  StrataPythonData *list;
  guint next = 0;

  if (structure != NULL)
    return arrange (site, structure, &next);
  if (site->n_outputs == 1 && keys == NULL)
    return strata_python_data_new_tensor (strata_site_get_output (site, 0));
  list = strata_python_data_new_list ();
  for (guint i = 0; i < site->n_outputs; i++)
    g_ptr_array_add (list->items, strata_python_data_new_tensor (strata_site_get_output (site, i)));
  if (keys == NULL)
    return list;
  list->kind = STRATA_PYTHON_DICT;
  list->keys = g_ptr_array_new_with_free_func (g_free);
  for (GList *l = keys; l != NULL; l = l->next)
    g_ptr_array_add (list->keys, g_strdup (l->data));
  return list;
}

/* Layers that take a list of tensors have it as their one argument; others have tensors one after the other. */
static gboolean
is_usual (StrataLayer *layer,
          Call        *call,
          JsonArray   *args)
{
  gboolean list = (STRATA_LAYER_GET_CLASS (layer)->flags & STRATA_LAYER_MERGES) ||
                  (STRATA_IS_MODEL (layer) && strata_model_get_n_inputs (STRATA_MODEL (layer)) > 1);

  if (!call->only_tensors || json_array_get_length (args) == 0)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (args); i++)
    if ((strata_json_element_array (args, i) != NULL) != list)
      return FALSE;
  return !list || json_array_get_length (args) == 1;
}

/**
 * strata_python_call_layer: (skip)
 *
 * Returns: (transfer full): what the layer makes of the tensors
 */
StrataPythonData *
strata_python_call_layer (StrataPythonReader    *self,
                          StrataLayer           *layer,
                          StrataPythonArguments *arguments)
{
  g_autoptr (GPtrArray) symbols = g_ptr_array_new ();
  g_autoptr (JsonNode) args = NULL;
  g_autoptr (JsonObject) named = NULL;
  g_autoptr (StrataSite) site = NULL;
  Call call = { self, symbols, TRUE, 0 };
  GError *error = NULL;
  gboolean usual;

  if (!strata_python_reader_spend (self, CALL_COST))
    return NULL;
  args = take_list (&call, arguments->positional, &error);
  usual = args != NULL && is_usual (layer, &call, json_node_get_array (args));
  if (args != NULL && arguments->names->len > 0)
    named = take_named (&call, arguments, &error);
  if (error == NULL && symbols->len == 0)
    strata_set_error (&error, STRATA_ERROR_VALUE, "“%s” is called without a tensor",
                      strata_layer_get_name (layer));
  if (error != NULL)
    return strata_python_reader_give_up (self, arguments->line, error);
  /* An operation is told what it is applied to, tensors or not. */
  if (STRATA_IS_OPERATOR (layer) && !strata_operator_set_args (STRATA_OPERATOR (layer), args, &error))
    return strata_python_reader_give_up (self, arguments->line, error);
  site = strata_layer_connect_full (layer, (StrataSymbol *const *) symbols->pdata, symbols->len, named,
                                    usual ? NULL : args, &error);
  if (site == NULL)
    return strata_python_reader_give_up (self, arguments->line, error);
  strata_python_count_inside (self->counts, site);
  strata_python_reader_note (self, layer, (int) site->index, arguments->line, FALSE);
  return get_outputs (site);
}

/* A list that is the only argument may also come as so many: how many more than one those are. */
static guint
count_listed (const StrataOperation *operation,
              StrataPythonArguments *given)
{
  g_auto (GStrv) names = strata_operation_get_arguments (operation);
  guint n = 0;

  if (g_strv_length (names) != 1 || !g_str_has_suffix (names[0], "*"))
    return 0;
  while (n < given->positional->len &&
         ((StrataPythonData *) g_ptr_array_index (given->positional, n))->kind == STRATA_PYTHON_TENSOR)
    n++;
  return n > 0 ? n - 1 : 0;
}

/* Sorts what a function takes into parameters of the operation and what it is called with. */
static gboolean
sort_arguments (StrataPythonReader    *self,
                const StrataOperation *operation,
                StrataPythonArguments *given,
                StrataPythonArguments *operands,
                JsonObject            *config)
{
  g_auto (GStrv) signature = strata_operation_get_signature (operation);
  guint n = g_strv_length (signature), n_more = count_listed (operation, given);

  if (given->positional->len > n + n_more)
    return strata_python_reader_fail (self, "%s takes no more than %u arguments", operation->name, n) != NULL;
  for (guint i = 0; i < given->positional->len + given->names->len; i++)
    {
      gboolean named = i >= given->positional->len;
      const char *name = named ? g_ptr_array_index (given->names, i - given->positional->len)
                         : signature[i > n_more ? i - n_more : 0];
      StrataPythonData *value = named ? g_ptr_array_index (given->values, i - given->positional->len)
                                : g_ptr_array_index (given->positional, i);
      GError *error = NULL;
      JsonNode *parameter;

      if (!strata_operation_has_parameter (operation, name))
        {
          g_ptr_array_add (named ? operands->values : operands->positional, strata_python_data_ref (value));
          if (named)
            g_ptr_array_add (operands->names, g_strdup (name));
          continue;
        }
      parameter = strata_python_data_to_json (value, &error);
      if (parameter == NULL)
        return strata_python_reader_give_up (self, given->line, error) != NULL;
      json_object_set_member (config, name, parameter);
    }
  return TRUE;
}

static StrataPythonData *
operate (StrataPythonReader    *self,
         const StrataOperation *operation,
         StrataPythonArguments *arguments)
{
  g_auto (StrataPythonArguments) operands = { .line = arguments->line };
  g_autofree char *name = strata_python_reader_next_name (self, operation->name);
  g_autoptr (JsonObject) config = json_object_new ();
  g_autoptr (StrataLayer) layer = NULL;
  GError *error = NULL;

  strata_python_arguments_init (&operands);
  json_object_set_string_member (config, "name", name);
  if (!sort_arguments (self, operation, arguments, &operands, config))
    return NULL;
  layer = strata_operator_new (operation->name, config, &error);
  return layer != NULL ? strata_python_call_layer (self, layer, &operands)
         : strata_python_reader_give_up (self, arguments->line, error);
}

/**
 * strata_python_operate: (skip)
 * @operation: Keras's class of an operation on tensors, such as "Add"
 *
 * Returns: (transfer full): what it makes of them
 */
StrataPythonData *
strata_python_operate (StrataPythonReader    *self,
                       const char            *operation,
                       StrataPythonArguments *arguments)
{
  return operate (self, strata_operation_find (operation), arguments);
}

/**
 * strata_python_call_function: (skip)
 * @path: a function on tensors, such as "keras.ops.expand_dims" or "keras.activations.relu"
 *
 * Returns: (transfer full): what it makes of them
 */
StrataPythonData *
strata_python_call_function (StrataPythonReader    *self,
                             const char            *path,
                             StrataPythonArguments *arguments)
{
  const char *name = strrchr (path, '.') + 1;
  g_autofree char *usual = g_strdup_printf ("keras.ops.%s", name);
  const StrataOperation *operation = strata_operation_find_function (path);

  if (operation == NULL && g_str_has_prefix (path, "keras.activations."))
    operation = strata_operation_find_function (usual);
  return operation != NULL ? operate (self, operation, arguments)
                           : strata_python_reader_fail (self, "the operation “%s” on tensors is not known", name);
}
