/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

/* Data whose targets are never below 0 may well have it. */
static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  const StrataDataFacts *facts = strata_checkup_get_facts (checkup);
  StrataDiagnostic *diagnostic;
  StrataDocNode *where;

  if (!strata_checkup_loss_is (checkup, STRATA_LOSSES_OF_NUMBERS) || !strata_checkup_is_output (checkup, node) ||
      (facts != NULL && !(facts->target_low < 0)) ||
      g_strcmp0 (strata_checkup_get_final (checkup, node, &where), "relu") != 0 ||
      !strata_traits_has (where, "activation"))
    return;
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_WARNING,
                                   _("ReLU never gives less than 0, so this network can never predict a negative "
                                     "number; and an output that is 0 everywhere "
                                     "learns no more."));
  strata_fix_set_param (strata_fix_new (diagnostic, g_strdup (_("Use linear"))), where, "activation", "\"linear\"");
}

const StrataCheck strata_check_relu_output = {
  .name = "relu-output",
  .look = look,
};
