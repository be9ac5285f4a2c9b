/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/code/python-reader-private.h"

/* What of a block is read, and how often. */

/* elif and else after a block that was read: none of them counts. */
static void
skip_others (StrataPythonReader *self)
{
  static const char *const colon[] = { ":", NULL };

  while (strata_python_reader_is (self, "elif") || strata_python_reader_is (self, "else"))
    {
      self->at = strata_python_scan (self, colon);
      self->at++;
      strata_python_skip_suite (self);
    }
}

/**
 * strata_python_read_if: (skip)
 *
 * Reads what follows “if”: of all the blocks, only the one that counts.
 */
gboolean
strata_python_read_if (StrataPythonReader *self)
{
  gboolean truth;

  do
    {
      g_autoptr (StrataPythonData) condition = strata_python_read_expression (self);

      if (condition == NULL || !strata_python_judge (self, condition, &truth) ||
          !strata_python_reader_expect (self, ":"))
        return FALSE;
      if (!truth)
        strata_python_skip_suite (self);
      else if (!strata_python_read_suite (self))
        return FALSE;
    }
  while (!truth && strata_python_reader_take (self, "elif"));
  if (self->jump != STRATA_PYTHON_GO_ON)
    return TRUE;
  if (truth)
    {
      skip_others (self);
      return TRUE;
    }
  return !strata_python_reader_take (self, "else") ||
         (strata_python_reader_expect (self, ":") && strata_python_read_suite (self));
}

/* The block once for each item, from the name that it gets. */
static gboolean
read_rounds (StrataPythonReader *self,
             StrataPythonData   *items,
             guint               target,
             guint               body)
{
  for (guint i = 0; i < items->items->len; i++)
    {
      if (!strata_python_reader_spend (self, 1))
        return FALSE;
      self->at = target;
      if (!strata_python_assign (self, g_ptr_array_index (items->items, i)))
        return FALSE;
      self->at = body;
      self->loops++;
      if (!strata_python_read_suite (self))
        return FALSE;
      self->loops--;
      if (self->jump == STRATA_PYTHON_RETURN)
        return TRUE;
      if (self->jump == STRATA_PYTHON_BREAK)
        break;
      self->jump = STRATA_PYTHON_GO_ON;
    }
  return TRUE;
}

/**
 * strata_python_read_for: (skip)
 *
 * Reads what follows “for”.
 */
gboolean
strata_python_read_for (StrataPythonReader *self)
{
  static const char *const in[] = { "in", NULL };
  g_autoptr (StrataPythonData) data = NULL, items = NULL;
  guint target = self->at, body;
  gboolean broken;

  self->at = strata_python_scan (self, in);
  if (!strata_python_reader_expect (self, "in"))
    return FALSE;
  data = strata_python_read_tuple (self);
  items = data != NULL ? strata_python_list (self, data) : NULL;
  if (items == NULL || !strata_python_reader_expect (self, ":"))
    return FALSE;
  body = self->at;
  if (!read_rounds (self, items, target, body))
    return FALSE;
  if (self->jump == STRATA_PYTHON_RETURN)
    return TRUE;
  broken = self->jump == STRATA_PYTHON_BREAK;
  self->jump = STRATA_PYTHON_GO_ON;
  self->at = body;
  strata_python_skip_suite (self);
  if (!strata_python_reader_is (self, "else"))
    return TRUE;
  if (broken)
    {
      skip_others (self);
      return TRUE;
    }
  self->at++;
  return strata_python_reader_expect (self, ":") && strata_python_read_suite (self);
}
