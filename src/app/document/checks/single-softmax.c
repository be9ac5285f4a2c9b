/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  StrataDiagnostic *diagnostic;

  if (strata_traits_get_width (node) != 1 || g_strcmp0 (strata_traits_get_activation (node), "softmax") != 0)
    return;
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_WARNING,
                                   _("Softmax makes numbers add up to 1, so that of a single number is always 1. For "
                                     "yes or no, use sigmoid."));
  if (strata_traits_has (node, "activation"))
    {
      StrataFix *fix = strata_fix_new (diagnostic, g_strdup (_("Use sigmoid")));

      strata_fix_set_param (fix, node, "activation", "\"sigmoid\"");
      if (strata_checkup_loss_is (checkup, STRATA_LOSSES_OF_CLASSES))
        strata_fix_set_setting (fix, "compile", "loss", "\"binary_crossentropy\"");
    }
}

const StrataCheck strata_check_single_softmax = {
  .name = "single-softmax",
  .look = look,
};
