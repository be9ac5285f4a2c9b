/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

static void
look_at_all (StrataCheckup *checkup)
{
  StrataDocument *document = strata_checkup_get_document (checkup);
  const GPtrArray *nodes = strata_checkup_get_nodes (checkup), *outputs = strata_checkup_get_outputs (checkup);

  for (guint i = 0; i < nodes->len; i++)
    if (strata_doc_node_get_output_spec (g_ptr_array_index (nodes, i), 0) == NULL)
      return;
  if (strata_document_get_n_params (document) > 0 || outputs->len == 0)
    return;
  strata_checkup_say (checkup, NULL, STRATA_SEVERITY_HINT,
                      _("No layer of this network has weights, so there is nothing it could learn yet. Dense and "
                        "Conv2D have some."));
}

const StrataCheck strata_check_nothing_to_learn = {
  .name = "nothing-to-learn",
  .look_at_all = look_at_all,
};
