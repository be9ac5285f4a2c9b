/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "base/json.h"
#include "io/code/python-reader-private.h"

#define MAX_DEPTH 50

/* Whether two values are equal; how much that takes is spent. */
static gboolean
is_equal (StrataPythonReader *self,
          StrataPythonData   *a,
          StrataPythonData   *b,
          guint               depth)
{
  if (a == b)
    return TRUE;
  if (depth > MAX_DEPTH || !strata_python_reader_spend (self, 1))
    return FALSE;
  if (strata_python_data_is_number (a) && strata_python_data_is_number (b))
    return json_node_get_double (a->plain) == json_node_get_double (b->plain);
  if (a->kind != b->kind)
    return FALSE;
  switch (a->kind)
    {
    case STRATA_PYTHON_PLAIN:
      return json_node_equal (a->plain, b->plain);
    case STRATA_PYTHON_LIST:
      if (a->items->len != b->items->len)
        return FALSE;
      for (guint i = 0; i < a->items->len; i++)
        if (!is_equal (self, g_ptr_array_index (a->items, i), g_ptr_array_index (b->items, i), depth + 1))
          return FALSE;
      return TRUE;
    case STRATA_PYTHON_PATH:
      return g_str_equal (a->path, b->path);
    case STRATA_PYTHON_OBJECT:
      return a->object == b->object;
    case STRATA_PYTHON_TENSOR:
      return a->symbol == b->symbol;
    case STRATA_PYTHON_DICT:
    case STRATA_PYTHON_FUNCTION:
    case STRATA_PYTHON_METHOD:
    case STRATA_PYTHON_LAMBDA:
    case STRATA_PYTHON_PARTIAL:
    case STRATA_PYTHON_OPAQUE:
      break;
    }
  return FALSE;
}

static gboolean
contains (StrataPythonReader *self,
          StrataPythonData   *whole,
          StrataPythonData   *part,
          gboolean           *found)
{
  const char *text = strata_python_data_get_string (whole), *name = strata_python_data_get_string (part);

  *found = FALSE;
  if (text != NULL && name != NULL)
    *found = strstr (text, name) != NULL;
  else if (whole->kind == STRATA_PYTHON_DICT && name != NULL)
    *found = strata_python_data_get_item (whole, name) != NULL;
  else if (whole->kind == STRATA_PYTHON_LIST)
    for (guint i = 0; i < whole->items->len && !*found; i++)
      *found = is_equal (self, g_ptr_array_index (whole->items, i), part, 0);
  else
    return strata_python_reader_fail (self, "“in” is understood of lists, dicts and strings only") != NULL;
  return TRUE;
}

/* Which of two numbers or strings comes first: below, at or above 0. */
static gboolean
order (StrataPythonReader *self,
       StrataPythonData   *a,
       StrataPythonData   *b,
       int                *result)
{
  const char *x = strata_python_data_get_string (a), *y = strata_python_data_get_string (b);

  if (x != NULL && y != NULL)
    *result = strcmp (x, y);
  else if (strata_python_data_is_number (a) && strata_python_data_is_number (b))
    *result = (json_node_get_double (a->plain) > json_node_get_double (b->plain)) -
              (json_node_get_double (a->plain) < json_node_get_double (b->plain));
  else
    return strata_python_reader_fail (self, "only numbers and strings are compared") != NULL;
  return TRUE;
}

/* The sign or words that compare, or NULL. */
static const char *
take_comparison (StrataPythonReader *self)
{
  static const char *const signs[] = { "==", "!=", "<", "<=", ">", ">=", "in", "is" };

  if (strata_python_reader_is (self, "not") && g_strcmp0 (strata_python_reader_peek (self)[1].text, "in") == 0)
    {
      self->at += 2;
      return "not in";
    }
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (strata_python_reader_take (self, signs[i]))
      return g_str_equal (signs[i], "is") && strata_python_reader_take (self, "not") ? "is not" : signs[i];
  return NULL;
}

static gboolean
compare (StrataPythonReader *self,
         const char         *sign,
         StrataPythonData   *a,
         StrataPythonData   *b,
         gboolean           *truth)
{
  int which = 0;

  if (g_str_has_suffix (sign, "in"))
    {
      if (!contains (self, b, a, truth))
        return FALSE;
      *truth = *truth == g_str_equal (sign, "in");
    }
  else if (sign[0] == '<' || sign[0] == '>')
    {
      if (!order (self, a, b, &which))
        return FALSE;
      *truth = (sign[1] == '=' && which == 0) || (sign[0] == '<' ? which < 0 : which > 0);
    }
  else
    *truth = is_equal (self, a, b, 0) == (g_str_equal (sign, "==") || g_str_equal (sign, "is"));
  return self->line == 0;
}

/**
 * strata_python_read_comparison: (skip)
 *
 * Returns: (transfer full): whether `a < b <= c` holds; a value alone is that value
 */
StrataPythonData *
strata_python_read_comparison (StrataPythonReader *self)
{
  g_autoptr (StrataPythonData) left = strata_python_read_sum (self), right = NULL;
  gboolean holds = TRUE, compared = FALSE;
  const char *sign;

  while (left != NULL && (sign = take_comparison (self)) != NULL)
    {
      gboolean truth;

      right = strata_python_read_sum (self);
      if (right == NULL)
        return NULL;
      /* Whether there is a value at all is known of values that are not. */
      if (strata_python_data_get_unknown (left) != NULL || strata_python_data_get_unknown (right) != NULL)
        return strata_python_data_new_opaque (
            strata_python_data_get_unknown (strata_python_data_get_unknown (left) != NULL ? left : right));
      if (left->kind == STRATA_PYTHON_TENSOR && !g_str_has_prefix (sign, "is") && right->kind != STRATA_PYTHON_LIST)
        return strata_python_reader_fail (self, "tensors are compared by keras.ops, such as keras.ops.greater(x, 0)");
      if (!compare (self, sign, left, right, &truth))
        return NULL;
      holds = holds && truth;
      compared = TRUE;
      strata_python_data_unref (left);
      left = g_steal_pointer (&right);
    }
  return compared && left != NULL ? strata_python_data_new_truth (holds) : g_steal_pointer (&left);
}
