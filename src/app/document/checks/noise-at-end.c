/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  StrataDiagnostic *diagnostic;

  if (!strata_checkup_is_output (checkup, node) || strata_checkup_get_before (checkup, node) == NULL ||
      strata_doc_node_is_input (strata_checkup_get_before (checkup, node)) ||
      !(strata_traits_is (node, "Dropout,AlphaDropout,GaussianDropout,GaussianNoise,SpatialDropout1D,SpatialDropout2D,"
                                "BatchNormalization")))
    return;
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_WARNING,
                                   _("Nothing follows this layer, so it disturbs the predictions themselves while "
                                     "training. It helps between layers, not after the last."));
  strata_fix_bypass (strata_fix_new (diagnostic, g_strdup (_("Remove it"))), node);
}

const StrataCheck strata_check_noise_at_end = {
  .name = "noise-at-end",
  .style = TRUE,
  .look = look,
};
