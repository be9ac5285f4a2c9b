/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  StrataDocNode *before = strata_checkup_get_before (checkup, node);
  const char *first, *second;
  StrataDiagnostic *diagnostic;

  if (before == NULL || !strata_traits_is_in (node, "Activation"))
    return;
  first = strata_traits_get_activation (before);
  second = strata_traits_get_activation (node);
  if (first == NULL || g_strcmp0 (first, second) != 0 || g_str_equal (first, "linear") ||
      g_str_equal (first, "softmax"))
    return;
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_HINT,
                                   _("%s has applied %s already; a second time only makes it weaker or changes "
                                     "nothing."),
                                   strata_doc_node_get_name (before), first);
  strata_fix_bypass (strata_fix_new (diagnostic, g_strdup (_("Remove it"))), node);
}

const StrataCheck strata_check_same_activation_twice = {
  .name = "same-activation-twice",
  .style = TRUE,
  .look = look,
};
