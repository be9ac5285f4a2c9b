/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

/* Softmax is for the end: attention computes its own. */
static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  StrataDocNode *after = strata_checkup_get_after (checkup, node);
  StrataDiagnostic *diagnostic;
  gboolean twice;

  if (g_strcmp0 (strata_traits_get_activation (node), "softmax") != 0 || after == NULL ||
      !strata_traits_is (node, "Dense,Activation,Softmax"))
    return;
  while (after != NULL && strata_traits_is_carrier (after))
    after = strata_checkup_get_after (checkup, after);
  if (after == NULL || !(strata_traits_is (after, "Dense") || strata_traits_is_in (after, "Activation")))
    return;
  twice = !strata_traits_is (after, "Dense") && g_strcmp0 (strata_traits_get_activation (after), "softmax") == 0;
  if (twice)
    diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_WARNING,
                                     _("Two softmaxes in a row: the second flattens what the first made, until all "
                                       "classes are nearly alike. One is enough."));
  else
    diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_WARNING,
                                     _("Softmax inside a network lets one number win and starves the others, so that "
                                       "little is passed on. "
                                       "It belongs at the end; here, ReLU does well."));
  if (!strata_traits_has (node, "activation"))
    strata_fix_bypass (strata_fix_new (diagnostic, g_strdup (_("Remove the first"))), node);
  else if (twice)
    strata_fix_set_param (strata_fix_new (diagnostic, g_strdup (_("Keep the second only"))), node, "activation",
                          "\"linear\"");
  else
    strata_fix_set_param (strata_fix_new (diagnostic, g_strdup (_("Use ReLU"))), node, "activation", "\"relu\"");
}

const StrataCheck strata_check_softmax_inside = {
  .name = "softmax-inside",
  .style = TRUE,
  .look = look,
};
