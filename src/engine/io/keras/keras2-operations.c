/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "base/json.h"
#include "io/keras/config-private.h"
#include "layers/operation.h"

/*
 * What tf.keras 2 left in a functional model for `x * 2` or `tf.nn.relu (x)`: a layer TFOpLambda that names the
 * function, SlicingOpLambda for `x[:, 1]`, and before TensorFlow 2.4 TensorFlowOpLayer with a node of TensorFlow's
 * graph. Each is told anew as the operation that Keras 3 has in its place.
 */

typedef struct
{
  const char *function;   /* TensorFlow's, without "compat.v1." */
  const char *operation;  /* Keras 3's */
  const char *operands;   /* arguments that are operands, the first of them the one without a name */
  const char *parameters; /* other arguments: old=new where they are called otherwise, old=new=0 where none means 0 */
} Translation;

#define UNARY(function, operation) { function, operation, "x", "" }
#define BINARY(function, operation) { function, operation, "x,y", "" }
#define REDUCTION(function, operation) { function, operation, "input_tensor", "axis,keepdims" }

static const Translation translations[] = {
  BINARY ("__operators__.add", "Add"), BINARY ("math.add", "Add"), BINARY ("math.subtract", "Subtract"),
  BINARY ("math.multiply", "Multiply"),
  BINARY ("math.truediv", "TrueDivide"), BINARY ("math.divide", "TrueDivide"), BINARY ("math.floordiv", "FloorDivide"),
  BINARY ("math.floormod", "Mod"), BINARY ("math.pow", "Power"), BINARY ("math.maximum", "Maximum"),
  BINARY ("math.minimum", "Minimum"),
  BINARY ("math.greater", "Greater"), BINARY ("math.greater_equal", "GreaterEqual"), BINARY ("math.less", "Less"),
  BINARY ("math.less_equal", "LessEqual"), BINARY ("math.equal", "Equal"), BINARY ("math.not_equal", "NotEqual"),
  BINARY ("__operators__.eq", "Equal"), BINARY ("__operators__.ne", "NotEqual"),
  BINARY ("math.logical_and", "LogicalAnd"),
  BINARY ("math.logical_or", "LogicalOr"), UNARY ("math.logical_not", "LogicalNot"),
  UNARY ("math.negative", "Negative"),
  UNARY ("math.abs", "Absolute"), UNARY ("math.exp", "Exp"), UNARY ("math.expm1", "Expm1"), UNARY ("math.log", "Log"),
  UNARY ("math.log1p", "Log1p"), UNARY ("math.sqrt", "Sqrt"), UNARY ("math.rsqrt", "Rsqrt"),
  UNARY ("math.square", "Square"),
  UNARY ("math.sign", "Sign"), UNARY ("math.sin", "Sin"), UNARY ("math.cos", "Cos"), UNARY ("math.tan", "Tan"),
  UNARY ("math.tanh", "Tanh"),
  UNARY ("math.sigmoid", "Sigmoid"), UNARY ("math.floor", "Floor"), UNARY ("math.ceil", "Ceil"),
  UNARY ("math.round", "Round"),
  UNARY ("math.reciprocal", "Reciprocal"), UNARY ("math.erf", "Erf"), UNARY ("math.softplus", "Softplus"),
  UNARY ("nn.relu", "Relu"), UNARY ("nn.relu6", "Relu6"), UNARY ("nn.sigmoid", "Sigmoid"), UNARY ("nn.tanh", "Tanh"),
  UNARY ("nn.elu", "Elu"),
  UNARY ("nn.selu", "Selu"), UNARY ("nn.silu", "Silu"), UNARY ("nn.swish", "Silu"), UNARY ("nn.softplus", "Softplus"),
  UNARY ("nn.softsign", "Softsign"), { "nn.leaky_relu", "LeakyRelu", "features", "alpha=negative_slope" },
  { "nn.gelu", "Gelu", "features", "approximate" }, { "nn.softmax", "Softmax", "logits", "axis" },
  { "nn.log_softmax", "LogSoftmax", "logits", "axis" }, { "math.l2_normalize", "Normalize", "x", "axis" },
  REDUCTION ("math.reduce_mean", "Mean"), REDUCTION ("math.reduce_sum", "Sum"), REDUCTION ("math.reduce_max", "Max"),
  REDUCTION ("math.reduce_min", "Min"), REDUCTION ("math.reduce_prod", "Prod"), REDUCTION ("math.reduce_any", "Any"),
  REDUCTION ("math.reduce_all", "All"), REDUCTION ("math.reduce_std", "Std"), REDUCTION ("math.reduce_variance", "Var"),
  REDUCTION ("math.reduce_logsumexp", "Logsumexp"), { "math.argmax", "Argmax", "input", "axis=axis=0" },
  { "math.argmin", "Argmin", "input", "axis=axis=0" },
  { "math.cumsum", "Cumsum", "x", "axis=axis=0" }, { "concat", "Concatenate", "values", "axis" },
  { "stack", "Stack", "values", "axis" },
  { "unstack", "Unstack", "value", "num,axis" },
  { "split", "Split", "value", "num_or_size_splits=indices_or_sections,axis" },
  { "expand_dims", "ExpandDims", "input", "axis" }, { "squeeze", "Squeeze", "input", "axis" },
  { "reshape", "Reshape", "tensor", "shape=newshape" },
  { "transpose", "Transpose", "a", "perm=axes" }, { "tile", "Tile", "input", "multiples=repeats" },
  { "repeat", "Repeat", "input", "repeats,axis" },
  { "reverse", "Flip", "tensor", "axis" }, { "broadcast_to", "BroadcastTo", "input", "shape" },
  { "cast", "Cast", "x", "dtype" },
  { "pad", "Pad", "tensor,constant_values", "paddings=pad_width,mode" }, { "where", "Where", "condition,x,y", "" },
  { "gather", "Take", "params,indices", "axis=axis=0" }, { "one_hot", "OneHot", "indices", "depth=num_classes,axis" },
  { "clip_by_value", "Clip", "t", "clip_value_min=x_min,clip_value_max=x_max" },
  { "linalg.matmul", "Matmul", "a,b", "" },
  { "zeros_like", "ZerosLike", "input", "" }, { "ones_like", "OnesLike", "input", "" },
  { "stop_gradient", "StopGradient", "input", "" },
  { "__operators__.getitem", "GetItem", "tensor,slice_spec", "" },
  /* Nodes of TensorFlow's graph, by the name of the op. */
  BINARY ("Add", "Add"), BINARY ("AddV2", "Add"), BINARY ("Sub", "Subtract"), BINARY ("Mul", "Multiply"),
  BINARY ("RealDiv", "TrueDivide"),
  BINARY ("Pow", "Power"), BINARY ("Maximum", "Maximum"), BINARY ("Minimum", "Minimum"), UNARY ("Neg", "Negative"),
  UNARY ("Abs", "Absolute"),
  UNARY ("Exp", "Exp"), UNARY ("Log", "Log"), UNARY ("Sqrt", "Sqrt"), UNARY ("Rsqrt", "Rsqrt"),
  UNARY ("Square", "Square"),
  UNARY ("Relu", "Relu"), UNARY ("Relu6", "Relu6"), UNARY ("Sigmoid", "Sigmoid"), UNARY ("Tanh", "Tanh"),
  UNARY ("Softmax", "Softmax"),
  UNARY ("Elu", "Elu"), UNARY ("Selu", "Selu"), UNARY ("Softplus", "Softplus"), UNARY ("Softsign", "Softsign"),
  UNARY ("Sign", "Sign"),
};

