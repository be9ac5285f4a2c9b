/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  StrataDocNode *before = strata_checkup_get_before (checkup, node);
  StrataDiagnostic *diagnostic;

  if (before == NULL || !strata_traits_is (node, "BatchNormalization") ||
      !(strata_traits_is_conv (before) || strata_traits_is (before, "Dense")) ||
      !strata_traits_get_flag (before, "use_bias") || strata_traits_is_trained (before) ||
      g_strcmp0 (strata_traits_get_activation (before), "linear") != 0)
    return;
  diagnostic = strata_checkup_say (checkup, before, STRATA_SEVERITY_HINT,
                                   _("%s takes the mean away again, and so the bias of this layer: it is learnt for "
                                     "nothing."), strata_doc_node_get_name (node));
  strata_fix_set_param (strata_fix_new (diagnostic, g_strdup (_("Do without bias"))), before, "use_bias", "false");
}

const StrataCheck strata_check_bias_before_norm = {
  .name = "bias-before-norm",
  .style = TRUE,
  .look = look,
};
