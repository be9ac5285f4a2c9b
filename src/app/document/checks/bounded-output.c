/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

static gboolean
get_bounds (const char *activation,
            double     *low,
            double     *high)
{
  *high = 1;
  *low = g_str_equal (activation, "tanh") ? -1 : 0;
  return g_str_equal (activation, "tanh") || g_str_equal (activation, "sigmoid") || g_str_equal (activation, "softmax");
}

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  const StrataDataFacts *facts = strata_checkup_get_facts (checkup);
  StrataDiagnostic *diagnostic;
  StrataDocNode *where;
  const char *given;
  double low, high;

  if (!strata_checkup_loss_is (checkup, STRATA_LOSSES_OF_NUMBERS) || facts == NULL || facts->n_classes > 0 ||
      !strata_checkup_is_output (checkup, node))
    return;
  given = strata_checkup_get_final (checkup, node, &where);
  if (given == NULL || !get_bounds (given, &low, &high) || !(facts->target_low < low || facts->target_high > high))
    return;
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_WARNING,
                                   _("%s only gives numbers from %g to %g, but the targets go from %.3g to %.3g: it "
                                     "can never reach them."), given, low, high,
                                   facts->target_low, facts->target_high);
  if (strata_traits_has (where, "activation"))
    strata_fix_set_param (strata_fix_new (diagnostic, g_strdup (_("Use linear"))), where, "activation", "\"linear\"");
}

const StrataCheck strata_check_bounded_output = {
  .name = "bounded-output",
  .look = look,
};