static const Translation *
find_translation (const char *function)
{
  if (g_str_has_prefix (function, "compat.v1."))
    function += strlen ("compat.v1.");
  for (guint i = 0; i < G_N_ELEMENTS (translations); i++)
    if (g_str_equal (translations[i].function, function))
      return &translations[i];
  return NULL;
}

static gboolean
is_reference (JsonArray *array)
{
  guint n = json_array_get_length (array);

  return (n == 3 || n == 4) && strata_json_element_string (array, 0) != NULL &&
         strata_json_is_number (json_array_get_element (array, 1)) &&
         strata_json_is_number (json_array_get_element (array, 2));
}

static JsonNode *
wrap_object (const char *class_name,
             JsonObject *config)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "class_name", class_name);
  json_object_set_object_member (object, "config", config);
  return strata_json_wrap (object);
}

/* [name, call, output]; that calls of models are counted from 1 is marked. */
static JsonNode *
wrap_tensor (JsonArray *reference)
{
  JsonObject *config = json_object_new ();
  JsonArray *history = json_array_new ();

  for (guint i = 0; i < 3; i++)
    json_array_add_element (history, json_node_copy (json_array_get_element (reference, i)));
  json_object_set_array_member (config, "keras_history", history);
  json_object_set_boolean_member (config, STRATA_KERAS2_TENSOR, TRUE);
  return wrap_object ("__keras_tensor__", config);
}

