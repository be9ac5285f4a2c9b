/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  StrataDiagnostic *diagnostic;
  StrataDocNode *where;
  StrataFix *fix;

  if (!strata_checkup_loss_is (checkup, STRATA_LOSSES_OF_CLASSES) || strata_checkup_takes_logits (checkup) ||
      !strata_checkup_is_output (checkup, node) || g_strcmp0 (strata_checkup_get_final (checkup, node, &where),
                                                              "sigmoid") != 0)
    return;
  if (strata_traits_get_width (node) == 1)
    {
      diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_WARNING,
                                       _("One number between 0 and 1 says yes or no, but this loss compares the "
                                         "numbers of several classes. "
                                         "Binary crossentropy goes with a single sigmoid."));
      fix = strata_fix_new (diagnostic, g_strdup (_("Use binary crossentropy")));
      strata_fix_set_setting (fix, "compile", "loss", "\"binary_crossentropy\"");
      return;
    }
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_WARNING,
                                   _("Sigmoid judges each class alone, and the numbers need not add up to 1. Where "
                                     "just one class is right, use softmax."));
  if (strata_traits_has (where, "activation"))
    strata_fix_set_param (strata_fix_new (diagnostic, g_strdup (_("Use softmax"))), where, "activation", "\"softmax\"");
}

const StrataCheck strata_check_sigmoid_for_classes = {
  .name = "sigmoid-for-classes",
  .look = look,
};
