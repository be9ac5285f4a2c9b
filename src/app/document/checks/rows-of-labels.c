/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

static void
look_at_all (StrataCheckup *checkup)
{
  const StrataDataFacts *facts = strata_checkup_get_facts (checkup);
  StrataDiagnostic *diagnostic;

  if (facts == NULL || facts->n_classes > 0 || !strata_checkup_loss_is (checkup, "SparseCategoricalCrossentropy") ||
      facts->target.shape.rank < 1 || facts->target.shape.dims[facts->target.shape.rank - 1] < 2 ||
      facts->target_low < 0 || facts->target_high > 1)
    return;
  diagnostic = strata_checkup_say (checkup, NULL, STRATA_SEVERITY_ERROR,
                                   _("The targets are rows with a 1 at the right class (one-hot), but “sparse” losses "
                                     "want the number of the class. "
                                     "Categorical crossentropy takes rows."));
  strata_fix_set_setting (strata_fix_new (diagnostic, g_strdup (_("Use categorical crossentropy"))), "compile", "loss",
                          "\"categorical_crossentropy\"");
}

const StrataCheck strata_check_rows_of_labels = {
  .name = "rows-of-labels",
  .look_at_all = look_at_all,
};
