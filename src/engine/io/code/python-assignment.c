/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/json.h"
#include "io/code/python-reader-private.h"
#include "layers/freezing.h"

/* model.trainable = False */
static gboolean
set_attribute (StrataPythonReader *self,
               StrataPythonData   *owner,
               const char         *name,
               StrataPythonData   *value)
{
  if (strata_python_data_get_unknown (owner) != NULL)
    return TRUE;
  if (owner->kind == STRATA_PYTHON_OBJECT && STRATA_IS_LAYER (owner->object) && g_str_equal (name, "trainable") &&
      value->kind == STRATA_PYTHON_PLAIN && json_node_get_value_type (value->plain) == G_TYPE_BOOLEAN)
    {
      strata_layer_set_trainable (STRATA_LAYER (owner->object), json_node_get_boolean (value->plain));
      return TRUE;
    }
  strata_python_reader_fail (self, "of what can be set, only “trainable” of layers and models is understood");
  return FALSE;
}

/* sizes[0] = 3 */
static gboolean
set_item (StrataPythonReader *self,
          StrataPythonData   *owner,
          StrataPythonData   *key,
          StrataPythonData   *value)
{
  const char *name = strata_python_data_get_string (key);
  gint64 i;

  if (strata_python_data_get_unknown (owner) != NULL)
    return TRUE;
  if (!strata_python_reader_spend (self, 1) || !strata_python_may_hold (self, owner, value))
    return FALSE;
  if (owner->kind == STRATA_PYTHON_DICT && name != NULL)
    {
      strata_python_data_put (owner, name, strata_python_data_ref (value));
      return TRUE;
    }
  if (owner->kind != STRATA_PYTHON_LIST || !strata_python_data_is_whole (key))
    return strata_python_reader_fail (self, "only what is in a list or dict can be set") != NULL;
  i = json_node_get_int (key->plain);
  i += i < 0 ? owner->items->len : 0;
  if (i < 0 || i >= owner->items->len)
    return strata_python_reader_fail (self, "the list has only %u entries", owner->items->len) != NULL;
  strata_python_data_unref (g_ptr_array_index (owner->items, i));
  g_ptr_array_index (owner->items, i) = strata_python_data_ref (value);
  return TRUE;
}

static gboolean
ends_target (StrataPythonReader *self,
             guint               at)
{
  static const char *const ends[] = { "=", ",", ")", "]", "in", "+=", "-=", "*=", "/=", NULL };
  const char *text = g_array_index (self->tokens, StrataPythonToken, at).text;

  return text != NULL && g_strv_contains (ends, text);
}

/* Where the bracket at the present place is closed. */
static guint
find_closing (StrataPythonReader *self)
{
  guint at = self->at, end;

  self->at++;
  strata_python_skip_brackets (self);
  end = self->at;
  self->at = at;
  return end;
}

/* What comes after a name with a dot or bracket behind it: the last of them is set. */
static gboolean
assign_part (StrataPythonReader *self,
             StrataPythonData   *first,
             StrataPythonData   *value)
{
  g_autoptr (StrataPythonData) owner = strata_python_data_ref (first);

  for (;;)
    {
      StrataPythonData *next;

      if (strata_python_reader_is (self, ".") && strata_python_reader_peek (self)[1].type == STRATA_PYTHON_NAME &&
          ends_target (self, self->at + 2))
        {
          self->at += 2;
          return set_attribute (self, owner, g_array_index (self->tokens, StrataPythonToken, self->at - 1).text, value);
        }
      if (strata_python_reader_is (self, "[") && ends_target (self, find_closing (self)))
        {
          g_autoptr (StrataPythonData) key = NULL;

          if (strata_python_data_get_unknown (owner) != NULL)
            {
              self->at = find_closing (self);
              return TRUE;
            }
          self->at++;
          key = strata_python_read_expression (self);
          return key != NULL && strata_python_reader_expect (self, "]") && set_item (self, owner, key, value);
        }
      next = strata_python_read_step (self, owner, strata_python_reader_peek (self)->line);
      if (next == NULL)
        return strata_python_reader_fail (self, "this cannot be set") != NULL;
      strata_python_data_unref (owner);
      owner = next;
    }
}

static gboolean assign (StrataPythonReader *self, StrataPythonData *value, gboolean several);

