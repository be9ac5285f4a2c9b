/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/node-private.h"

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  if (!node->muted)
    return;
  for (guint i = 0; i < node->outgoing->len; i++)
    {
      StrataDocNode *next = strata_doc_wire_get_to (g_ptr_array_index (node->outgoing, i));

      if (next->problem == NULL)
        continue;
      strata_checkup_say (checkup, node, STRATA_SEVERITY_WARNING,
                          _("This layer is muted, so its input goes on unchanged to “%s”, which cannot take it: %s."),
                          strata_doc_node_get_name (next), next->problem);
      return;
    }
  strata_checkup_say (checkup, node, STRATA_SEVERITY_HINT, _("This layer is muted: the network works as if it were not "
                                                             "there."));
}

const StrataCheck strata_check_muted = {
  .name = "muted",
  .look = look,
};
