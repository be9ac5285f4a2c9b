/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

/* An image whose first dimension is as small as only channels are, and whose last is not. */
static gboolean
looks_turned (const StrataShape *shape)
{
  return shape->rank == 4 && (shape->dims[1] == 1 || shape->dims[1] == 3) && shape->dims[2] > 4 && shape->dims[3] > 4 &&
         shape->dims[2] == shape->dims[3];
}

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  const StrataSpec *input = strata_traits_get_input (node, 0);
  StrataDocNode *before = strata_checkup_get_before (checkup, node);
  StrataDiagnostic *diagnostic;

  if (!strata_traits_is (node, "Conv2D,SeparableConv2D,DepthwiseConv2D") || input == NULL || before == NULL ||
      !strata_doc_node_is_input (before) ||
      !looks_turned (&input->shape) || strata_traits_says (node, "data_format", "channels_first"))
    return;
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_WARNING,
                                   _("The %d channels come first here, as PyTorch has them; this layer takes the last "
                                     "dimension for the channels."),
                                   (int) input->shape.dims[1]);
  strata_fix_insert (strata_fix_new (diagnostic, g_strdup (_("Put channels last"))), node, "Permute",
                     "{\"dims\": [2, 3, 1]}");
}

const StrataCheck strata_check_channels_first = {
  .name = "channels-first",
  .look = look,
};
