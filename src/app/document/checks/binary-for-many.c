/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

static void
look_at_all (StrataCheckup *checkup)
{
  const StrataDataFacts *facts = strata_checkup_get_facts (checkup);
  StrataDiagnostic *diagnostic;

  if (facts == NULL || facts->n_classes < 3 || !strata_checkup_loss_is (checkup, STRATA_LOSSES_OF_YES_OR_NO))
    return;
  diagnostic = strata_checkup_say (checkup, NULL, STRATA_SEVERITY_WARNING,
                                   _("Binary crossentropy is for two classes, yes and no, but the data has %d. Use the "
                                     "loss for several."), (int) facts->n_classes);
  strata_fix_set_setting (strata_fix_new (diagnostic, g_strdup (_("Use the loss for classes"))), "compile", "loss",
                          "\"sparse_categorical_crossentropy\"");
}

const StrataCheck strata_check_binary_for_many = {
  .name = "binary-for-many",
  .look_at_all = look_at_all,
};
