/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/json.h"
#include "io/code/python-reader-private.h"

/* Lists, dicts and what goes through them. */

/**
 * strata_python_list: (skip)
 *
 * Returns: (transfer full): what is in a list, as it is now; the keys of a dict, the letters of a string
 */
StrataPythonData *
strata_python_list (StrataPythonReader *self,
                    StrataPythonData   *data)
{
  const char *text = strata_python_data_get_string (data), *unknown = strata_python_data_get_unknown (data);
  g_autoptr (StrataPythonData) list = strata_python_data_new_list ();

  if (unknown != NULL)
    return strata_python_reader_not_known (self, unknown);
  if (data->kind == STRATA_PYTHON_LIST)
    g_ptr_array_extend (list->items, data->items, (GCopyFunc) (void (*) (void)) strata_python_data_ref, NULL);
  else if (data->kind == STRATA_PYTHON_DICT)
    for (guint i = 0; i < data->keys->len; i++)
      g_ptr_array_add (list->items, strata_python_data_new_string (g_ptr_array_index (data->keys, i)));
  else if (text != NULL)
    for (; *text != '\0'; text = g_utf8_next_char (text))
      {
        g_autofree char *letter = g_strndup (text, g_utf8_next_char (text) - text);

        g_ptr_array_add (list->items, strata_python_data_new_string (letter));
      }
  else
    return strata_python_reader_fail (self, "this is no list that could be gone through");
  return strata_python_reader_spend (self, list->items->len) ? g_steal_pointer (&list) : NULL;
}

static StrataPythonData *read_clauses (StrataPythonReader *self, guint body, StrataPythonData *list);

/* What one round of a comprehension adds. */
static gboolean
read_round (StrataPythonReader *self,
            guint               body,
            StrataPythonData   *list)
{
  StrataPythonData *item;
  guint end;

  while (strata_python_reader_take (self, "if"))
    {
      g_autoptr (StrataPythonData) condition = strata_python_read_condition (self);
      gboolean truth;

      if (condition == NULL || !strata_python_judge (self, condition, &truth))
        return FALSE;
      if (!truth)
        return TRUE;
    }
  if (strata_python_reader_is (self, "for"))
    return read_clauses (self, body, list) != NULL;
  end = self->at;
  self->at = body;
  item = strata_python_read_expression (self);
  if (item == NULL)
    return FALSE;
  g_ptr_array_add (list->items, item);
  self->at = end;
  return strata_python_reader_spend (self, 1);
}

/* for x in items if condition: @body is read for each. Returns @list. */
static StrataPythonData *
read_clauses (StrataPythonReader *self,
              guint               body,
              StrataPythonData   *list)
{
  static const char *const in[] = { "in", NULL }, *const nothing[] = { NULL };
  g_autoptr (StrataPythonData) data = NULL, items = NULL;
  guint target, rest;

  self->at++;
  target = self->at;
  self->at = strata_python_scan (self, in);
  if (!strata_python_reader_expect (self, "in"))
    return NULL;
  data = strata_python_read_condition (self);
  items = data != NULL ? strata_python_list (self, data) : NULL;
  if (items == NULL)
    return NULL;
  rest = self->at;
  for (guint i = 0; i < items->items->len; i++)
    {
      self->at = target;
      if (!strata_python_assign (self, g_ptr_array_index (items->items, i)))
        return NULL;
      self->at = rest;
      if (!read_round (self, body, list))
        return NULL;
    }
  self->at = rest;
  self->at = strata_python_scan (self, nothing);
  return list;
}

/* [f(x) for x in items] */
static StrataPythonData *
read_comprehension (StrataPythonReader *self,
                    guint               clauses,
                    const char         *end)
{
  g_autoptr (StrataPythonData) list = strata_python_data_new_list ();
  guint body = self->at, before = strata_python_reader_enter (self, self->scope);
  gboolean good;

  self->at = clauses;
  good = read_clauses (self, body, list) != NULL;
  strata_python_reader_leave (self, before);
  return good && strata_python_reader_expect (self, end) ? g_steal_pointer (&list) : NULL;
}

/* *items */
static gboolean
read_unpacked (StrataPythonReader *self,
               StrataPythonData   *list)
{
  g_autoptr (StrataPythonData) data = strata_python_read_expression (self), items = NULL;

  items = data != NULL ? strata_python_list (self, data) : NULL;
  if (items == NULL)
    return FALSE;
  g_ptr_array_extend (list->items, items->items, (GCopyFunc) (void (*) (void)) strata_python_data_ref, NULL);
  return TRUE;
}

