/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/code/python-value.h"

#include "layers/naming.h"

/**
 * strata_python_next_name: (skip)
 * @counts: (element-type utf8 guint): how many layers of a class Keras has named
 *
 * Returns: (transfer full): what Keras calls the next layer of that class: "dense", then "dense_1"
 */
char *
strata_python_next_name (GHashTable *counts,
                         const char *class_name)
{
  g_autofree char *snake = strata_naming_snake (class_name);
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, snake));
  char *name = count == 0 ? g_strdup (snake) : g_strdup_printf ("%s_%u", snake, count);

  g_hash_table_insert (counts, g_steal_pointer (&snake), GUINT_TO_POINTER (count + 1));
  return name;
}

/**
 * strata_python_count_inside: (skip)
 * @counts: as of strata_python_next_name()
 * @site: a call of a layer
 *
 * Counts what Keras names inside of a layer: layers when that is called first, and how masks are joined each time.
 */
void
strata_python_count_inside (GHashTable *counts,
                            StrataSite *site)
{
  static const char *const outside[] = { "MultiHeadAttention", "GroupQueryAttention", NULL };
  static const char *const inside[] = { "Softmax", "Dropout" };
  const char *class_name = strata_object_get_class_name (STRATA_OBJECT (site->layer));

  if (g_str_equal (class_name, "Concatenate") && strata_site_has_mask (site, 0))
    g_free (strata_python_next_name (counts, class_name));
  if (site->index > 0 || !g_strv_contains (outside, class_name))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (inside); i++)
    g_free (strata_python_next_name (counts, inside[i]));
}

/**
 * strata_python_take_name: (skip)
 *
 * Returns: whether Keras calls a layer so by itself, given the layers before it; then it is counted
 */
gboolean
strata_python_take_name (GHashTable *counts,
                         const char *name,
                         const char *class_name)
{
  g_autofree char *snake = strata_naming_snake (class_name);
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, snake));
  g_autofree char *next = count == 0 ? g_strdup (snake) : g_strdup_printf ("%s_%u", snake, count);

  if (!g_str_equal (name, next))
    return FALSE;
  g_hash_table_insert (counts, g_steal_pointer (&snake), GUINT_TO_POINTER (count + 1));
  return TRUE;
}

static gboolean
is_keyword (const char *name)
{
  static const char *const keywords[] = {
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else",
    "except", "finally",
    "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise",
    "return", "try",
    "while", "with", "yield", "None", "True", "False", "keras", "layers", "model", "np",
  };

  for (guint i = 0; i < G_N_ELEMENTS (keywords); i++)
    if (g_str_equal (keywords[i], name))
      return TRUE;
  return FALSE;
}

/**
 * strata_python_identifier: (skip)
 * @name: what it is to resemble
 * @used: (element-type utf8): names that are taken; the new one is added
 *
 * Returns: (transfer full): a name for a variable
 */
char *
strata_python_identifier (const char *name,
                          GHashTable *used)
{
  g_autoptr (GString) clean = g_string_new (NULL);
  char *result;

  for (; *name != '\0'; name++)
    if (g_ascii_isalnum (*name) || *name == '_')
      g_string_append_c (clean, g_ascii_tolower (*name));
    else if ((guchar) *name < 128 && clean->len > 0 && clean->str[clean->len - 1] != '_')
      g_string_append_c (clean, '_');
  if (clean->len == 0 || g_ascii_isdigit (clean->str[0]))
    g_string_prepend (clean, "layer_");
  if (is_keyword (clean->str))
    g_string_append_c (clean, '_');
  result = g_strdup (clean->str);
  for (guint i = 2; !g_hash_table_add (used, g_strdup (result)); i++)
    {
      g_free (result);
      result = g_strdup_printf ("%s_%u", clean->str, i);
    }
  return result;
}