static JsonNode *
wrap_list (JsonArray *array)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);
  return node;
}

/* Numbers in a list are an array where an operand is meant, and what tells a part of a tensor has classes in Keras
 * 3. */
static JsonNode *
translate_value (JsonNode *node)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL, *copy;
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (array != NULL && g_strcmp0 (strata_json_element_string (array, 0), "_CONSTANT_VALUE") == 0 &&
      json_array_get_length (array) > 2)
    return json_node_copy (json_array_get_element (array, 2));
  if (array != NULL && is_reference (array))
    return wrap_tensor (array);
  if (object != NULL && json_object_has_member (object, "stop"))
    return wrap_object ("__slice__", json_object_ref (object));
  if (object != NULL && g_str_equal (strata_json_get_string (object, "class_name", ""), "__ellipsis__"))
    return wrap_object ("__ellipsis__", json_object_new ());
  if (array == NULL)
    return json_node_copy (node);
  copy = json_array_new ();
  for (guint i = 0; i < json_array_get_length (array); i++)
    json_array_add_element (copy, translate_value (json_array_get_element (array, i)));
  return wrap_list (copy);
}

/* Sizes of parts become the places where they are cut. */
static JsonNode *
translate_sizes (JsonNode *node)
{
  JsonArray *sizes = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL, *places;
  gint64 at = 0;

  if (sizes == NULL)
    return json_node_copy (node);
  places = json_array_new ();
  for (guint i = 0; i + 1 < json_array_get_length (sizes); i++)
    {
      JsonNode *size = json_array_get_element (sizes, i);

      at += strata_json_is_number (size) ? json_node_get_int (size) : 0;
      json_array_add_int_element (places, at);
    }
  return wrap_list (places);
}

static JsonNode *
translate_parameter (const char *name,
                     JsonNode   *node)
{
  if (g_str_equal (name, "num_or_size_splits"))
    return translate_sizes (node);
  if (g_str_equal (name, "mode") && strata_json_is_string (node))
    {
      JsonNode *lower = json_node_alloc ();
      g_autofree char *text = g_ascii_strdown (json_node_get_string (node), -1);

      return json_node_init_string (lower, text);
    }
  return json_node_copy (node);
}

static void
take_parameters (const Translation *translation,
                 JsonObject        *given,
                 JsonObject        *config)
{
  g_auto (GStrv) pairs = g_strsplit (translation->parameters, ",", -1);

  for (guint i = 0; pairs[i] != NULL && given != NULL; i++)
    {
      g_auto (GStrv) names = g_strsplit (pairs[i], "=", 3);
      JsonNode *value = names[0] != NULL ? json_object_get_member (given, names[0]) : NULL;
      guint n = g_strv_length (names);

      if (value != NULL && !JSON_NODE_HOLDS_NULL (value))
        json_object_set_member (config, names[n > 1], translate_parameter (names[0], value));
      else if (n > 2)
        json_object_set_int_member (config, names[1], g_ascii_strtoll (names[2], NULL, 10));
    }
}

static gboolean
has_tensor (JsonNode *node)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL)
    return JSON_NODE_HOLDS_OBJECT (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (has_tensor (json_array_get_element (array, i)))
      return TRUE;
  return FALSE;
}

static gboolean
has_fraction (JsonNode *node)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL)
    return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_DOUBLE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (has_fraction (json_array_get_element (array, i)))
      return TRUE;
  return FALSE;
}

