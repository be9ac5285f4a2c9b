/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

#include "base/json.h"
#include "layers/arrays.h"
#include "layers/json-numbers.h"
#include "ops/elementwise.h"

/**
 * strata_operands_fail: (skip)
 *
 * Makes the builder fail with a sentence that begins with the operation's name.
 */
void
strata_operands_fail (StrataOperands *self,
                      const char     *format,
                      ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (_(format), args);
  va_end (args);
  strata_builder_fail (self->b, STRATA_ERROR_VALUE, "%s %s", self->operation->name, text);
}

static JsonNode *
find_named (StrataOperands *self,
            guint           i)
{
  g_auto (GStrv) names = NULL;

  if (self->call->arguments == NULL)
    return NULL;
  names = strata_operation_get_arguments (self->operation);
  if (i >= g_strv_length (names))
    return NULL;
  if (g_str_has_suffix (names[i], "*"))
    names[i][strlen (names[i]) - 1] = '\0';
  return json_object_get_member (self->call->arguments, names[i]);
}

/**
 * strata_operands_find: (skip)
 *
 * Returns: (transfer none) (nullable): an operand as the model has it, %NULL also where it is None
 */
JsonNode *
strata_operands_find (StrataOperands *self,
                      guint           i)
{
  JsonNode *node = self->args != NULL && i < json_array_get_length (self->args) ? json_array_get_element (self->args, i)
                                                                               : find_named (self, i);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

static gint64
get_input (StrataOperands *self,
           JsonNode       *node)
{
  gint64 input = JSON_NODE_HOLDS_OBJECT (node) ? strata_json_get_int (json_node_get_object (node), "$", -1) : -1;

  return input < self->call->n_inputs ? input : -1;
}

/**
 * strata_operands_read_floats: (skip)
 * @node: a number, lists of numbers, or an array as files have it
 *
 * Returns: (transfer full) (nullable): its numbers, or %NULL where it is something else
 */
StrataTensor *
strata_operands_read_floats (JsonNode *node)
{
  StrataDType dtype;
  JsonNode *numbers = strata_array_get_numbers (node, &dtype);

  if (numbers == NULL)
    numbers = node;
  return !JSON_NODE_HOLDS_OBJECT (numbers) ? strata_json_to_floats (numbers) : NULL;
}

static StrataValue *
make_constant (StrataOperands *self,
               JsonNode       *node)
{
  StrataValue *constant = strata_array_emit (self->b, node);

  if (constant != NULL)
    return constant;
  strata_operands_fail (self, "is called with something that is neither a tensor nor numbers");
  return strata_builder_nothing (self->b);
}

static StrataValue *
get_value (StrataOperands *self,
           JsonNode       *node)
{
  gint64 input = get_input (self, node);

  return input >= 0 ? self->call->inputs[input] : make_constant (self, node);
}

/**
 * strata_operands_get: (skip)
 *
 * Returns: (transfer none): a tensor or constant
 */
StrataValue *
strata_operands_get (StrataOperands *self,
                     guint           i)
{
  JsonNode *node = strata_operands_find (self, i);

  if (node != NULL)
    return get_value (self, node);
  if (self->args == NULL && i < self->call->n_inputs)
    return self->call->inputs[i];
  strata_operands_fail (self, "lacks its argument %u", i + 1);
  return strata_builder_nothing (self->b);
}

StrataValue *
strata_operands_get_float (StrataOperands *self,
                           guint           i)
{
  return strata_cast (self->b, strata_operands_get (self, i), STRATA_FLOAT32);
}

/**
 * strata_operands_get_list: (skip)
 * @i: an operand that is a list of tensors; where it is a tensor and the first, all operands are the list
 * @values: (out): room for @most
 *
 * Returns: how many there are; 0 where the builder has failed
 */
guint
strata_operands_get_list (StrataOperands  *self,
                          guint            i,
                          StrataValue    **values,
                          guint            most)
{
  JsonNode *node = strata_operands_find (self, i);
  JsonArray *list = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n;

  if (list == NULL && node != NULL && i == 0)
    list = self->args;
  n = list != NULL ? json_array_get_length (list) : self->args == NULL ? self->call->n_inputs : 0;

  if (n == 0 || n > most)
    {
      strata_operands_fail (self, "takes a list of 1 to %u tensors", most);
      return 0;
    }
  for (guint k = 0; k < n; k++)
    values[k] = list != NULL ? get_value (self, json_array_get_element (list, k)) : self->call->inputs[k];
  return strata_builder_has_failed (self->b) ? 0 : n;
}

/* Whether numbers of the call are whole; arrays say of what type they are, others are as small as need be. */
static gboolean
is_whole (JsonNode    *node,
          StrataDType *dtype)
{
  StrataDType own;

  if (strata_array_get_numbers (node, &own) != NULL)
    {
      if (!strata_dtype_is_float (own) && (own == STRATA_INT64 || *dtype == STRATA_BOOL || *dtype == STRATA_UINT8))
        *dtype = own;
      return !strata_dtype_is_float (own);
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *list = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (list); i++)
        if (!is_whole (json_array_get_element (list, i), dtype))
          return FALSE;
      return TRUE;
    }
  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  return json_node_get_value_type (node) == G_TYPE_INT64 || json_node_get_value_type (node) == G_TYPE_BOOLEAN;
}

