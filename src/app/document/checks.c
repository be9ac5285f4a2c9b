/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/checkup.h"
#include "document/document-private.h"
#include "document/node-private.h"

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return (int) strata_diagnostic_get_severity (*(StrataDiagnostic **) b) -
         (int) strata_diagnostic_get_severity (*(StrataDiagnostic **) a);
}

/* g_ptr_array_sort() does not keep the order of equals. */
static void
sort (GPtrArray *diagnostics)
{
  for (guint i = 1; i < diagnostics->len; i++)
    for (guint j = i; j > 0 && compare (&diagnostics->pdata[j - 1], &diagnostics->pdata[j]) > 0; j--)
      {
        gpointer other = diagnostics->pdata[j];

        diagnostics->pdata[j] = diagnostics->pdata[j - 1];
        diagnostics->pdata[j - 1] = other;
      }
}

static gboolean
says_the_same (GPtrArray *before,
               GPtrArray *after)
{
  gboolean same = before->len == after->len;

  for (guint i = 0; same && i < after->len; i++)
    {
      StrataDiagnostic *a = g_ptr_array_index (before, i), *b = g_ptr_array_index (after, i);

      same = strata_diagnostic_get_severity (a) == strata_diagnostic_get_severity (b) &&
             g_str_equal (strata_diagnostic_get_message (a), strata_diagnostic_get_message (b));
    }
  return same;
}

/**
 * strata_document_check:
 *
 * Finds what to say about each node and the whole.
 */
void
strata_document_check (StrataDocument *self)
{
  g_autoptr (GPtrArray) before = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  g_ptr_array_set_size (self->diagnostics, 0);
  for (guint i = 0; i < self->nodes->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (self->nodes, i);

      g_ptr_array_add (before, node->diagnostics);
      node->diagnostics = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_diagnostic_unref);
    }

  strata_checkup_run (self);
  for (guint i = 0; i < self->nodes->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (self->nodes, i);

      sort (node->diagnostics);
      if (!says_the_same (g_ptr_array_index (before, i), node->diagnostics))
        node->revision++;
      for (guint j = 0; j < node->diagnostics->len; j++)
        g_ptr_array_add (self->diagnostics, strata_diagnostic_ref (g_ptr_array_index (node->diagnostics, j)));
    }
  sort (self->diagnostics);
}