/* A list of numbers is an array where something is computed with it. */
static JsonNode *
translate_operand (const char *name,
                   JsonNode   *given)
{
  g_autoptr (JsonNode) node = translate_value (given);
  JsonObject *config;

  if (!JSON_NODE_HOLDS_ARRAY (node) || g_str_equal (name, "slice_spec") || has_tensor (node))
    return g_steal_pointer (&node);
  config = json_object_new ();
  json_object_set_string_member (config, "dtype", has_fraction (node) ? "float32" : "int32");
  json_object_set_member (config, "value", g_steal_pointer (&node));
  return wrap_object ("__numpy__", config);
}

/* What the layer is called on: a tensor, a constant, or a list of tensors. */
static JsonNode *
take_first (JsonArray         *call,
            const Translation *translation)
{
  JsonArray *first = strata_json_element_array (call, 0);
  gboolean one = !g_str_equal (translation->operation, "Concatenate") && !g_str_equal (translation->operation, "Stack");
  g_autoptr (JsonNode) node = NULL;

  if (first != NULL && one)
    call = first;
  if (strata_json_element_string (call, 0) == NULL)
    {
      JsonArray *list = json_array_new ();

      for (guint i = 0; i < json_array_get_length (call); i++)
        {
          JsonArray *item = strata_json_element_array (call, i);

          if (item != NULL && is_reference (item))
            json_array_add_element (list, wrap_tensor (item));
        }
      return wrap_list (list);
    }
  node = wrap_list (json_array_ref (call));
  return translate_operand ("", node);
}

static JsonObject *
find_named (JsonArray *call)
{
  JsonArray *first = strata_json_element_array (call, 0);

  return strata_json_element_object (first != NULL ? first : call, 3);
}

/* The operands of a function: the first, and those by name. */
static JsonArray *
translate_call (JsonArray         *call,
                const Translation *translation)
{
  g_auto (GStrv) names = g_strsplit (translation->operands, ",", -1);
  JsonObject *given = find_named (call);
  JsonArray *args = json_array_new ();

  json_array_add_element (args, take_first (call, translation));
  for (guint i = 1; names[i] != NULL; i++)
    if (given != NULL && json_object_has_member (given, names[i]))
      json_array_add_element (args, translate_operand (names[i], json_object_get_member (given, names[i])));
  return args;
}

/* The operands of a node of TensorFlow's graph: constants are told by their places, tensors fill the others. */
static JsonArray *
translate_node (JsonArray  *call,
                JsonObject *constants)
{
  JsonArray *args = json_array_new ();
  guint n = json_array_get_length (call) + (constants != NULL ? json_object_get_size (constants) : 0), next = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *place = g_strdup_printf ("%u", i);
      JsonNode *constant = constants != NULL ? json_object_get_member (constants, place) : NULL;
      JsonArray *reference = constant == NULL ? strata_json_element_array (call, next++) : NULL;

      if (constant != NULL)
        json_array_add_element (args, translate_operand ("", constant));
      else if (reference != NULL && is_reference (reference))
        json_array_add_element (args, wrap_tensor (reference));
    }
  return args;
}

/* The op of a node, which is told as an object or as the text of one. */
static char *
dup_node_op (JsonObject *config)
{
  JsonObject *object = strata_json_get_object (config, "node_def");
  const char *text = strata_json_get_string (config, "node_def", NULL);
  g_autoptr (JsonNode) parsed = object == NULL && text != NULL ? strata_json_parse (text, -1, NULL) : NULL;

  if (parsed != NULL && JSON_NODE_HOLDS_OBJECT (parsed))
    object = json_node_get_object (parsed);
  return object != NULL ? g_strdup (strata_json_get_string (object, "op", NULL)) : NULL;
}

/**
 * strata_keras2_function: (skip)
 * @layer: a layer as Keras 2 wrote it
 *
 * Returns: (transfer full) (nullable): which function of TensorFlow's it calls
 */
char *
strata_keras2_function (JsonObject *layer)
{
  const char *class_name = strata_json_get_string (layer, "class_name", "");
  JsonObject *config = strata_json_get_object (layer, "config");

  if (config == NULL)
    return NULL;
  if (g_str_equal (class_name, "TensorFlowOpLayer"))
    return dup_node_op (config);
  if (g_str_equal (class_name, "TFOpLambda") || g_str_equal (class_name, "SlicingOpLambda"))
    return g_strdup (strata_json_get_string (config, "function", NULL));
  return NULL;
}

