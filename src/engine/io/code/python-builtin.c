/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>
#include <string.h>

#include "base/json.h"
#include "io/code/python-reader-private.h"

/* Functions that Python has by itself, as far as networks are written with them. */

typedef StrataPythonData *(*Function) (StrataPythonReader *self, StrataPythonArguments *arguments);

static StrataPythonData *
get (StrataPythonArguments *arguments,
     guint                  i)
{
  return i < arguments->positional->len ? g_ptr_array_index (arguments->positional, i) : NULL;
}

/* The first argument as a list, or what is in an empty one. */
static StrataPythonData *
list_first (StrataPythonReader    *self,
            StrataPythonArguments *arguments)
{
  return get (arguments, 0) != NULL ? strata_python_list (self, get (arguments, 0)) : strata_python_data_new_list ();
}

static StrataPythonData *
call_range (StrataPythonReader    *self,
            StrataPythonArguments *arguments)
{
  gint64 bounds[3] = { 0, 0, 1 };
  guint n = arguments->positional->len;
  g_autoptr (StrataPythonData) list = strata_python_data_new_list ();

  if (n == 0 || n > 3)
    return strata_python_reader_fail (self, "range takes one to three whole numbers");
  for (guint i = 0; i < n; i++)
    {
      StrataPythonData *bound = get (arguments, i);

      if (strata_python_data_get_unknown (bound) != NULL)
        return strata_python_reader_not_known (self, strata_python_data_get_unknown (bound));
      if (!strata_python_data_is_whole (bound) || ABS (json_node_get_int (bound->plain)) > G_MAXINT32)
        return strata_python_reader_fail (self, "range takes one to three whole numbers");
      bounds[n == 1 ? 1 : i] = json_node_get_int (bound->plain);
    }
  if (bounds[2] == 0)
    return strata_python_reader_fail (self, "a range cannot go by steps of 0");
  if (!strata_python_reader_spend (self, (guint64) MAX ((bounds[1] - bounds[0]) / bounds[2], 0)))
    return NULL;
  for (gint64 i = bounds[0]; bounds[2] > 0 ? i < bounds[1] : i > bounds[1]; i += bounds[2])
    g_ptr_array_add (list->items, strata_python_data_new_plain (json_node_init_int (json_node_alloc (), i)));
  return g_steal_pointer (&list);
}

static StrataPythonData *
call_len (StrataPythonReader    *self,
          StrataPythonArguments *arguments)
{
  g_autoptr (StrataPythonData) list = get (arguments, 0) != NULL ? strata_python_list (self, get (arguments, 0)) : NULL;

  return list != NULL ? strata_python_data_new_number (list->items->len, TRUE)
                      : strata_python_reader_fail (self, "len takes a list");
}

static StrataPythonData *
call_list (StrataPythonReader    *self,
           StrataPythonArguments *arguments)
{
  return list_first (self, arguments);
}

static StrataPythonData *
call_reversed (StrataPythonReader    *self,
               StrataPythonArguments *arguments)
{
  StrataPythonData *list = list_first (self, arguments);

  for (guint i = 0; list != NULL && i < list->items->len / 2; i++)
    {
      gpointer *items = list->items->pdata, item = items[i];

      items[i] = items[list->items->len - 1 - i];
      items[list->items->len - 1 - i] = item;
    }
  return list;
}

static StrataPythonData *
call_enumerate (StrataPythonReader    *self,
                StrataPythonArguments *arguments)
{
  g_autoptr (StrataPythonData) items = list_first (self, arguments);
  StrataPythonData *start = strata_python_arguments_get (arguments, "start", 1), *list;
  double first = start != NULL && strata_python_data_is_whole (start) ? json_node_get_int (start->plain) : 0;

  if (items == NULL)
    return NULL;
  list = strata_python_data_new_list ();
  for (guint i = 0; i < items->items->len; i++)
    {
      StrataPythonData *pair = strata_python_data_new_list ();

      g_ptr_array_add (pair->items, strata_python_data_new_number (first + i, TRUE));
      g_ptr_array_add (pair->items, strata_python_data_ref (g_ptr_array_index (items->items, i)));
      g_ptr_array_add (list->items, pair);
    }
  return list;
}

