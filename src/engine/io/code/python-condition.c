/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/json.h"
#include "io/code/python-reader-private.h"

#define MAX_DEPTH 200

/**
 * strata_python_judge: (skip)
 * @truth: (out): whether Python takes @data for true
 *
 * Returns: whether that can be told
 */
gboolean
strata_python_judge (StrataPythonReader *self,
                     StrataPythonData   *data,
                     gboolean           *truth)
{
  const char *text = strata_python_data_get_string (data);

  *truth = FALSE;
  if (strata_python_data_get_unknown (data) != NULL)
    return strata_python_reader_not_known (self, strata_python_data_get_unknown (data)) != NULL;
  if (data->kind == STRATA_PYTHON_TENSOR)
    return strata_python_reader_fail (self, "whether a tensor is true is only known once the network runs") != NULL;
  if (text != NULL)
    *truth = text[0] != '\0';
  else if (data->kind == STRATA_PYTHON_PLAIN)
    *truth = strata_json_is_number (data->plain)
                 ? json_node_get_double (data->plain) != 0
                 : !JSON_NODE_HOLDS_NULL (data->plain) && json_node_get_boolean (data->plain);
  else
    *truth = (data->kind != STRATA_PYTHON_LIST && data->kind != STRATA_PYTHON_DICT) || data->items->len > 0;
  return TRUE;
}

static StrataPythonData *
read_not (StrataPythonReader *self)
{
  g_autoptr (StrataPythonData) data = NULL;
  gboolean truth, turned = FALSE;

  if (!strata_python_reader_is (self, "not"))
    return strata_python_read_comparison (self);
  while (strata_python_reader_take (self, "not"))
    turned = !turned;
  data = strata_python_read_comparison (self);
  if (data == NULL || strata_python_data_get_unknown (data) != NULL)
    return g_steal_pointer (&data);
  return strata_python_judge (self, data, &truth) ? strata_python_data_new_truth (truth != turned) : NULL;
}

/* Values with “and” or “or” between them: what comes after the one that settles it is not read. */
static StrataPythonData *
read_joined (StrataPythonReader *self,
             const char *word,
             gboolean settles,
             const char *const *ends,
             StrataPythonData *(*read_part) (StrataPythonReader *self))
{
  g_autoptr (StrataPythonData) data = read_part (self);

  while (data != NULL && strata_python_reader_take (self, word))
    {
      gboolean truth;

      if (!strata_python_judge (self, data, &truth))
        return NULL;
      if (truth == settles)
        {
          self->at = strata_python_scan (self, ends);
          continue;
        }
      g_clear_pointer (&data, strata_python_data_unref);
      data = read_part (self);
    }
  return g_steal_pointer (&data);
}

static StrataPythonData *
read_and (StrataPythonReader *self)
{
  static const char *const ends[] = { "and", "or", "if", "else", "for", ",", ":", "=", NULL };

  return read_joined (self, "and", FALSE, ends, read_not);
}

/**
 * strata_python_read_condition: (skip)
 *
 * Returns: (transfer full): the value of what comes next, up to “if” or “for”
 */
StrataPythonData *
strata_python_read_condition (StrataPythonReader *self)
{
  static const char *const ends[] = { "or", "if", "else", "for", ",", ":", "=", NULL };

  return read_joined (self, "or", TRUE, ends, read_and);
}

/* a if condition else b, of which only one is read. */
static StrataPythonData *
read_choice (StrataPythonReader *self,
             guint               condition_at)
{
  guint start = self->at, other;
  g_autoptr (StrataPythonData) condition = NULL, data = NULL;
  gboolean truth;

  self->at = condition_at + 1;
  condition = strata_python_read_condition (self);
  if (condition == NULL || !strata_python_judge (self, condition, &truth) ||
      !strata_python_reader_expect (self, "else"))
    return NULL;
  if (!truth)
    return strata_python_read_expression (self);
  other = self->at;
  self->at = start;
  data = strata_python_read_condition (self);
  if (data == NULL || !strata_python_reader_expect (self, "if"))
    return NULL;
  self->at = other;
  strata_python_skip_value (self);
  return g_steal_pointer (&data);
}

/**
 * strata_python_read_expression: (skip)
 *
 * Returns: (transfer full): the value of what comes next
 */
StrataPythonData *
strata_python_read_expression (StrataPythonReader *self)
{
  static const char *const ends[] = { "if", "else", "for", ",", ":", "=", NULL };
  guint at = strata_python_scan (self, ends);
  StrataPythonData *data;

  if (self->depth >= MAX_DEPTH)
    return strata_python_reader_fail (self, "the line is too deep");
  if (!strata_python_reader_spend (self, (at - self->at) / 8))
    return NULL;
  self->depth++;
  data = g_strcmp0 (g_array_index (self->tokens, StrataPythonToken, at).text, "if") == 0
             ? read_choice (self, at)
             : strata_python_read_condition (self);
  self->depth--;
  return data;
}

/**
 * strata_python_read_tuple: (skip)
 *
 * Returns: (transfer full): a value, or a tuple that has no brackets
 */
StrataPythonData *
strata_python_read_tuple (StrataPythonReader *self)
{
  g_autoptr (StrataPythonData) first = strata_python_read_expression (self), list = NULL;

  if (first == NULL || !strata_python_reader_is (self, ","))
    return g_steal_pointer (&first);
  list = strata_python_data_new_list ();
  g_ptr_array_add (list->items, g_steal_pointer (&first));
  while (strata_python_reader_take (self, ","))
    {
      StrataPythonData *item;

      if (strata_python_reader_peek (self)->type == STRATA_PYTHON_NEWLINE)
        break;
      item = strata_python_read_expression (self);
      if (item == NULL)
        return NULL;
      g_ptr_array_add (list->items, item);
    }
  return g_steal_pointer (&list);
}