/**
 * strata_python_read_items: (skip)
 * @end: the bracket that closes
 *
 * Returns: (transfer full): values with commas between them, or a comprehension
 */
StrataPythonData *
strata_python_read_items (StrataPythonReader *self,
                          const char         *end)
{
  static const char *const ends[] = { "for", ",", NULL };
  g_autoptr (StrataPythonData) list = strata_python_data_new_list ();
  guint at = strata_python_scan (self, ends);

  if (g_strcmp0 (g_array_index (self->tokens, StrataPythonToken, at).text, "for") == 0)
    return read_comprehension (self, at, end);
  while (!strata_python_reader_take (self, end))
    {
      if (strata_python_reader_take (self, "*"))
        {
          if (!read_unpacked (self, list))
            return NULL;
        }
      else
        {
          StrataPythonData *item = strata_python_read_expression (self);

          if (item == NULL)
            return NULL;
          g_ptr_array_add (list->items, item);
        }
      if (!strata_python_reader_take (self, ","))
        return strata_python_reader_expect (self, end) ? g_steal_pointer (&list) : NULL;
    }
  return g_steal_pointer (&list);
}

static gboolean
read_entry (StrataPythonReader *self,
            StrataPythonData   *dict)
{
  g_autoptr (StrataPythonData) key = NULL;
  g_autofree char *name = NULL;
  StrataPythonData *value;

  if (strata_python_reader_take (self, "**"))
    {
      key = strata_python_read_expression (self);
      if (key == NULL || key->kind != STRATA_PYTHON_DICT)
        return strata_python_reader_fail (self, "after “**”, a dict should come") != NULL;
      for (guint i = 0; i < key->items->len; i++)
        strata_python_data_put (dict, g_ptr_array_index (key->keys, i),
                                strata_python_data_ref (g_ptr_array_index (key->items, i)));
      return TRUE;
    }
  key = strata_python_read_expression (self);
  if (key == NULL || !strata_python_reader_expect (self, ":"))
    return FALSE;
  if (key->kind != STRATA_PYTHON_PLAIN || JSON_NODE_HOLDS_NULL (key->plain))
    return strata_python_reader_fail (self, "what a dict lists must be called by strings or numbers") != NULL;
  value = strata_python_read_expression (self);
  if (value == NULL)
    return FALSE;
  name = strata_json_is_string (key->plain) ? g_strdup (json_node_get_string (key->plain))
                                            : strata_json_to_text (key->plain, FALSE);
  strata_python_data_put (dict, name, value);
  return strata_python_reader_spend (self, 1 + dict->keys->len / 16);
}

/**
 * strata_python_read_dict: (skip)
 *
 * Returns: (transfer full): what follows an opening brace
 */
StrataPythonData *
strata_python_read_dict (StrataPythonReader *self)
{
  g_autoptr (StrataPythonData) dict = strata_python_data_new_dict ();

  while (!strata_python_reader_take (self, "}"))
    {
      if (!read_entry (self, dict))
        return NULL;
      if (!strata_python_reader_take (self, ","))
        return strata_python_reader_expect (self, "}") ? g_steal_pointer (&dict) : NULL;
    }
  return g_steal_pointer (&dict);
}

static gboolean
holds (StrataPythonReader *self,
       StrataPythonData   *whole,
       StrataPythonData   *part,
       guint               depth)
{
  if (whole == part || depth > 50 || !strata_python_reader_spend (self, 1))
    return TRUE;
  for (guint i = 0; whole->items != NULL && i < whole->items->len; i++)
    if (holds (self, g_ptr_array_index (whole->items, i), part, depth + 1))
      return TRUE;
  return FALSE;
}

/**
 * strata_python_may_hold: (skip)
 *
 * Returns: whether @value may become a part of @list, which is not so if it has @list as a part
 */
gboolean
strata_python_may_hold (StrataPythonReader *self,
                        StrataPythonData   *list,
                        StrataPythonData   *value)
{
  return value->items == NULL || !holds (self, value, list, 0) ||
         strata_python_reader_fail (self, "a list cannot be a part of itself") != NULL;
}
