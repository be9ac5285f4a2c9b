/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

/* An Embedding looks numbers of words up: what comes in must be whole numbers, as they enter the network. */
static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  StrataDocNode *before = strata_checkup_get_worker (checkup, node);
  const StrataDataFacts *facts = strata_checkup_get_facts (checkup);
  StrataDiagnostic *diagnostic;

  if (!strata_traits_is (node, "Embedding") || before == NULL)
    return;
  if (strata_doc_node_is_input (before))
    {
      if (facts == NULL || facts->has_words || strata_checkup_get_inputs (checkup)->len != 1 ||
          (facts->input.dtype != STRATA_FLOAT32 && facts->input.dtype != STRATA_FLOAT64) || facts->input_low >= 0)
        return;
      diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_WARNING,
                                       _("An Embedding looks words up by their numbers, from 0 on, but the data has "
                                         "measurements with fractions, "
                                         "some below 0. A Dense layer takes those."));
    }
  else if (strata_traits_is_in (before, "Preprocessing"))
    return;
  else
    diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_WARNING,
                                     _("An Embedding looks words up by their whole numbers, but %s gives fractions. It "
                                       "belongs right after the input; "
                                       "here, a Dense layer does what is meant."), strata_doc_node_get_name (before));
  if (strata_checkup_get_after (checkup, node) != NULL || strata_traits_get_n_inputs (node) == 1)
    {
      StrataFix *fix = strata_fix_new (diagnostic, g_strdup (_("Use Dense instead")));
      g_autofree char *config = g_strdup_printf ("{\"units\": %d, \"activation\": \"relu\"}",
                                                 (int) strata_traits_get_number (node, "output_dim", 64));

      strata_fix_insert (fix, node, "Dense", config);
      strata_fix_bypass (fix, node);
    }
}

const StrataCheck strata_check_fractions_as_numbers = {
  .name = "fractions-as-numbers",
  .look = look,
};