/* transpose_a and transpose_b of a product: such a factor is turned by an operation of its own before. */
static void
turn_factor (JsonArray  *layers,
             JsonArray  *args,
             guint       place,
             const char *name)
{
  static const char *const params[] = { "axis1", "axis2" };
  JsonObject *object = json_object_new (), *config = json_object_new (), *node = json_object_new ();
  g_autofree char *own = g_strdup_printf ("%s_turned_%u", name, place);
  JsonArray *calls = json_array_new (), *given = json_array_new (), *reference = json_array_new ();
  JsonArray *turned = json_array_new ();

  json_object_set_string_member (config, "name", own);
  for (guint i = 0; i < 2; i++)
    json_object_set_int_member (config, params[i], -1 - (int) i);
  json_object_set_string_member (object, "module", strata_operation_get_module (strata_operation_find ("Swapaxes")));
  json_object_set_string_member (object, "class_name", "Swapaxes");
  json_object_set_object_member (object, "config", config);
  json_object_set_string_member (object, "name", own);
  json_array_add_element (given, json_node_copy (json_array_get_element (args, place)));
  json_object_set_array_member (node, "args", given);
  json_object_set_object_member (node, "kwargs", json_object_new ());
  json_array_add_object_element (calls, node);
  json_object_set_array_member (object, "inbound_nodes", calls);
  json_array_add_object_element (layers, object);

  json_array_add_string_element (reference, own);
  json_array_add_int_element (reference, 0);
  json_array_add_int_element (reference, 0);
  for (guint i = 0; i < json_array_get_length (args); i++)
    json_array_add_element (turned,
                            i == place ? wrap_tensor (reference) : json_node_copy (json_array_get_element (args, i)));
  while (json_array_get_length (args) > 0)
    json_array_remove_element (args, 0);
  for (guint i = 0; i < json_array_get_length (turned); i++)
    json_array_add_element (args, json_node_copy (json_array_get_element (turned, i)));
  json_array_unref (turned);
  json_array_unref (reference);
}

/**
 * strata_keras2_translate: (skip)
 * @layer: a layer as Keras 2 wrote it
 * @layers: gets the operation, and what it needs before it
 *
 * Returns: whether the layer calls a function of TensorFlow's that Keras 3 has an operation for
 */
gboolean
strata_keras2_translate (JsonObject *layer,
                         JsonArray  *layers)
{
  g_autofree char *function = strata_keras2_function (layer);
  const Translation *translation = function != NULL ? find_translation (function) : NULL;
  JsonArray *calls = strata_json_get_array (layer, "inbound_nodes");
  JsonArray *call = calls != NULL ? strata_json_element_array (calls, 0) : NULL, *args;
  JsonObject *given, *config, *object, *node, *old = strata_json_get_object (layer, "config");
  const char *name;

  if (translation == NULL || call == NULL || json_array_get_length (calls) != 1 ||
      strata_operation_find (translation->operation) == NULL)
    return FALSE;
  name = strata_json_get_string (layer, "name", strata_json_get_string (old, "name", function));
  given = find_named (call);
  args = json_object_has_member (old, "node_def") ? translate_node (call, strata_json_get_object (old, "constants"))
                                                   : translate_call (call, translation);
  for (guint i = 0; i < 2 && given != NULL; i++)
    if (strata_json_get_bool (given, i == 0 ? "transpose_a" : "transpose_b", FALSE))
      turn_factor (layers, args, i, name);

  config = json_object_new ();
  json_object_set_string_member (config, "name", name);
  take_parameters (translation, given, config);
  node = json_object_new ();
  json_object_set_array_member (node, "args", args);
  json_object_set_object_member (node, "kwargs", json_object_new ());
  calls = json_array_new ();
  json_array_add_object_element (calls, node);
  object = json_object_new ();
  json_object_set_string_member (object, "module",
                                 strata_operation_get_module (strata_operation_find (translation->operation)));
  json_object_set_string_member (object, "class_name", translation->operation);
  json_object_set_object_member (object, "config", config);
  json_object_set_string_member (object, "name", name);
  json_object_set_array_member (object, "inbound_nodes", calls);
  json_array_add_object_element (layers, object);
  return TRUE;
}
