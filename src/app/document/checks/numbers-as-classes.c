/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

/* Targets between 0 and 1 may be probabilities or rows of a class. */
static void
look_at_all (StrataCheckup *checkup)
{
  const StrataDataFacts *facts = strata_checkup_get_facts (checkup);
  StrataDiagnostic *diagnostic;

  if (facts == NULL || facts->n_classes > 0 || facts->n_targets == 0 ||
      !(facts->target_low < 0 || facts->target_high > 1) ||
      (facts->target.dtype != STRATA_FLOAT32 && facts->target.dtype != STRATA_FLOAT64) ||
      !(strata_checkup_loss_is (checkup, STRATA_LOSSES_OF_CLASSES) ||
        strata_checkup_loss_is (checkup, STRATA_LOSSES_OF_YES_OR_NO)))
    return;
  diagnostic = strata_checkup_say (checkup, NULL, STRATA_SEVERITY_WARNING,
                                   _("The targets are any numbers, from %.3g to %.3g, but this loss is for classes. To "
                                     "predict numbers, "
                                     "use mean squared error."), facts->target_low, facts->target_high);
  strata_fix_set_setting (strata_fix_new (diagnostic, g_strdup (_("Use mean squared error"))), "compile", "loss",
                          "\"mean_squared_error\"");
}

const StrataCheck strata_check_numbers_as_classes = {
  .name = "numbers-as-classes",
  .look_at_all = look_at_all,
};
