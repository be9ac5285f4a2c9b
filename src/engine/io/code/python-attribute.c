/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/json.h"
#include "io/code/python-reader-private.h"
#include "models/functional.h"

/* What stands behind a dot. */

static StrataPythonData *
list_layers (StrataModel *model)
{
  StrataPythonData *list = strata_python_data_new_list ();

  for (guint i = 0; i < strata_model_get_n_layers (model); i++)
    g_ptr_array_add (list->items,
                     strata_python_data_new_object (STRATA_OBJECT (g_object_ref (strata_model_get_layer (model, i)))));
  return list;
}

/* (None, 28, 28, 1) */
static StrataPythonData *
list_shape (const StrataShape *shape)
{
  g_autoptr (JsonNode) json = strata_shape_to_json (shape);

  return strata_python_data_from_json (json);
}

static StrataPythonData *
get_of_tensor (StrataPythonReader *self,
               StrataSymbol       *symbol,
               const char         *name)
{
  if (g_str_equal (name, "shape"))
    return list_shape (&symbol->spec.shape);
  if (g_str_equal (name, "dtype"))
    return strata_python_data_new_string (strata_dtype_get_name (symbol->spec.dtype));
  return strata_python_reader_fail (self, "of tensors, “%s” is not understood; their shape and dtype are", name);
}

/* What a functional model is between. */
static StrataPythonData *
get_symbols (StrataModel *model,
             gboolean     inputs,
             gboolean     one)
{
  guint n = inputs ? strata_model_get_n_inputs (model) : strata_model_get_n_outputs (model);
  g_autoptr (StrataPythonData) list = strata_python_data_new_list ();

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (list->items, strata_python_data_new_tensor (strata_symbol_ref (
                                      inputs ? strata_functional_get_input (STRATA_FUNCTIONAL (model), i)
                                             : strata_functional_get_output (STRATA_FUNCTIONAL (model), i))));
  return one && n == 1 ? strata_python_data_ref (g_ptr_array_index (list->items, 0)) : g_steal_pointer (&list);
}

static StrataPythonData *
get_of_model (StrataPythonReader *self,
              StrataModel        *model,
              const char         *name)
{
  static const char *const ends[] = { "input", "inputs", "output", "outputs", NULL };

  if (g_str_equal (name, "layers"))
    return list_layers (model);
  if (!g_strv_contains (ends, name))
    return NULL;
  if (!STRATA_IS_FUNCTIONAL (model))
    return strata_python_reader_fail (self, "“%s” of a Sequential model is not understood; make it with keras.Model",
                                      name);
  return get_symbols (model, name[0] == 'i', !g_str_has_suffix (name, "s"));
}

/* What a layer was called on and made, where that was once. */
static StrataPythonData *
get_of_call (StrataPythonReader *self,
             StrataLayer        *layer,
             const char         *name)
{
  GPtrArray *sites = strata_layer_get_sites (layer);
  StrataSite *site = sites->len == 1 ? g_ptr_array_index (sites, 0) : NULL;
  g_autoptr (StrataPythonData) list = strata_python_data_new_list ();
  gboolean inputs = g_str_equal (name, "input");

  if (!inputs && !g_str_equal (name, "output"))
    return NULL;
  if (site == NULL)
    return strata_python_reader_fail (self, "“%s” was called %u times, so its %s is not one tensor",
                                      strata_layer_get_name (layer), sites->len, name);
  for (guint i = 0; i < (inputs ? site->inputs->len : site->n_outputs); i++)
    g_ptr_array_add (list->items, strata_python_data_new_tensor (
                                      inputs ? strata_symbol_ref (g_ptr_array_index (site->inputs, i))
                                             : strata_site_get_output (site, i)));
  return list->items->len == 1 ? strata_python_data_ref (g_ptr_array_index (list->items, 0)) : g_steal_pointer (&list);
}

static StrataPythonData *
new_method (StrataPythonData *owner,
            const char       *name)
{
  StrataPythonData *method = strata_python_data_new (STRATA_PYTHON_METHOD);

  if (owner->kind == STRATA_PYTHON_OBJECT)
    method->object = g_object_ref (owner->object);
  else
    method->owner = strata_python_data_ref (owner);
  method->path = g_strdup (name);
  return method;
}

/* A parameter by its name; what is none is a method. */
static StrataPythonData *
get_of_object (StrataPythonReader *self,
               StrataPythonData   *owner,
               const char         *name)
{
  StrataPythonData *data = NULL;

  if (STRATA_IS_MODEL (owner->object))
    data = get_of_model (self, STRATA_MODEL (owner->object), name);
  else if (!g_str_equal (name, "name") && strata_object_find_param (owner->object, name) != NULL)
    {
      g_autoptr (JsonNode) value = strata_object_get_param (owner->object, name);

      data = value != NULL && !JSON_NODE_HOLDS_OBJECT (value) ? strata_python_data_from_json (value) : NULL;
    }
  if (data == NULL && self->line == 0 && STRATA_IS_LAYER (owner->object))
    {
      StrataLayer *layer = STRATA_LAYER (owner->object);

      data = g_str_equal (name, "name") ? strata_python_data_new_string (strata_layer_get_name (layer))
                                        : get_of_call (self, layer, name);
    }
  return data != NULL || self->line != 0 ? data : new_method (owner, name);
}

/**
 * strata_python_read_attribute: (skip)
 * @owner: what a dot follows
 *
 * Returns: (transfer full): what it has by the name that comes next, or its method of that name
 */
StrataPythonData *
strata_python_read_attribute (StrataPythonReader *self,
                              StrataPythonData   *owner)
{
  const StrataPythonToken *token = strata_python_reader_peek (self);
  g_autofree char *path = NULL;

  if (token->type != STRATA_PYTHON_NAME)
    return strata_python_reader_fail (self, "a name is missing after the dot");
  if (owner->kind == STRATA_PYTHON_TENSOR)
    {
      StrataPythonData *data = get_of_tensor (self, owner->symbol, token->text);

      self->at++;
      return data;
    }
  self->at++;
  if (owner->kind == STRATA_PYTHON_PATH)
    return strata_python_data_new_path (path = g_strdup_printf ("%s.%s", owner->path, token->text));
  if (owner->kind == STRATA_PYTHON_OPAQUE)
    return strata_python_data_ref (owner);
  if (owner->kind == STRATA_PYTHON_OBJECT)
    return get_of_object (self, owner, token->text);
  if (owner->kind == STRATA_PYTHON_LIST || owner->kind == STRATA_PYTHON_DICT ||
      strata_python_data_get_string (owner) != NULL)
    return new_method (owner, token->text);
  return strata_python_reader_fail (self, "“.%s” is not understood here", token->text);
}
