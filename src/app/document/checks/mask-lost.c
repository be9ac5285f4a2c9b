/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

/* Layers that take steps together without asking which of them count. */
#define DEAF "Flatten,Conv1D,MaxPooling1D,AveragePooling1D,GlobalMaxPooling1D"

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  StrataDocNode *after = strata_checkup_get_after (checkup, node), *embedding = node;
  StrataDiagnostic *diagnostic;

  if (!strata_traits_is (node, "Embedding,Masking") ||
      (strata_traits_has (node, "mask_zero") && !strata_traits_get_flag (node, "mask_zero")))
    return;
  while (after != NULL && strata_traits_is (after, "Dropout,SpatialDropout1D,GaussianNoise"))
    after = strata_checkup_get_after (checkup, after);
  if (after == NULL || !strata_traits_is (after, DEAF))
    return;
  diagnostic = strata_checkup_say (checkup, after, STRATA_SEVERITY_HINT,
                                   _("%s marks steps as filling, but this layer does not heed marks: the filling "
                                     "counts as words. "
                                     "GlobalAveragePooling1D and recurrent layers heed them."),
                                   strata_doc_node_get_name (node));
  if (strata_traits_has (embedding, "mask_zero"))
    strata_fix_set_param (strata_fix_new (diagnostic, g_strdup (_("Do without marks"))), embedding, "mask_zero",
                          "false");
  else
    strata_fix_bypass (strata_fix_new (diagnostic, g_strdup (_("Remove Masking"))), node);
}

const StrataCheck strata_check_mask_lost = {
  .name = "mask-lost",
  .style = TRUE,
  .look = look,
};
