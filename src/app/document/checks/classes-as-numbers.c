/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

static void
look_at_all (StrataCheckup *checkup)
{
  const StrataDataFacts *facts = strata_checkup_get_facts (checkup);
  StrataDiagnostic *diagnostic;

  if (facts == NULL || facts->n_classes < 3 || !strata_checkup_loss_is (checkup, STRATA_LOSSES_OF_NUMBERS))
    return;
  diagnostic = strata_checkup_say (checkup, NULL, STRATA_SEVERITY_WARNING,
                                   _("The targets are %d classes, numbered from 0. This loss takes the numbers for "
                                     "sizes, as if class 2 were twice class 1. "
                                     "For classes, there is sparse categorical crossentropy."), (int) facts->n_classes);
  strata_fix_set_setting (strata_fix_new (diagnostic, g_strdup (_("Use the loss for classes"))), "compile", "loss",
                          "\"sparse_categorical_crossentropy\"");
}

const StrataCheck strata_check_classes_as_numbers = {
  .name = "classes-as-numbers",
  .look_at_all = look_at_all,
};
