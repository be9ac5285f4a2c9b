/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "layers/naming.h"
#include "ops/elementwise.h"

#define NUMPY "keras.src.ops.numpy"

#define STRATA_OPERATIONS(name) extern const StrataOperation strata_operations_##name[];
#include "operations.inc"
#undef STRATA_OPERATIONS

static const StrataOperation *const families[] = {
#define STRATA_OPERATIONS(name) strata_operations_##name,
#include "operations.inc"
#undef STRATA_OPERATIONS
};

/**
 * strata_operation_find: (skip)
 * @name: Keras's class
 *
 * Returns: (nullable): the operation
 */
const StrataOperation *
strata_operation_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    for (const StrataOperation *self = families[i]; self->name != NULL; self++)
      if (g_str_equal (self->name, name))
        return self;
  return NULL;
}

/**
 * strata_operation_find_function: (skip)
 * @path: what calls it in Python, such as "keras.ops.expand_dims"
 *
 * Returns: (nullable): the operation
 */
const StrataOperation *
strata_operation_find_function (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    for (const StrataOperation *self = families[i]; self->name != NULL; self++)
      {
        g_autofree char *function = strata_operation_dup_function (self);

        if (g_str_equal (function, path))
          return self;
      }
  return NULL;
}

/**
 * strata_operation_dup_function: (skip)
 *
 * Returns: (transfer full): what calls it in Python
 */
char *
strata_operation_dup_function (const StrataOperation *self)
{
  g_autofree char *snake = strata_naming_snake (self->name);

  return self->python != NULL ? g_strdup (self->python) : g_strdup_printf ("keras.ops.%s", snake);
}

const char *
strata_operation_get_module (const StrataOperation *self)
{
  return self->module != NULL ? self->module : NUMPY;
}

/**
 * strata_operation_get_arguments: (skip)
 *
 * Returns: (transfer full): names of what it is called with
 */
char **
strata_operation_get_arguments (const StrataOperation *self)
{
  const char *usual = self->binary != NULL ? "x1,x2" : "x";

  return g_strsplit (self->arguments != NULL ? self->arguments : usual, ",", -1);
}

/* Parts "axis=null,keepdims=false"; a comma inside of brackets does not part. */
static gboolean
next_parameter (const char **at,
                char       **name,
                JsonNode   **fallback)
{
  const char *start = *at, *equals, *end;
  int depth = 0;

  if (start == NULL || *start == '\0')
    return FALSE;
  for (end = start; *end != '\0' && (*end != ',' || depth > 0); end++)
    depth += (*end == '[') - (*end == ']');
  equals = memchr (start, '=', end - start);
  *name = g_strndup (start, (equals != NULL ? equals : end) - start);
  *fallback = NULL;
  if (equals != NULL)
    {
      g_autofree char *text = g_strndup (equals + 1, end - equals - 1);

      *fallback = json_from_string (text, NULL);
    }
  *at = *end == ',' ? end + 1 : end;
  return TRUE;
}

/**
 * strata_operation_get_signature: (skip)
 *
 * Returns: (transfer full): names of what the function in Python takes, in its order
 */
char **
strata_operation_get_signature (const StrataOperation *self)
{
  /* Where arguments do not come before parameters. */
  static const char *const mixed[][2] = {
    { "Average", "x,axis,weights" },
    { "BatchNorm", "x,mean,variance,axis,offset,scale,epsilon" },
    { "Einsum", "subscripts,x1,x2,x3,x4,x5,x6" },
    { "Pad", "x,pad_width,mode,constant_values" },
  };
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) arguments = strata_operation_get_arguments (self);
  const char *at = self->parameters;
  char *parameter;
  JsonNode *fallback;

  for (guint i = 0; i < G_N_ELEMENTS (mixed); i++)
    if (g_str_equal (mixed[i][0], self->name))
      return g_strsplit (mixed[i][1], ",", -1);
  for (guint i = 0; arguments[i] != NULL; i++)
    {
      if (g_str_has_suffix (arguments[i], "*"))
        arguments[i][strlen (arguments[i]) - 1] = '\0';
      g_strv_builder_add (names, arguments[i]);
    }
  while (next_parameter (&at, &parameter, &fallback))
    {
      g_strv_builder_add (names, parameter);
      g_free (parameter);
      g_clear_pointer (&fallback, json_node_unref);
    }
  return g_strv_builder_end (names);
}

/**
 * strata_operation_has_parameter: (skip)
 *
 * Returns: whether it is one of the operation's parameters, rather than something that it is called with
 */
gboolean
strata_operation_has_parameter (const StrataOperation *self,
                                const char            *name)
{
  const char *at = self->parameters;
  char *parameter;
  JsonNode *fallback;
  gboolean found = FALSE;

  while (next_parameter (&at, &parameter, &fallback))
    {
      found = found || g_str_equal (parameter, name);
      g_free (parameter);
      g_clear_pointer (&fallback, json_node_unref);
    }
  return found;
}

/**
 * strata_operation_new_config: (skip)
 * @given: (nullable): parameters by name; others are ignored
 *
 * Returns: (transfer full): all parameters, those that are not given at their defaults
 */
JsonObject *
strata_operation_new_config (const StrataOperation  *self,
                             JsonObject             *given,
                             GError                **error)
{
  g_autoptr (JsonObject) config = json_object_new ();
  const char *at = self->parameters;
  char *parameter;
  JsonNode *node;

  while (next_parameter (&at, &parameter, &node))
    {
      g_autofree char *name = parameter;
      g_autoptr (JsonNode) fallback = node;
      JsonNode *value = given != NULL && json_object_has_member (given, name) ? json_object_get_member (given, name)
                        : fallback;

      if (value == NULL)
        {
          strata_set_error (error, STRATA_ERROR_VALUE, "%s needs a value for “%s”", self->name, name);
          return NULL;
        }
      json_object_set_member (config, name, json_node_copy (value));
    }
  return g_steal_pointer (&config);
}

/**
 * strata_operation_is_default: (skip)
 *
 * Returns: whether a parameter need not be given
 */
gboolean
strata_operation_is_default (const StrataOperation *self,
                             const char            *name,
                             JsonNode              *value)
{
  const char *at = self->parameters;
  char *parameter;
  JsonNode *node;
  gboolean same = FALSE;

  while (next_parameter (&at, &parameter, &node))
    {
      same = same || (g_str_equal (parameter, name) && node != NULL && json_node_equal (node, value));
      g_free (parameter);
      g_clear_pointer (&node, json_node_unref);
    }
  return same;
}

/**
 * strata_operation_call: (skip)
 *
 * Computes the operation; where it cannot be, the builder fails.
 */
void
strata_operation_call (StrataOperands *operands)
{
  const StrataOperation *self = operands->operation;
  StrataValue *x, *y;
  StrataDType dtype = STRATA_FLOAT32;

  if (self->emit != NULL)
    {
      self->emit (operands);
      return;
    }
  x = strata_operands_get_float (operands, 0);
  y = self->binary != NULL ? strata_operands_get_float (operands, 1) : x;
  if (strata_builder_has_failed (operands->b))
    return;
  if (self->result == STRATA_RESULT_LIKE)
    dtype = strata_operands_get_dtype (operands);
  else if (self->result == STRATA_RESULT_BOOL)
    dtype = STRATA_BOOL;
  strata_operands_return (operands, self->binary != NULL ? self->binary (operands->b, x, y)
                          : self->unary (operands->b, x), dtype);
}
