/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

/* What leads nowhere once @output is gone: all that only it and what is gone already take. */
static GPtrArray *
find_branch (StrataDocNode *output)
{
  GPtrArray *branch = g_ptr_array_new ();

  g_ptr_array_add (branch, output);
  for (guint i = 0; i < branch->len; i++)
    {
      const GPtrArray *incoming = strata_doc_node_get_wires (g_ptr_array_index (branch, i), TRUE);

      for (guint j = 0; j < incoming->len; j++)
        {
          StrataDocNode *before = strata_doc_wire_get_from (g_ptr_array_index (incoming, j));
          const GPtrArray *outgoing = strata_doc_node_get_wires (before, FALSE);
          gboolean all = !g_ptr_array_find (branch, before, NULL);

          for (guint k = 0; k < outgoing->len && all; k++)
            all = g_ptr_array_find (branch, strata_doc_wire_get_to (g_ptr_array_index (outgoing, k)), NULL);
          if (all)
            g_ptr_array_add (branch, before);
        }
    }
  return branch;
}

/* The output that most was done for is the one that was meant. */
static StrataDocNode *
find_main (const GPtrArray *outputs)
{
  StrataDocNode *main = NULL;
  guint most = 0;

  for (guint i = 0; i < outputs->len; i++)
    {
      g_autoptr (GPtrArray) branch = find_branch (g_ptr_array_index (outputs, i));

      if (branch->len > most)
        {
          most = branch->len;
          main = g_ptr_array_index (outputs, i);
        }
    }
  return main;
}

/* Layers that nothing follows are outputs, and each needs targets of its own. */
static void
look_at_all (StrataCheckup *checkup)
{
  const StrataDataFacts *facts = strata_checkup_get_facts (checkup);
  const GPtrArray *outputs = strata_checkup_get_outputs (checkup);
  StrataDocNode *main;

  if (facts == NULL || facts->n_targets == 0 || outputs->len <= facts->n_targets || facts->n_targets > 1)
    return;
  main = find_main (outputs);
  for (guint i = 0; i < outputs->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (outputs, i);
      g_autoptr (GPtrArray) branch = find_branch (node);
      StrataDiagnostic *diagnostic;
      StrataFix *fix;

      if (node == main || strata_doc_node_get_wires (node, TRUE)->len == 0)
        continue;
      diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_WARNING,
                                       _("Nothing takes what this layer makes, so it is an output of its own; but the "
                                         "data has targets for one output only."));
      fix = strata_fix_new (diagnostic, g_strdup (_("Remove the branch")));
      for (guint j = 0; j < branch->len; j++)
        strata_fix_remove (fix, g_ptr_array_index (branch, j));
    }
}

const StrataCheck strata_check_unused_branch = {
  .name = "unused-branch",
  .look_at_all = look_at_all,
};
