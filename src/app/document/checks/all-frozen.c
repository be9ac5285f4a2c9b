/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

static void
look_at_all (StrataCheckup *checkup)
{
  StrataDocument *document = strata_checkup_get_document (checkup);
  const GPtrArray *nodes = strata_checkup_get_nodes (checkup);
  StrataDiagnostic *diagnostic;
  StrataFix *fix;

  if (strata_document_get_n_params (document) == 0 || strata_document_get_n_trainable (document) > 0)
    return;
  diagnostic = strata_checkup_say (checkup, NULL, STRATA_SEVERITY_WARNING,
                                   _("All layers are frozen (trainable is off), so training changes nothing. Let at "
                                     "least the last ones learn."));
  fix = strata_fix_new (diagnostic, g_strdup (_("Let all layers learn")));
  for (guint i = 0; i < nodes->len; i++)
    if (strata_doc_node_get_n_params (g_ptr_array_index (nodes, i)) > 0)
      strata_fix_set_param (fix, g_ptr_array_index (nodes, i), "trainable", "true");
}

const StrataCheck strata_check_all_frozen = {
  .name = "all-frozen",
  .look_at_all = look_at_all,
};
