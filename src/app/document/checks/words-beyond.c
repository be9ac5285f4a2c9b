/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  const StrataDataFacts *facts = strata_checkup_get_facts (checkup);
  StrataDocNode *before = strata_checkup_get_worker (checkup, node);
  gint64 known = (gint64) strata_traits_get_number (node, "input_dim", 0), needed;
  StrataDiagnostic *diagnostic;

  if (!strata_traits_is (node, "Embedding") || facts == NULL || before == NULL || !strata_doc_node_is_input (before) ||
      strata_checkup_get_inputs (checkup)->len != 1 || !(facts->input_high >= known))
    return;
  needed = (gint64) facts->input_high + 1;
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_ERROR,
                                   _("The data has words with numbers up to %d, but this layer knows only %d words, "
                                     "from 0 to %d."),
                                   (int) needed - 1, (int) known, (int) known - 1);
  strata_fix_set_number (strata_fix_new (diagnostic, g_strdup_printf (_("Know %d words"), (int) needed)), node,
                         "input_dim", needed);
}

const StrataCheck strata_check_words_beyond = {
  .name = "words-beyond",
  .look = look,
};
