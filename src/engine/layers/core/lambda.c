/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/layer.h"

#include <glib/gi18n-lib.h>

#include "base/json.h"
#include "layers/core/expression.h"

typedef struct
{
  StrataLayer parent;
  JsonNode *function, *output_shape, *mask, *arguments;
} Lambda;

static const StrataParam params[] = {
  STRATA_PARAM (JSON, Lambda, function, NULL, .title = "Function",
                .description = "What is computed of the input x: an expression such as x * 2 + sin(x), or the name of "
                               "a function of keras.ops"),
  STRATA_PARAM (JSON, Lambda, output_shape, "null", .nullable = TRUE, .omit_default = TRUE, .title = "Output shape",
                .description = "What comes out is known without it; files of Keras may have it"),
  STRATA_PARAM (JSON, Lambda, mask, "null", .nullable = TRUE, .omit_default = TRUE, .title = "Mask",
                .description = "Which steps of the result count; none for all"),
  STRATA_PARAM (JSON, Lambda, arguments, "{}", .title = "Arguments",
                .description = "What a function is called with besides, by name"),
  { NULL },
};

/* A text, or what Keras writes of a function that has a name. */
static const char *
get_function (Lambda *self)
{
  JsonNode *node = self->function;

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_get_string (node);
  if (!JSON_NODE_HOLDS_OBJECT (node) ||
      !g_str_equal (strata_json_get_string (json_node_get_object (node), "class_name", ""), "function"))
    return NULL;
  return strata_json_get_string (json_node_get_object (node), "config", NULL);
}

/* As Keras writes functions with a name: it finds those that it knows, or that it is given as custom objects. */
static void
write_function (Lambda     *self,
                const char *function)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "module", "builtins");
  json_object_set_string_member (object, "class_name", "function");
  json_object_set_string_member (object, "config", function);
  json_object_set_string_member (object, "registered_name", "function");
  json_node_unref (self->function);
  self->function = json_node_init_object (json_node_alloc (), object);
  json_object_unref (object);
}

static gboolean
lambda_configured (StrataObject  *object,
                   GError       **error)
{
  Lambda *self = (Lambda *) object;
  g_autofree char *function = g_strdup (get_function (self));

  if (function == NULL)
    {
      strata_set_error (error, STRATA_ERROR_UNSUPPORTED, "Python code is not run; write what it computes as an "
                        "expression, such as x * 2, or as the name of a function of keras.ops, or use layers such as "
                        "Rescaling or Activation in its place");
      return FALSE;
    }
  if (!JSON_NODE_HOLDS_OBJECT (self->arguments))
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "arguments must be an object");
      return FALSE;
    }
  if (!strata_expression_check (function, error))
    {
      g_prefix_error (error, "%s", _("It calls Python code elsewhere, which is not run: "));
      return FALSE;
    }
  write_function (self, function);
  return TRUE;
}

static void
lambda_call (StrataLayer   *layer,
             StrataBuilder *b,
             StrataCall    *call)
{
  Lambda *self = (Lambda *) layer;

  strata_call_return (call,
                      strata_expression_emit (b, get_function (self), json_node_get_object (self->arguments),
                                              call->inputs, call->n_inputs));
}

const StrataLayerInfo strata_layer_lambda = {
  .object = {
    .name = "Lambda",
    .title = "Expression",
    .category = "Core",
    .description = "Computes an expression of its input, or of several as x0, x1 and so on",
    .formula = "y = f(x)",
    .params = params,
    .instance_size = sizeof (Lambda),
    .samples = (const char *const[]){
      "{\"function\": \"x * 2 + sin(x) ** 2\"}",
      "{\"function\": \"keras.ops.mean(x, axis=1, keepdims=True) - x\"}",
      "{\"function\": \"sum\", \"arguments\": {\"axis\": -1}}",
      "{\"function\": {\"class_name\": \"function\", \"config\": \"tanh\"}}",
      "{\"function\": \"-(x - 0.5) / 2 + expand_dims(max(x, 1), 1)\"}",
      NULL },
    .configured = lambda_configured,
  },
  .sample_inputs = "3,4,2",
  .call = lambda_call,
};