/**
 * strata_operands_get_dtype: (skip)
 *
 * Returns: the type of a sum of the operands: that of the tensors where all are whole numbers, else float32
 */
StrataDType
strata_operands_get_dtype (StrataOperands *self)
{
  StrataDType dtype = STRATA_BOOL;

  for (guint i = 0; i < self->call->n_inputs; i++)
    if (strata_dtype_is_float (self->call->inputs[i]->dtype))
      return STRATA_FLOAT32;
    else if (self->call->inputs[i]->dtype == STRATA_INT64 || dtype == STRATA_BOOL || dtype == STRATA_UINT8)
      dtype = self->call->inputs[i]->dtype;
  for (guint i = 0; self->args != NULL && i < json_array_get_length (self->args); i++)
    {
      JsonNode *node = json_array_get_element (self->args, i);

      if (JSON_NODE_HOLDS_NULL (node) || get_input (self, node) >= 0)
        continue;
      if (!is_whole (node, &dtype))
        return STRATA_FLOAT32;
    }
  return dtype == STRATA_BOOL ? STRATA_INT32 : dtype;
}

/**
 * strata_operands_return: (skip)
 *
 * Makes a value, as the type that Keras gives it, the next result.
 */
void
strata_operands_return (StrataOperands *self,
                        StrataValue    *value,
                        StrataDType     dtype)
{
  strata_call_return (self->call, strata_cast (self->b, value, dtype));
}

/**
 * strata_operands_param: (skip)
 *
 * Returns: (transfer none) (nullable): a parameter, %NULL also where it is None
 */
JsonNode *
strata_operands_param (StrataOperands *self,
                       const char     *name)
{
  JsonNode *node = json_object_get_member (self->config, name);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

gboolean
strata_operands_flag (StrataOperands *self,
                      const char     *name)
{
  return strata_json_get_bool (self->config, name, FALSE);
}

double
strata_operands_number (StrataOperands *self,
                        const char     *name)
{
  return strata_json_get_double (self->config, name, 0);
}

/* What is larger could not be computed with, and sums of it would overflow. */
static gint64
to_integer (double number)
{
  return isnan (number) ? 0 : CLAMP (number, -G_MAXINT32, G_MAXINT32);
}

/**
 * strata_operands_integer: (skip)
 *
 * Returns: a parameter as a whole number; one that is out of reach as the nearest that is not
 */
gint64
strata_operands_integer (StrataOperands *self,
                         const char     *name)
{
  return to_integer (strata_operands_number (self, name));
}

static int
check_axis (StrataOperands *self,
            const char     *name,
            gint64          axis,
            int             rank)
{
  if (axis >= -rank && axis < rank)
    return axis < 0 ? axis + rank : axis;
  strata_operands_fail (self, "has the %s %" PRId64 ", but its input has %d dimensions", name, axis, rank);
  return 0;
}

/**
 * strata_operands_axis: (skip)
 * @rank: dimensions that there are
 *
 * Returns: an axis, counted from 0
 */
int
strata_operands_axis (StrataOperands *self,
                      const char     *name,
                      int             rank)
{
  return check_axis (self, name, strata_json_get_int (self->config, name, G_MAXINT32), rank);
}

/**
 * strata_operands_ints: (skip)
 * @ints: (out): what it is
 *
 * Returns: whether a parameter is a whole number, or a list of at most %STRATA_MAX_RANK of them
 */
gboolean
strata_operands_ints (StrataOperands *self,
                      const char     *name,
                      StrataInts     *ints)
{
  JsonNode *node = strata_operands_param (self, name);
  JsonArray *list = node != NULL ? strata_json_get_items (node) : NULL;

  *ints = (StrataInts){ 0 };
  if (node != NULL && list == NULL && strata_json_is_number (node))
    {
      *ints = (StrataInts){ .n = 1, .scalar = TRUE };
      ints->v[0] = to_integer (json_node_get_double (node));
      return TRUE;
    }
  if (list == NULL || json_array_get_length (list) > STRATA_MAX_RANK)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonNode *item = json_array_get_element (list, i);

      if (!strata_json_is_number (item) && !JSON_NODE_HOLDS_NULL (item))
        return FALSE;
      ints->v[ints->n++] = JSON_NODE_HOLDS_NULL (item) ? STRATA_UNKNOWN
                           : to_integer (json_node_get_double (item));
    }
  return TRUE;
}

/**
 * strata_operands_axes: (skip)
 * @rank: dimensions that there are
 *
 * Returns: axes as bits; all where the parameter is None
 */
guint
strata_operands_axes (StrataOperands *self,
                      const char     *name,
                      int             rank)
{
  StrataInts ints;
  guint axes = 0;

  if (strata_operands_param (self, name) == NULL)
    return (1u << rank) - 1;
  if (!strata_operands_ints (self, name, &ints))
    strata_operands_fail (self, "needs whole numbers for “%s”", name);
  for (int i = 0; i < ints.n; i++)
    axes |= 1u << check_axis (self, name, ints.v[i], rank);
  return axes;
}
