/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

/* What no check before knew better. */
static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  const char *problem = strata_traits_get_problem (node);
  StrataDiagnostic *diagnostic;

  if (problem == NULL || strata_checkup_has_said (checkup, node, STRATA_SEVERITY_ERROR))
    return;
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_ERROR, "%s.", problem);
  if (strata_fix_try_layer (node, "Flatten", "{}"))
    strata_fix_insert (strata_fix_new (diagnostic, g_strdup (_("Insert Flatten"))), node, "Flatten", "{}");
}

const StrataCheck strata_check_cannot_work = {
  .name = "cannot-work",
  .look = look,
};
