/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

/* The one end that is loose besides the node, if there is only one and its results fit. */
static StrataDocNode *
find_loose_end (StrataCheckup *checkup,
                StrataDocNode *node)
{
  const GPtrArray *nodes = strata_checkup_get_nodes (checkup);
  StrataDocument *document = strata_checkup_get_document (checkup);
  StrataDocNode *found = NULL;

  for (guint i = 0; i < nodes->len; i++)
    {
      StrataDocNode *other = g_ptr_array_index (nodes, i);

      if (other == node || strata_doc_node_get_wires (other, FALSE)->len > 0 ||
          strata_doc_node_get_output_spec (other, 0) == NULL)
        continue;
      if (found != NULL)
        return NULL;
      found = other;
    }
  return found != NULL && strata_document_would_fit (document, found, 0, node, 0, NULL) ? found : NULL;
}

/* A layer that was just put down is only not wired yet; one that others wait for keeps them from working. */
static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  gboolean awaited = strata_doc_node_get_wires (node, FALSE)->len > 0;
  StrataDiagnostic *diagnostic;
  StrataDocNode *end;

  if (strata_doc_node_get_n_inputs (node) == 0 || strata_doc_node_get_wires (node, TRUE)->len > 0)
    return;
  diagnostic = strata_checkup_say (checkup, node, awaited ? STRATA_SEVERITY_ERROR : STRATA_SEVERITY_HINT,
                                   awaited ? _("Nothing leads to this layer, so the layers after it get nothing. Draw "
                                               "a wire to it from the layer before.")
                                           : _("Not wired yet: draw a wire to this layer from the one before it."));
  strata_diagnostic_set_blocking (diagnostic, TRUE);
  end = find_loose_end (checkup, node);
  if (end != NULL)
    strata_fix_connect (strata_fix_new (diagnostic,
                                        g_strdup_printf (_("Connect after %s"),
                                                         strata_doc_node_get_name (end))), end, node, 0);
  else if (strata_checkup_get_inputs (checkup)->len == 0)
    strata_fix_add_input (strata_fix_new (diagnostic, g_strdup (_("Add an input"))), node);
}

const StrataCheck strata_check_not_wired_yet = {
  .name = "not-wired-yet",
  .look = look,
};