static gboolean
assign_one (StrataPythonReader *self,
            StrataPythonData   *value)
{
  StrataPythonData *owner;
  const char *name;

  if (strata_python_reader_is (self, "(") || strata_python_reader_is (self, "["))
    {
      gboolean list = strata_python_reader_is (self, "[");

      self->at++;
      return assign (self, value, list) && strata_python_reader_expect (self, list ? "]" : ")");
    }
  name = strata_python_reader_take_name (self);
  if (name == NULL)
    return FALSE;
  if (!strata_python_reader_is (self, ".") && !strata_python_reader_is (self, "["))
    {
      strata_python_reader_bind (self, name, strata_python_data_ref (value));
      return TRUE;
    }
  owner = strata_python_reader_find (self, name);
  if (owner == NULL)
    return strata_python_reader_fail (self, "“%s” stands for nothing yet", name) != NULL;
  return assign_part (self, owner, value);
}

/* How many targets there are; whether there is a comma among or behind them. */
static guint
count_targets (StrataPythonReader *self,
               gboolean           *several)
{
  static const char *const ends[] = { ",", "=", "in", NULL };
  guint at = self->at, n = 0;

  do
    {
      self->at = strata_python_scan (self, ends);
      n++;
      *several |= strata_python_reader_is (self, ",");
    }
  while (strata_python_reader_take (self, ",") && !ends_target (self, self->at));
  self->at = at;
  return n;
}

/* @several is whether the targets are a list, even if there is one. */
static gboolean
assign (StrataPythonReader *self,
        StrataPythonData   *value,
        gboolean            several)
{
  gboolean unknown = strata_python_data_get_unknown (value) != NULL;
  guint n = count_targets (self, &several);
  g_autoptr (StrataPythonData) items = NULL;

  if (!several)
    return assign_one (self, value);
  items = unknown ? NULL : strata_python_list (self, value);
  if (!unknown && items == NULL)
    return FALSE;
  if (!unknown && items->items->len != n)
    return strata_python_reader_fail (self, "there are %u names for another number of values", n) != NULL;
  for (guint i = 0; i < n; i++)
    {
      if (!assign_one (self, unknown ? value : g_ptr_array_index (items->items, i)))
        return FALSE;
      strata_python_reader_take (self, ",");
    }
  return TRUE;
}

/**
 * strata_python_assign: (skip)
 * @value: what the name or names that come next stand for
 */
gboolean
strata_python_assign (StrataPythonReader *self,
                      StrataPythonData   *value)
{
  return assign (self, value, FALSE);
}

/* x += 1 */
static gboolean
change (StrataPythonReader *self,
        guint               target,
        guint               at)
{
  const char *sign = g_array_index (self->tokens, StrataPythonToken, at).text;
  g_autofree char *operation = g_strndup (sign, 1);
  g_autoptr (StrataPythonData) before = NULL, by = NULL, value = NULL;

  self->at = target;
  before = strata_python_read_expression (self);
  if (before == NULL || !strata_python_reader_expect (self, sign))
    return FALSE;
  by = strata_python_read_tuple (self);
  value = by != NULL ? strata_python_combine (self, operation, before, by) : NULL;
  if (value == NULL)
    return FALSE;
  at = self->at;
  self->at = target;
  if (!assign_one (self, value))
    return FALSE;
  self->at = at;
  return TRUE;
}

/**
 * strata_python_read_assignment: (skip)
 *
 * Reads `a = b = value`, `a, b = values`, `a.b = value`, `a[b] = value`, `a += value`.
 */
gboolean
strata_python_read_assignment (StrataPythonReader *self)
{
  static const char *const equals[] = { "=", NULL }, *const signs[] = { "=", "+=", "-=", "*=", "/=", NULL };
  guint target = self->at, at = strata_python_scan (self, signs), end;
  g_autoptr (StrataPythonData) value = NULL;

  if (g_strcmp0 (g_array_index (self->tokens, StrataPythonToken, at).text, "=") != 0)
    return change (self, target, at);
  for (;;)
    {
      self->at = at + 1;
      end = strata_python_scan (self, equals);
      if (g_strcmp0 (g_array_index (self->tokens, StrataPythonToken, end).text, "=") != 0)
        break;
      at = end;
    }
  value = strata_python_read_tuple (self);
  if (value == NULL)
    return FALSE;
  end = self->at;
  self->at = target;
  while (self->at <= at)
    if (!strata_python_assign (self, value) || !strata_python_reader_expect (self, "="))
      return FALSE;
  self->at = end;
  return TRUE;
}