static StrataPythonData *
call_zip (StrataPythonReader    *self,
          StrataPythonArguments *arguments)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_python_data_unref);
  StrataPythonData *zipped;
  guint n = arguments->positional->len > 0 ? G_MAXUINT : 0;

  for (guint i = 0; i < arguments->positional->len; i++)
    {
      StrataPythonData *list = strata_python_list (self, get (arguments, i));

      if (list == NULL)
        return NULL;
      g_ptr_array_add (lists, list);
      n = MIN (n, list->items->len);
    }
  zipped = strata_python_data_new_list ();
  for (guint k = 0; k < n; k++)
    {
      StrataPythonData *tuple = strata_python_data_new_list ();

      for (guint i = 0; i < lists->len; i++)
        g_ptr_array_add (tuple->items, strata_python_data_ref (g_ptr_array_index (
                                           ((StrataPythonData *) g_ptr_array_index (lists, i))->items, k)));
      g_ptr_array_add (zipped->items, tuple);
    }
  return zipped;
}

static StrataPythonData *
call_dict (StrataPythonReader    *self,
           StrataPythonArguments *arguments)
{
  StrataPythonData *dict, *first = get (arguments, 0);

  if (first != NULL && first->kind != STRATA_PYTHON_DICT)
    return strata_python_reader_fail (self, "dict takes arguments with names, or a dict");
  dict = strata_python_data_new_dict ();
  for (guint i = 0; first != NULL && i < first->items->len; i++)
    strata_python_data_put (dict, g_ptr_array_index (first->keys, i),
                            strata_python_data_ref (g_ptr_array_index (first->items, i)));
  for (guint i = 0; i < arguments->names->len; i++)
    strata_python_data_put (dict, g_ptr_array_index (arguments->names, i),
                            strata_python_data_ref (g_ptr_array_index (arguments->values, i)));
  return dict;
}

/* The number that an argument is, or one that a string says. */
static gboolean
read_number (StrataPythonReader *self,
             StrataPythonData   *data,
             double             *number)
{
  const char *text = data != NULL ? strata_python_data_get_string (data) : NULL;
  char *end = NULL;

  *number = 0;
  if (data != NULL && strata_python_data_get_unknown (data) != NULL)
    return strata_python_reader_not_known (self, strata_python_data_get_unknown (data)) != NULL;
  if (text != NULL)
    *number = g_ascii_strtod (text, &end);
  else if (data != NULL && strata_python_data_is_number (data))
    *number = json_node_get_double (data->plain);
  else
    return strata_python_reader_fail (self, "a number is missing") != NULL;
  return (text == NULL || (end != text && *end == '\0' && isfinite (*number))) ||
         strata_python_reader_fail (self, "“%s” is no number", text) != NULL;
}

static StrataPythonData *
call_int (StrataPythonReader    *self,
          StrataPythonArguments *arguments)
{
  double number;

  if (!read_number (self, get (arguments, 0), &number))
    return NULL;
  return fabs (number) < 9e15 ? strata_python_data_new_number (trunc (number), TRUE)
                              : strata_python_reader_fail (self, "the number is too large");
}

static StrataPythonData *
call_bool (StrataPythonReader    *self,
           StrataPythonArguments *arguments)
{
  gboolean truth = FALSE;

  return get (arguments, 0) == NULL || strata_python_judge (self, get (arguments, 0), &truth)
           ? strata_python_data_new_truth (truth) : NULL;
}

static StrataPythonData *
call_float (StrataPythonReader    *self,
            StrataPythonArguments *arguments)
{
  double number;

  return read_number (self, get (arguments, 0), &number) ? strata_python_data_new_number (number, FALSE) : NULL;
}

static StrataPythonData *
call_round (StrataPythonReader    *self,
            StrataPythonArguments *arguments)
{
  double number;

  if (!read_number (self, get (arguments, 0), &number))
    return NULL;
  if (get (arguments, 1) != NULL || fabs (number) > 9e15)
    return strata_python_reader_fail (self, "round is understood for whole numbers only");
  return strata_python_data_new_number (rint (number), TRUE);
}

