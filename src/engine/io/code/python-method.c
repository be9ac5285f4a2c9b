/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "base/json.h"
#include "io/code/python-reader-private.h"

/* Methods of lists, dicts and strings. */

static StrataPythonData *
get (StrataPythonArguments *arguments,
     guint                  i)
{
  return i < arguments->positional->len ? g_ptr_array_index (arguments->positional, i) : NULL;
}

static StrataPythonData *
pop (StrataPythonReader *self,
     StrataPythonData   *list,
     StrataPythonData   *place)
{
  gint64 i = place != NULL && strata_python_data_is_whole (place) ? json_node_get_int (place->plain) : -1;

  i += i < 0 ? list->items->len : 0;
  if (i < 0 || i >= list->items->len)
    return strata_python_reader_fail (self, "the list has only %u entries", list->items->len);
  return g_ptr_array_remove_index (list->items, (guint) i);
}

static StrataPythonData *
extend (StrataPythonReader *self,
        StrataPythonData   *list,
        StrataPythonData   *by)
{
  g_autoptr (StrataPythonData) items = strata_python_list (self, by);

  for (guint i = 0; items != NULL && i < items->items->len; i++)
    if (!strata_python_may_hold (self, list, g_ptr_array_index (items->items, i)))
      return NULL;
  if (items == NULL)
    return NULL;
  g_ptr_array_extend (list->items, items->items, (GCopyFunc) (void (*) (void)) strata_python_data_ref, NULL);
  return strata_python_data_new_none ();
}

static StrataPythonData *
call_list (StrataPythonReader    *self,
           StrataPythonData      *list,
           const char            *name,
           StrataPythonArguments *arguments)
{
  StrataPythonData *first = get (arguments, 0), *second = get (arguments, 1);

  if (g_str_equal (name, "pop"))
    return pop (self, list, first);
  if (g_str_equal (name, "extend") && first != NULL)
    return extend (self, list, first);
  if (g_str_equal (name, "append") && first != NULL)
    {
      if (!strata_python_may_hold (self, list, first))
        return NULL;
      g_ptr_array_add (list->items, strata_python_data_ref (first));
      return strata_python_data_new_none ();
    }
  if (g_str_equal (name, "insert") && second != NULL && strata_python_data_is_whole (first))
    {
      gint64 i = json_node_get_int (first->plain);

      if (!strata_python_may_hold (self, list, second))
        return NULL;
      g_ptr_array_insert (list->items, (int) CLAMP (i < 0 ? i + list->items->len : i, 0, list->items->len),
                          strata_python_data_ref (second));
      return strata_python_data_new_none ();
    }
  return strata_python_reader_fail (self, "of lists, “%s” is not understood", name);
}

/* (key, value) for all there are */
static StrataPythonData *
list_pairs (StrataPythonData *dict)
{
  StrataPythonData *list = strata_python_data_new_list ();

  for (guint i = 0; i < dict->items->len; i++)
    {
      StrataPythonData *pair = strata_python_data_new_list ();

      g_ptr_array_add (pair->items, strata_python_data_new_string (g_ptr_array_index (dict->keys, i)));
      g_ptr_array_add (pair->items, strata_python_data_ref (g_ptr_array_index (dict->items, i)));
      g_ptr_array_add (list->items, pair);
    }
  return list;
}

static StrataPythonData *
call_dict (StrataPythonReader    *self,
           StrataPythonData      *dict,
           const char            *name,
           StrataPythonArguments *arguments)
{
  const char *key = get (arguments, 0) != NULL ? strata_python_data_get_string (get (arguments, 0)) : NULL;
  StrataPythonData *found = key != NULL ? strata_python_data_get_item (dict, key) : NULL, *list;

  if (g_str_equal (name, "items"))
    return list_pairs (dict);
  if (g_str_equal (name, "keys"))
    return strata_python_list (self, dict);
  if (g_str_equal (name, "values"))
    {
      list = strata_python_data_new_list ();
      g_ptr_array_extend (list->items, dict->items, (GCopyFunc) (void (*) (void)) strata_python_data_ref, NULL);
      return list;
    }
  if (g_str_equal (name, "get") && key != NULL)
    return found != NULL                ? strata_python_data_ref (found)
           : get (arguments, 1) != NULL ? strata_python_data_ref (get (arguments, 1))
                                        : strata_python_data_new_none ();
  return strata_python_reader_fail (self, "of dicts, “%s” is not understood", name);
}

static StrataPythonData *
join (StrataPythonReader *self,
      const char         *between,
      StrataPythonData   *parts)
{
  g_autoptr (StrataPythonData) list = strata_python_list (self, parts);
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; list != NULL && i < list->items->len; i++)
    {
      const char *part = strata_python_data_get_string (g_ptr_array_index (list->items, i));

      if (part == NULL)
        return strata_python_reader_fail (self, "only strings can be joined");
      if (!strata_python_reader_spend (self, strlen (part) + strlen (between)))
        return NULL;
      g_string_append_printf (joined, "%s%s", i > 0 ? between : "", part);
    }
  return list != NULL ? strata_python_data_new_string (joined->str) : NULL;
}

static StrataPythonData *
call_string (StrataPythonReader    *self,
             const char            *text,
             const char            *name,
             StrataPythonArguments *arguments)
{
  const char *first = get (arguments, 0) != NULL ? strata_python_data_get_string (get (arguments, 0)) : NULL;
  g_autofree char *changed = NULL;

  if (g_str_equal (name, "format"))
    return strata_python_fill_in (self, text, arguments);
  if (g_str_equal (name, "join") && get (arguments, 0) != NULL)
    return join (self, text, get (arguments, 0));
  if (g_str_equal (name, "lower"))
    return strata_python_data_new_string (changed = g_utf8_strdown (text, -1));
  if (g_str_equal (name, "upper"))
    return strata_python_data_new_string (changed = g_utf8_strup (text, -1));
  if (g_str_equal (name, "startswith") && first != NULL)
    return strata_python_data_new_truth (g_str_has_prefix (text, first));
  if (g_str_equal (name, "endswith") && first != NULL)
    return strata_python_data_new_truth (g_str_has_suffix (text, first));
  return strata_python_reader_fail (self, "of strings, “%s” is not understood", name);
}

/**
 * strata_python_call_collection: (skip)
 * @method: a method of a list, a dict or a string
 *
 * Returns: (transfer full): what it returns
 */
StrataPythonData *
strata_python_call_collection (StrataPythonReader    *self,
                               StrataPythonData      *method,
                               StrataPythonArguments *arguments)
{
  StrataPythonData *owner = method->owner;

  if (!strata_python_reader_spend (self, 1))
    return NULL;
  if (owner->kind == STRATA_PYTHON_LIST)
    return call_list (self, owner, method->path, arguments);
  if (owner->kind == STRATA_PYTHON_DICT)
    return call_dict (self, owner, method->path, arguments);
  return call_string (self, strata_python_data_get_string (owner), method->path, arguments);
}
