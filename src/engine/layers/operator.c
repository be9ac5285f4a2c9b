/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operator.h"

#include <glib/gi18n-lib.h>

#include "base/json.h"

struct _StrataOperator
{
  StrataLayer parent_instance;

  const StrataOperation *operation;
  JsonObject *config; /* its parameters */
  JsonNode *args;     /* a list of constants and of `{"$": index into the inputs}`, or NULL for the inputs alone */
};

/**
 * StrataOperator:
 *
 * What Python's operators leave in a functional model of Keras: `x * 2 + y` is a
 * Multiply and an Add, which have no weights and are called once, with tensors
 * and numbers.
 */
G_DEFINE_FINAL_TYPE (StrataOperator, strata_operator, STRATA_TYPE_LAYER)

/**
 * strata_operator_is_known:
 *
 * Returns: whether there is an operation of that name
 */
gboolean
strata_operator_is_known (const char *operation)
{
  return strata_operation_find (operation) != NULL;
}

static void
operator_call (StrataLayer   *layer,
               StrataBuilder *b,
               StrataCall    *call)
{
  StrataOperator *self = STRATA_OPERATOR (layer);
  StrataOperands operands = { b, self->operation, self->config, self->args != NULL ? json_node_get_array (self->args)
                              : NULL, call };

  strata_operation_call (&operands);
}

static const char *
operator_get_class_name (StrataObject *object)
{
  return STRATA_OPERATOR (object)->operation->name;
}

static void
strata_operator_finalize (GObject *object)
{
  StrataOperator *self = STRATA_OPERATOR (object);

  g_clear_pointer (&self->args, json_node_unref);
  json_object_unref (self->config);

  G_OBJECT_CLASS (strata_operator_parent_class)->finalize (object);
}

static void
strata_operator_class_init (StrataOperatorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_operator_finalize;
  STRATA_OBJECT_CLASS (klass)->get_class_name = operator_get_class_name;
  STRATA_LAYER_CLASS (klass)->call = operator_call;
}

static void
strata_operator_init (StrataOperator *self)
{
  self->operation = strata_operation_find ("Add");
  self->config = json_object_new ();
}

/**
 * strata_operator_explain: (skip)
 *
 * Returns: (nullable): why Keras's operation cannot be used, for people who have a model with it
 */
const char *
strata_operator_explain (const char *operation)
{
  static const char *const with_functions[] = { "Map", "Scan", "AssociativeScan", "Switch", "WhileLoop", "ForiLoop",
                                                "Cond", "VectorizedMap", "JVP", NULL };
  static const char *const complex_numbers[] = { "Eig", "ViewAsComplex", "Polar", NULL };

  if (g_strv_contains (with_functions, operation))
    return _("its Python functions would have to be run, which Strata does not do");
  if (g_strv_contains (complex_numbers, operation))
    return _("it has tensors of complex numbers, which there are not");
  if (g_str_equal (operation, "Nonzero"))
    return _("it makes as many numbers as the data says, and shapes are known beforehand here");
  return NULL;
}

/**
 * strata_operator_new:
 * @operation: Keras's name for it, such as "TrueDivide"
 * @config: (nullable): its name and its parameters; those that are missing take their defaults
 *
 * Returns: (transfer full): the operator, or %NULL with @error set where it is not known
 */
StrataLayer *
strata_operator_new (const char  *operation,
                     JsonObject  *config,
                     GError     **error)
{
  const StrataOperation *found = strata_operation_find (operation);
  JsonObject *complete;
  StrataOperator *self;

  if (found == NULL)
    {
      const char *reason = strata_operator_explain (operation);

      if (reason != NULL)
        strata_set_error (error, STRATA_ERROR_UNSUPPORTED, "Keras's operation “%s” cannot be used: %s",
                          operation, reason);
      else
        strata_set_error (error, STRATA_ERROR_NAME, "There is no operation called “%s”", operation);
      return NULL;
    }
  complete = strata_operation_new_config (found, config, error);
  if (complete == NULL)
    return NULL;
  self = g_object_new (STRATA_TYPE_OPERATOR, NULL);
  self->operation = found;
  json_object_unref (self->config);
  self->config = complete;
  if (config != NULL && strata_json_get_string (config, "name", NULL) != NULL)
    strata_layer_set_name (STRATA_LAYER (self), strata_json_get_string (config, "name", NULL));
  return STRATA_LAYER (self);
}

/**
 * strata_operator_set_args:
 * @args: (nullable): a list of constants and of `{"$": index into the inputs}`
 *
 * Tells what the operation is applied to, where that is not only tensors.
 */
gboolean
strata_operator_set_args (StrataOperator  *self,
                          JsonNode        *args,
                          GError         **error)
{
  g_auto (GStrv) names = strata_operation_get_arguments (self->operation);
  guint n = g_strv_length (names);

  /* A list alone may also come as so many arguments. */
  if (n == 1 && g_str_has_suffix (names[0], "*"))
    n = G_MAXINT16;
  if (args != NULL && (!JSON_NODE_HOLDS_ARRAY (args) || json_array_get_length (json_node_get_array (args)) > n))
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "%s takes %u arguments", self->operation->name, n);
      return FALSE;
    }
  g_clear_pointer (&self->args, json_node_unref);
  self->args = args != NULL ? json_node_copy (args) : NULL;
  return TRUE;
}

/**
 * strata_operator_get_args:
 *
 * Returns: (transfer none) (nullable): what strata_operator_set_args() was told
 */
JsonNode *
strata_operator_get_args (StrataOperator *self)
{
  return self->args;
}

static guint
count_tensors (JsonNode *node)
{
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = JSON_NODE_HOLDS_OBJECT (node) && json_object_has_member (json_node_get_object (node), "$");

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    n += count_tensors (json_array_get_element (list, i));
  return n;
}

/**
 * strata_operator_get_n_inputs:
 *
 * Returns: how many tensors it takes
 */
guint
strata_operator_get_n_inputs (StrataOperator *self)
{
  if (self->args == NULL)
    return self->operation->binary != NULL ? 2 : 1;
  return count_tensors (self->args);
}

/**
 * strata_operator_get_operation: (skip)
 *
 * Returns: (transfer none): what it computes
 */
const StrataOperation *
strata_operator_get_operation (StrataOperator *self)
{
  return self->operation;
}

/**
 * strata_operator_dup_config:
 *
 * Returns: (transfer full): its name and its parameters, as Keras has them
 */
JsonObject *
strata_operator_dup_config (StrataOperator *self)
{
  JsonObject *config = json_object_new ();
  g_autoptr (GList) names = json_object_get_members (self->config);

  json_object_set_string_member (config, "name", strata_layer_get_name (STRATA_LAYER (self)));
  for (GList *l = names; l != NULL; l = l->next)
    json_object_set_member (config, l->data, json_node_copy (json_object_get_member (self->config, l->data)));
  return config;
}

/**
 * strata_operator_get_module:
 *
 * Returns: (transfer none): where Keras has the operation
 */
const char *
strata_operator_get_module (StrataOperator *self)
{
  return strata_operation_get_module (self->operation);
}
