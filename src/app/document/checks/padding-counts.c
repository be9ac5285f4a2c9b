/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

/* Texts are filled up to one length; unless the filling is marked, a recurrent layer reads it as words. */
static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  const StrataDataFacts *facts = strata_checkup_get_facts (checkup);
  StrataDocNode *after = strata_checkup_get_after (checkup, node), *before = strata_checkup_get_before (checkup, node);
  StrataDiagnostic *diagnostic;

  if (!strata_traits_is (node, "Embedding") || facts == NULL || !facts->has_words ||
      strata_traits_get_flag (node, "mask_zero") ||
      before == NULL || !strata_doc_node_is_input (before) || after == NULL ||
      !(strata_traits_is_recurrent (after) || strata_traits_is (after, "Bidirectional")))
    return;
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_HINT,
                                   _("Short texts are filled up with zeros, and %s reads those after the words and may "
                                     "forget them. "
                                     "With a mask, it skips them."), strata_doc_node_get_name (after));
  strata_fix_set_param (strata_fix_new (diagnostic, g_strdup (_("Skip the filling"))), node, "mask_zero", "true");
}

const StrataCheck strata_check_padding_counts = {
  .name = "padding-counts",
  .style = TRUE,
  .look = look,
};