static StrataPythonData *
call_abs (StrataPythonReader    *self,
          StrataPythonArguments *arguments)
{
  double number;

  return read_number (self, get (arguments, 0), &number)
             ? strata_python_data_new_number (fabs (number), strata_python_data_is_whole (get (arguments, 0)))
             : NULL;
}

static StrataPythonData *
call_str (StrataPythonReader    *self,
          StrataPythonArguments *arguments)
{
  g_autofree char *text =
      get (arguments, 0) != NULL ? strata_python_dup_text (self, get (arguments, 0)) : g_strdup ("");

  return text != NULL ? strata_python_data_new_string (text) : NULL;
}

/* Numbers that are several arguments, or one list. */
static StrataPythonData *
list_numbers (StrataPythonReader    *self,
              StrataPythonArguments *arguments)
{
  StrataPythonData *list;

  if (arguments->positional->len == 1)
    return list_first (self, arguments);
  list = strata_python_data_new_list ();
  g_ptr_array_extend (list->items, arguments->positional, (GCopyFunc) (void (*) (void)) strata_python_data_ref, NULL);
  return list;
}

static StrataPythonData *
find_extreme (StrataPythonReader    *self,
              StrataPythonArguments *arguments,
              double                 sign)
{
  g_autoptr (StrataPythonData) list = list_numbers (self, arguments);
  StrataPythonData *found = NULL;
  double extreme = 0;

  for (guint i = 0; list != NULL && i < list->items->len; i++)
    {
      StrataPythonData *item = g_ptr_array_index (list->items, i);
      double number;

      if (!read_number (self, item, &number))
        return NULL;
      if (found == NULL || sign * number > sign * extreme)
        {
          found = item;
          extreme = number;
        }
    }
  return found != NULL ? strata_python_data_ref (found)
                       : strata_python_reader_fail (self, "there are no numbers to choose from");
}

static StrataPythonData *
call_max (StrataPythonReader    *self,
          StrataPythonArguments *arguments)
{
  return find_extreme (self, arguments, 1);
}

static StrataPythonData *
call_min (StrataPythonReader    *self,
          StrataPythonArguments *arguments)
{
  return find_extreme (self, arguments, -1);
}

static StrataPythonData *
call_sum (StrataPythonReader    *self,
          StrataPythonArguments *arguments)
{
  g_autoptr (StrataPythonData) list = list_first (self, arguments), sum = strata_python_data_new_number (0, TRUE);

  for (guint i = 0; list != NULL && sum != NULL && i < list->items->len; i++)
    {
      g_autoptr (StrataPythonData) before = g_steal_pointer (&sum);

      sum = strata_python_combine (self, "+", before, g_ptr_array_index (list->items, i));
    }
  return list != NULL ? g_steal_pointer (&sum) : NULL;
}

static const struct
{
  const char *name;
  Function function;
} functions[] = {
  { "range", call_range },
  { "len", call_len },
  { "list", call_list },
  { "tuple", call_list },
  { "reversed", call_reversed },
  { "enumerate", call_enumerate },
  { "zip", call_zip },
  { "dict", call_dict },
  { "int", call_int },
  { "bool", call_bool },
  { "float", call_float },
  { "round", call_round },
  { "abs", call_abs },
  { "str", call_str },
  { "max", call_max },
  { "min", call_min },
  { "sum", call_sum },
  { "print", NULL },
};

gboolean
strata_python_is_builtin (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    if (g_str_equal (functions[i].name, name))
      return TRUE;
  return FALSE;
}

/**
 * strata_python_call_builtin: (skip)
 * @name: a function of Python's own
 *
 * Returns: (transfer full): what it returns
 */
StrataPythonData *
strata_python_call_builtin (StrataPythonReader    *self,
                            const char            *name,
                            StrataPythonArguments *arguments)
{
  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    if (g_str_equal (functions[i].name, name) && functions[i].function != NULL)
      return functions[i].function (self, arguments);
  return strata_python_reader_fail (self, "“%s” is not understood here", name);
}
