/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

/* An autoencoder narrows on purpose, but not to one number between wide layers. */
static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  StrataDocNode *after = strata_checkup_get_after (checkup, node), *before = strata_checkup_get_worker (checkup, node);
  StrataDiagnostic *diagnostic;

  if (!strata_traits_is (node, "Dense") || strata_traits_get_number (node, "units", 0) != 1 || after == NULL ||
      before == NULL ||
      !strata_traits_is (after, "Dense") || strata_traits_get_width (before) < 2)
    return;
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_HINT,
                                   _("With one unit, this layer passes a single number on: all that the layers before "
                                     "found out must fit into it."));
  strata_fix_set_param (strata_fix_new (diagnostic, g_strdup (_("Use 16 units"))), node, "units", "16");
}

const StrataCheck strata_check_narrow_neck = {
  .name = "narrow-neck",
  .style = TRUE,
  .look = look,
};
