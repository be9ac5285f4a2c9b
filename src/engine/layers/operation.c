/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
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
      JsonNode *value = given != NULL && json_object_has_member (given, name) ? json_object_get_member (given, name) : fallback;

      if (value == NULL)
        {
          g_set_error (error, STRATA_ERROR, STRATA_ERROR_VALUE, "%s needs a value for “%s”", self->name, name);
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
  strata_operands_return (operands, self->binary != NULL ? self->binary (operands->b, x, y) : self->unary (operands->b, x), dtype);
}
