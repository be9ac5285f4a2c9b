/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  g_autoptr (GPtrArray) constants = strata_doc_node_dup_constants (node, FALSE);
  StrataDiagnostic *diagnostic;

  if (!strata_doc_node_takes_list (node, 0) || strata_doc_node_get_wires (node, TRUE)->len + constants->len != 1)
    return;
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_WARNING,
                                   _("Only one wire leads here, but this layer puts several together. Draw another "
                                     "wire to it."));
  if (strata_doc_node_get_wires (node, FALSE)->len > 0)
    strata_fix_bypass (strata_fix_new (diagnostic, g_strdup (_("Remove the layer"))), node);
}

const StrataCheck strata_check_single_merge = {
  .name = "single-merge",
  .look = look,
};
