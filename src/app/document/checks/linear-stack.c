/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

/* A weighted sum without anything that bends it. */
static gboolean
is_linear (StrataDocNode *node)
{
  return strata_traits_is (node, "Dense,Conv1D,Conv2D,Conv3D") &&
         g_strcmp0 (strata_traits_get_activation (node), "linear") == 0;
}

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  StrataDocNode *before = strata_checkup_get_worker (checkup, node);
  StrataDiagnostic *diagnostic;

  if (before == NULL || !is_linear (node) || !is_linear (before) || strata_traits_is_trained (before) ||
      strata_checkup_get_after (checkup, before) == NULL ||
      strata_traits_get_problem (node) != NULL)
    return;
  diagnostic = strata_checkup_say (checkup, before, STRATA_SEVERITY_HINT,
                                   _("Nothing bends the numbers between %s and %s: two sums in a row can do no more "
                                     "than one. "
                                     "An activation makes the difference."),
                                   strata_doc_node_get_name (before), strata_doc_node_get_name (node));
  strata_fix_set_param (strata_fix_new (diagnostic, g_strdup (_("Use ReLU"))), before, "activation", "\"relu\"");
}

const StrataCheck strata_check_linear_stack = {
  .name = "linear-stack",
  .style = TRUE,
  .look = look,
};
