/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operator.h"

#include "base/json.h"
#include "ops/elementwise.h"

typedef StrataValue *(*Unary) (StrataBuilder *b, StrataValue *x);
typedef StrataValue *(*Binary) (StrataBuilder *b, StrataValue *x, StrataValue *y);

typedef struct
{
  const char *name;
  const char *module;
  Unary unary;
  Binary binary;
} Operation;

#define NUMPY "keras.src.ops.numpy"
#define NN "keras.src.ops.nn"

static const Operation operations[] = {
  { "Add", NUMPY, NULL, strata_add },
  { "Subtract", NUMPY, NULL, strata_subtract },
  { "Multiply", NUMPY, NULL, strata_multiply },
  { "Divide", NUMPY, NULL, strata_divide },
  { "TrueDivide", NUMPY, NULL, strata_divide },
  { "Power", NUMPY, NULL, strata_power },
  { "Maximum", NUMPY, NULL, strata_maximum },
  { "Minimum", NUMPY, NULL, strata_minimum },
  { "Negative", NUMPY, strata_negative, NULL },
  { "Absolute", NUMPY, strata_absolute, NULL },
  { "Abs", NUMPY, strata_absolute, NULL },
  { "Exp", NUMPY, strata_exp, NULL },
  { "Log", NUMPY, strata_log, NULL },
  { "Sqrt", NUMPY, strata_sqrt, NULL },
  { "Square", NUMPY, strata_square, NULL },
  { "Sin", NUMPY, strata_sin, NULL },
  { "Cos", NUMPY, strata_cos, NULL },
  { "Tanh", NUMPY, strata_tanh, NULL },
  { "Relu", NN, strata_relu, NULL },
  { "Sigmoid", NN, strata_sigmoid, NULL },
};

struct _StrataOperator
{
  StrataLayer parent_instance;

  const Operation *operation;
  JsonNode *args; /* a list of numbers and of `{"$": index into the inputs}`, or NULL for the inputs alone */
};

/**
 * StrataOperator:
 *
 * What Python's operators leave in a functional model of Keras: `x * 2 + y` is a
 * Multiply and an Add, which have no weights and are called once, with tensors
 * and numbers.
 */
G_DEFINE_FINAL_TYPE (StrataOperator, strata_operator, STRATA_TYPE_LAYER)

static const Operation *
find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    if (g_str_equal (operations[i].name, name))
      return &operations[i];
  return NULL;
}

/**
 * strata_operator_is_known:
 *
 * Returns: whether there is an operation of that name
 */
gboolean
strata_operator_is_known (const char *operation)
{
  return find (operation) != NULL;
}

static StrataValue *
get_argument (StrataOperator *self,
              StrataBuilder  *b,
              StrataCall     *call,
              guint           i)
{
  JsonArray *args = self->args != NULL ? json_node_get_array (self->args) : NULL;
  JsonNode *node;
  gint64 input = i;

  if (args != NULL)
    {
      node = i < json_array_get_length (args) ? json_array_get_element (args, i) : NULL;
      if (strata_json_is_number (node))
        return strata_builder_scalar (b, json_node_get_double (node));
      input = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? strata_json_get_int (json_node_get_object (node), "$", -1) : -1;
    }
  if (input < 0 || input >= call->n_inputs)
    {
      strata_builder_fail (b, STRATA_ERROR_SHAPE, "%s lacks its argument %u", self->operation->name, i + 1);
      return NULL;
    }
  return call->inputs[input];
}

static void
operator_call (StrataLayer   *layer,
               StrataBuilder *b,
               StrataCall    *call)
{
  StrataOperator *self = STRATA_OPERATOR (layer);
  StrataValue *x = get_argument (self, b, call, 0);
  StrataValue *y = x != NULL && self->operation->binary != NULL ? get_argument (self, b, call, 1) : x;

  if (x == NULL || y == NULL)
    return;
  strata_call_return (call, self->operation->binary != NULL ? self->operation->binary (b, x, y) : self->operation->unary (b, x));
}

static const char *
operator_get_class_name (StrataObject *object)
{
  return STRATA_OPERATOR (object)->operation->name;
}

static void
strata_operator_finalize (GObject *object)
{
  g_clear_pointer (&STRATA_OPERATOR (object)->args, json_node_unref);

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
  self->operation = &operations[0];
}

/**
 * strata_operator_new:
 * @operation: Keras's name for it, such as "TrueDivide"
 * @name: (nullable): what to call the layer
 *
 * Returns: (transfer full): the operator, or %NULL with @error set where it is not known
 */
StrataLayer *
strata_operator_new (const char  *operation,
                     const char  *name,
                     GError     **error)
{
  const Operation *found = find (operation);
  StrataOperator *self;

  if (found == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_NAME, "There is no operation called “%s”", operation);
      return NULL;
    }
  self = g_object_new (STRATA_TYPE_OPERATOR, NULL);
  self->operation = found;
  if (name != NULL)
    strata_layer_set_name (STRATA_LAYER (self), name);
  return STRATA_LAYER (self);
}

/**
 * strata_operator_set_args:
 * @args: (nullable): a list of numbers and of `{"$": index into the inputs}`
 *
 * Tells what the operation is applied to, where that is not only tensors.
 */
gboolean
strata_operator_set_args (StrataOperator  *self,
                          JsonNode        *args,
                          GError         **error)
{
  guint n = self->operation->binary != NULL ? 2 : 1;

  if (args != NULL && (!JSON_NODE_HOLDS_ARRAY (args) || json_array_get_length (json_node_get_array (args)) != n))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_VALUE, "%s takes %u arguments", self->operation->name, n);
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

/**
 * strata_operator_get_n_inputs:
 *
 * Returns: how many tensors it takes
 */
guint
strata_operator_get_n_inputs (StrataOperator *self)
{
  JsonArray *args = self->args != NULL ? json_node_get_array (self->args) : NULL;
  guint n = 0;

  if (args == NULL)
    return self->operation->binary != NULL ? 2 : 1;
  for (guint i = 0; i < json_array_get_length (args); i++)
    n += JSON_NODE_HOLDS_OBJECT (json_array_get_element (args, i));
  return n;
}

/**
 * strata_operator_get_module:
 *
 * Returns: (transfer none): where Keras has the operation
 */
const char *
strata_operator_get_module (StrataOperator *self)
{
  return self->operation->module;
}
