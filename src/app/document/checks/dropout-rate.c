/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

/* From here on, little is left to learn from. */
#define HIGH 0.8

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  double rate = strata_traits_get_number (node, "rate", 0);
  StrataDiagnostic *diagnostic;

  if (!strata_traits_is_in (node, "Regularization") || rate < HIGH)
    return;
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_WARNING,
                                   _("The rate is the part that is forgotten: %.0f of 100 numbers are dropped, and too "
                                     "few are left to learn from. "
                                     "Usual are 0.2 to 0.5."), 100 * rate);
  strata_fix_set_param (strata_fix_new (diagnostic, g_strdup (_("Use 0.5"))), node, "rate", "0.5");
}

const StrataCheck strata_check_dropout_rate = {
  .name = "dropout-rate",
  .look = look,
};
