/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

/* What enters right before a port: a key is most often what is the value, too. */
static StrataDocWire *
find_nearest (const GPtrArray *incoming,
              guint            port)
{
  StrataDocWire *nearest = g_ptr_array_index (incoming, 0);

  for (guint i = 1; i < incoming->len; i++)
    {
      StrataDocWire *wire = g_ptr_array_index (incoming, i);
      guint place = strata_doc_wire_get_to_port (wire);

      if (place < port && place >= strata_doc_wire_get_to_port (nearest))
        nearest = wire;
    }
  return nearest;
}

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  const GPtrArray *incoming = strata_doc_node_get_wires (node, TRUE);

  if (incoming->len == 0)
    return;
  for (guint port = 0; port < strata_doc_node_get_n_needed (node); port++)
    {
      g_autofree char *name = strata_doc_node_dup_input_name (node, port);
      StrataDocWire *nearest = find_nearest (incoming, port);
      StrataDocNode *other = strata_doc_wire_get_from (nearest);
      StrataDiagnostic *diagnostic;
      gboolean found = FALSE;

      for (guint i = 0; i < incoming->len; i++)
        found = found || strata_doc_wire_get_to_port (g_ptr_array_index (incoming, i)) == port;
      if (found || !strata_doc_node_needs_input (node, port))
        continue;
      diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_ERROR,
                                       _("The input “%s” is not connected; this layer compares it with the others."),
                                       name);
      if (strata_doc_wire_get_from_port (nearest) == 0)
        strata_fix_connect (strata_fix_new (diagnostic,
                                            g_strdup_printf (_("Connect %s there, too"),
                                                             strata_doc_node_get_name (other))),
                            other, node, port);
      return;
    }
}

const StrataCheck strata_check_missing_port = {
  .name = "missing-port",
  .look = look,
};
