/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  StrataDocNode *before = strata_checkup_get_before (checkup, node);
  StrataDiagnostic *diagnostic;

  if (before == NULL || !strata_traits_is (node, "BatchNormalization") || !strata_traits_is (before, "Dropout"))
    return;
  diagnostic = strata_checkup_say (checkup, before, STRATA_SEVERITY_HINT,
                                   _("Dropout changes the spread of numbers while training, and %s after it learns "
                                     "that spread, which is another one when predicting. "
                                     "Put dropout after the normalization, or leave it out."),
                                   strata_doc_node_get_name (node));
  strata_fix_bypass (strata_fix_new (diagnostic, g_strdup (_("Remove Dropout"))), before);
}

const StrataCheck strata_check_dropout_before_norm = {
  .name = "dropout-before-norm",
  .style = TRUE,
  .look = look,
};
