/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

/* Where layers are only laid out and none is wired yet, this is no mistake but the next step. */
static void
look_at_all (StrataCheckup *checkup)
{
  gboolean wired = strata_document_get_wires (strata_checkup_get_document (checkup))->len > 0;
  const GPtrArray *nodes = strata_checkup_get_nodes (checkup);
  StrataDiagnostic *diagnostic;

  if (strata_checkup_get_inputs (checkup)->len > 0)
    return;
  diagnostic = strata_checkup_say (checkup, NULL, wired ? STRATA_SEVERITY_ERROR : STRATA_SEVERITY_HINT,
                                   _("The network has no input yet, so no data can enter it. Add an Input before the "
                                     "first layer."));
  strata_diagnostic_set_blocking (diagnostic, TRUE);
  for (guint i = 0; i < nodes->len; i++)
    if (strata_doc_node_get_wires (g_ptr_array_index (nodes, i), TRUE)->len == 0)
      {
        strata_fix_add_input (strata_fix_new (diagnostic, g_strdup (_("Add an input"))), g_ptr_array_index (nodes, i));
        return;
      }
}

const StrataCheck strata_check_no_input = {
  .name = "no-input",
  .look_at_all = look_at_all,
};
