/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  StrataDiagnostic *diagnostic;
  StrataDocNode *where;
  const char *given;

  if (!strata_checkup_takes_logits (checkup) || !strata_checkup_is_output (checkup, node))
    return;
  given = strata_checkup_get_final (checkup, node, &where);
  if (g_strcmp0 (given, "softmax") != 0 && g_strcmp0 (given, "sigmoid") != 0)
    return;
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_WARNING,
                                   _("The loss makes probabilities itself (from_logits), but %s has made them already. "
                                     "Made twice, they are all alike, "
                                     "and training hardly moves."), given);
  if (strata_traits_has (where, "activation"))
    strata_fix_set_param (strata_fix_new (diagnostic, g_strdup (_("Leave it to the loss"))), where, "activation",
                          "\"linear\"");
  else
    strata_fix_bypass (strata_fix_new (diagnostic, g_strdup (_("Leave it to the loss"))), where);
}

const StrataCheck strata_check_logits_twice = {
  .name = "logits-twice",
  .look = look,
};
