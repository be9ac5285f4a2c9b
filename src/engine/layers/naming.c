/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/naming.h"

static GMutex mutex;
static GHashTable *counts; /* snake-case name -> how often it was given out */

/* Puts an underscore between groups 1 and 2 of each match. */
static char *
split (const char *text,
       const char *pattern)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);

  return g_regex_replace (regex, text, -1, 0, "\\1_\\2", 0, NULL);
}

/**
 * strata_naming_get_own: (skip)
 *
 * Returns: (transfer none): what a class is called in Keras's code; one is called otherwise in public
 */
const char *
strata_naming_get_own (const char *class_name)
{
  return g_str_equal (class_name, "GroupQueryAttention") ? "GroupedQueryAttention" : class_name;
}

/**
 * strata_naming_snake:
 *
 * Returns: (transfer full): Keras's to_snake_case(): "Conv2D" is "conv2d", "PReLU" is "p_re_lu"
 */
char *
strata_naming_snake (const char *class_name)
{
  const char *own = strata_naming_get_own (class_name);
  g_autoptr (GRegex) strip = g_regex_new ("\\W+", 0, 0, NULL);
  g_autofree char *word = g_regex_replace_literal (strip, own, -1, 0, "", 0, NULL);
  g_autofree char *once = split (word, "(.)([A-Z][a-z]+)");
  g_autofree char *twice = split (once, "([a-z])([A-Z])");

  return g_ascii_strdown (twice, -1);
}

/**
 * strata_naming_next:
 *
 * Returns: (transfer full): a name for a layer without one: "dense", then "dense_1"
 */
char *
strata_naming_next (const char *class_name)
{
  char *snake = strata_naming_snake (class_name), *name;
  guint count;

  g_mutex_lock (&mutex);
  if (counts == NULL)
    counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, snake));
  name = count == 0 ? g_strdup (snake) : g_strdup_printf ("%s_%u", snake, count);
  g_hash_table_insert (counts, snake, GUINT_TO_POINTER (count + 1));
  g_mutex_unlock (&mutex);
  return name;
}

/**
 * strata_naming_reset:
 *
 * Begins again with names that have no number, as Keras's clear_session().
 */
void
strata_naming_reset (void)
{
  g_mutex_lock (&mutex);
  g_clear_pointer (&counts, g_hash_table_unref);
  g_mutex_unlock (&mutex);
}
