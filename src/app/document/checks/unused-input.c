/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

/* An input that was just put down is calm; one that was left over beside a network is a mistake. */
static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  const GPtrArray *nodes = strata_checkup_get_nodes (checkup);
  gboolean wired = strata_document_get_wires (strata_checkup_get_document (checkup))->len > 0;
  StrataDiagnostic *diagnostic;

  if (strata_doc_node_get_n_inputs (node) > 0 || strata_doc_node_get_wires (node, FALSE)->len > 0 ||
      strata_checkup_get_inputs (checkup)->len == nodes->len)
    return;
  diagnostic = strata_checkup_say (checkup, node, wired ? STRATA_SEVERITY_ERROR : STRATA_SEVERITY_HINT,
                                   _("Nothing takes this input. Draw a wire from its output to a layer."));
  strata_diagnostic_set_blocking (diagnostic, TRUE);
  if (wired)
    strata_fix_remove (strata_fix_new (diagnostic, g_strdup (_("Remove it"))), node);
}

const StrataCheck strata_check_unused_input = {
  .name = "unused-input",
  .look = look,
};
