/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  StrataDocNode *before = strata_checkup_get_before (checkup, node);
  const StrataSpec *unflat = before != NULL ? strata_traits_get_input (before, 0) : NULL;
  StrataDiagnostic *diagnostic;

  if (strata_traits_get_problem (node) == NULL || unflat == NULL || !strata_traits_is (before, "Flatten") ||
      !strata_fix_try_input (node, unflat))
    return;
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_ERROR,
                                   _("This layer looks at what lies side by side, but %s has laid all in one row "
                                     "before it."),
                                   strata_doc_node_get_name (before));
  strata_fix_bypass (strata_fix_new (diagnostic, g_strdup (_("Remove Flatten"))), before);
}

const StrataCheck strata_check_flat_before_conv = {
  .name = "flat-before-conv",
  .look = look,
};
