/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

static void
look_at_all (StrataCheckup *checkup)
{
  StrataDiagnostic *diagnostic;

  if (strata_checkup_get_inputs (checkup)->len < strata_checkup_get_nodes (checkup)->len)
    return;
  diagnostic = strata_checkup_say (checkup, NULL, STRATA_SEVERITY_HINT,
                                   _("There is no layer yet that does something with the input. Add one, such as "
                                     "Dense, and draw a wire to it."));
  strata_diagnostic_set_blocking (diagnostic, TRUE);
}

const StrataCheck strata_check_only_inputs = {
  .name = "only-inputs",
  .look_at_all = look_at_all,
};
