/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/code/python-reader-private.h"

#include <math.h>
#include <string.h>

#include "base/json.h"

#define MAX_DEPTH 200

static StrataPythonData *
compute (StrataPythonReader *self,
         const char         *sign,
         StrataPythonData   *a,
         StrataPythonData   *b)
{
  double x = json_node_get_double (a->plain), y = json_node_get_double (b->plain), z = NAN;
  gboolean whole = strata_python_data_is_whole (a) && strata_python_data_is_whole (b);

  if (g_str_equal (sign, "+"))
    z = x + y;
  else if (g_str_equal (sign, "-"))
    z = x - y;
  else if (g_str_equal (sign, "*"))
    z = x * y;
  else if (g_str_equal (sign, "/"))
    z = x / y;
  else if (g_str_equal (sign, "//"))
    z = floor (x / y);
  else if (g_str_equal (sign, "%"))
    z = x - y * floor (x / y);
  else if (g_str_equal (sign, "**"))
    z = pow (x, y);
  if (!isfinite (z))
    return strata_python_reader_fail (self, "“%s” has no result here", sign);
  return strata_python_data_new_number (z, whole && !g_str_equal (sign, "/") && z == floor (z) && fabs (z) < 9e15);
}

static StrataPythonData *
join_strings (StrataPythonReader *self,
              const char         *a,
              const char         *b)
{
  g_autofree char *joined = NULL;

  if (!strata_python_reader_spend (self, strlen (a) + strlen (b)))
    return NULL;
  joined = g_strconcat (a, b, NULL);
  return strata_python_data_new_string (joined);
}

static StrataPythonData *
join_lists (StrataPythonReader *self,
            StrataPythonData   *a,
            StrataPythonData   *b)
{
  StrataPythonData *list;

  if (!strata_python_reader_spend (self, a->items->len + b->items->len))
    return NULL;
  list = strata_python_data_new_list ();
  g_ptr_array_extend (list->items, a->items, (GCopyFunc) (void (*) (void)) strata_python_data_ref, NULL);
  g_ptr_array_extend (list->items, b->items, (GCopyFunc) (void (*) (void)) strata_python_data_ref, NULL);
  return list;
}

/* [3] * 4 and "-" * 40 */
static StrataPythonData *
repeat (StrataPythonReader *self,
        StrataPythonData   *data,
        StrataPythonData   *times)
{
  gint64 n = MAX (json_node_get_int (times->plain), 0);
  const char *text = strata_python_data_get_string (data);
  gsize size = text != NULL ? strlen (text) : data->items->len;
  g_autoptr (GString) string = NULL;
  StrataPythonData *list;

  if (n > G_MAXINT || !strata_python_reader_spend (self, (guint64) n * (size + 1)))
    return strata_python_reader_fail (self, "this is repeated too often");
  if (text != NULL)
    {
      string = g_string_new (NULL);
      for (gint64 i = 0; i < n; i++)
        g_string_append (string, text);
      return strata_python_data_new_string (string->str);
    }
  list = strata_python_data_new_list ();
  for (gint64 i = 0; i < n; i++)
    g_ptr_array_extend (list->items, data->items, (GCopyFunc) (void (*) (void)) strata_python_data_ref, NULL);
  return list;
}

/* What signs do with strings and lists. */
static StrataPythonData *
combine_others (StrataPythonReader *self,
                const char         *sign,
                StrataPythonData   *a,
                StrataPythonData   *b)
{
  const char *x = strata_python_data_get_string (a), *y = strata_python_data_get_string (b);
  gboolean lists = a->kind == STRATA_PYTHON_LIST, other_lists = b->kind == STRATA_PYTHON_LIST;

  if (g_str_equal (sign, "+") && x != NULL && y != NULL)
    return join_strings (self, x, y);
  if (g_str_equal (sign, "+") && lists && other_lists)
    return join_lists (self, a, b);
  if (g_str_equal (sign, "*") && (lists || x != NULL) && strata_python_data_is_whole (b))
    return repeat (self, a, b);
  if (g_str_equal (sign, "*") && (other_lists || y != NULL) && strata_python_data_is_whole (a))
    return repeat (self, b, a);
  if (g_str_equal (sign, "%") && x != NULL)
    return strata_python_percent (self, x, b);
  return strata_python_reader_fail (
      self, "“%s” is not understood between these; it is between numbers, tensors, lists and strings", sign);
}

/**
 * strata_python_combine: (skip)
 * @sign: such as "+"
 *
 * Returns: (transfer full): what it makes of two numbers, strings or lists; between tensors, it is a layer
 */
