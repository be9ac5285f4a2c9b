/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  const StrataDataFacts *facts = strata_checkup_get_facts (checkup);
  gboolean rows = facts != NULL && facts->n_classes == 0 && facts->n_targets > 0;
  StrataDiagnostic *diagnostic;
  StrataDocNode *where;

  if (!strata_checkup_loss_is (checkup, STRATA_LOSSES_OF_YES_OR_NO) || !strata_checkup_is_output (checkup, node) ||
      g_strcmp0 (strata_checkup_get_final (checkup, node, &where),
                 "softmax") != 0 || strata_traits_get_width (node) < 2)
    return;
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_WARNING,
                                   _("Softmax tells which one of several classes it is, but binary crossentropy judges "
                                     "each number alone, as yes or no. "
                                     "The loss for classes goes with softmax."));
  strata_fix_set_setting (strata_fix_new (diagnostic, g_strdup (_("Use the loss for classes"))), "compile", "loss",
                          rows ? "\"categorical_crossentropy\"" : "\"sparse_categorical_crossentropy\"");
}

const StrataCheck strata_check_softmax_for_binary = {
  .name = "softmax-for-binary",
  .look = look,
};