StrataPythonData *
strata_python_combine (StrataPythonReader *self,
                       const char         *sign,
                       StrataPythonData   *a,
                       StrataPythonData   *b)
{
  static const char *const operations[][2] = {
    { "+", "Add" },          { "-", "Subtract" }, { "*", "Multiply" }, { "/", "TrueDivide" },
    { "//", "FloorDivide" }, { "%", "Mod" },      { "**", "Power" },   { "@", "Matmul" },
  };
  const char *unknown = strata_python_data_get_unknown (a) != NULL ? strata_python_data_get_unknown (a)
                                                                   : strata_python_data_get_unknown (b);
  g_auto (StrataPythonArguments) arguments = { 0 };

  if (strata_python_data_is_number (a) && strata_python_data_is_number (b))
    return compute (self, sign, a, b);
  if (a->kind != STRATA_PYTHON_TENSOR && b->kind != STRATA_PYTHON_TENSOR)
    return unknown != NULL ? strata_python_data_new_opaque (unknown) : combine_others (self, sign, a, b);
  if (unknown != NULL && a->plain == NULL && b->plain == NULL)
    return strata_python_reader_not_known (self, unknown);
  strata_python_arguments_init (&arguments);
  arguments.line = strata_python_reader_peek (self)->line;
  g_ptr_array_add (arguments.positional, strata_python_data_ref (a));
  g_ptr_array_add (arguments.positional, strata_python_data_ref (b));
  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    if (g_str_equal (operations[i][0], sign))
      return strata_python_operate (self, operations[i][1], &arguments);
  return strata_python_reader_fail (self, "“%s” is not understood", sign);
}

static StrataPythonData *read_unary (StrataPythonReader *self);

static StrataPythonData *
read_power (StrataPythonReader *self)
{
  g_autoptr (StrataPythonData) base = strata_python_read_primary (self), exponent = NULL;

  if (base == NULL || !strata_python_reader_take (self, "**"))
    return g_steal_pointer (&base);
  exponent = read_unary (self);
  return exponent != NULL ? strata_python_combine (self, "**", base, exponent) : NULL;
}

static StrataPythonData *
negate (StrataPythonReader *self,
        StrataPythonData   *data)
{
  g_auto (StrataPythonArguments) arguments = { 0 };

  if (strata_python_data_is_number (data))
    return strata_python_data_is_whole (data)
               ? strata_python_data_new_plain (
                     json_node_init_int (json_node_alloc (), -json_node_get_int (data->plain)))
               : strata_python_data_new_number (-json_node_get_double (data->plain), FALSE);
  if (strata_python_data_get_unknown (data) != NULL)
    return strata_python_data_ref (data);
  if (data->kind != STRATA_PYTHON_TENSOR)
    return strata_python_reader_fail (self, "“-” is understood before numbers and tensors only");
  strata_python_arguments_init (&arguments);
  arguments.line = strata_python_reader_peek (self)->line;
  g_ptr_array_add (arguments.positional, strata_python_data_ref (data));
  return strata_python_operate (self, "Negative", &arguments);
}

static StrataPythonData *
read_unary (StrataPythonReader *self)
{
  g_autoptr (StrataPythonData) data = NULL;
  gboolean negative = strata_python_reader_take (self, "-");

  if (!negative && !strata_python_reader_take (self, "+"))
    return read_power (self);
  if (++self->depth > MAX_DEPTH)
    return strata_python_reader_fail (self, "the line is too deep");
  data = read_unary (self);
  self->depth--;
  if (data == NULL)
    return NULL;
  return negative ? negate (self, data) : g_steal_pointer (&data);
}

/* Signs of one level, from left to right. */
static StrataPythonData *
read_chain (StrataPythonReader *self,
            const char *const *signs,
            StrataPythonData *(*read_part) (StrataPythonReader *self))
{
  g_autoptr (StrataPythonData) data = read_part (self);

  while (data != NULL)
    {
      const char *sign = strata_python_reader_peek (self)->text;
      g_autoptr (StrataPythonData) before = NULL, part = NULL;

      if (sign == NULL || strata_python_reader_peek (self)->type != STRATA_PYTHON_SIGN ||
          !g_strv_contains (signs, sign))
        break;
      self->at++;
      part = read_part (self);
      if (part == NULL)
        return NULL;
      before = g_steal_pointer (&data);
      data = strata_python_combine (self, sign, before, part);
    }
  return g_steal_pointer (&data);
}

static StrataPythonData *
read_product (StrataPythonReader *self)
{
  static const char *const signs[] = { "*", "/", "//", "%", "@", NULL };

  return read_chain (self, signs, read_unary);
}

/**
 * strata_python_read_sum: (skip)
 *
 * Returns: (transfer full): the value of what comes next, up to what compares it
 */
StrataPythonData *
strata_python_read_sum (StrataPythonReader *self)
{
  static const char *const signs[] = { "+", "-", NULL };

  return read_chain (self, signs, read_product);
}
