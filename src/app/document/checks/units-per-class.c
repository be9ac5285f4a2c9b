/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

static StrataDiagnostic *
say (StrataCheckup         *checkup,
     StrataDocNode         *node,
     const StrataDataFacts *facts,
     gint64                 width,
     gint64                 wanted)
{
  if (strata_checkup_loss_is (checkup, STRATA_LOSSES_OF_CLASSES))
    return strata_checkup_say (checkup, node, STRATA_SEVERITY_ERROR,
                               _("The data has %d classes, but this output has %d numbers; it needs one for each "
                                 "class."),
                               (int) facts->n_classes, (int) width);
  if (facts->n_classes == 2)
    return strata_checkup_say (checkup, node, STRATA_SEVERITY_ERROR,
                               _("For yes or no, this loss takes a single number, how sure the network is of yes; this "
                                 "output has %d."), (int) width);
  return strata_checkup_say (checkup, node, STRATA_SEVERITY_ERROR,
                             _("A target of the data has %d numbers, but this output has %d; it needs as many."),
                             (int) wanted, (int) width);
}

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  const StrataDataFacts *facts = strata_checkup_get_facts (checkup);
  gint64 width = strata_traits_get_width (node), wanted = strata_checkup_get_wanted (checkup);
  StrataDocNode *worker = node;
  StrataDiagnostic *diagnostic;
  StrataFix *fix;

  if (wanted <= 0 || width < 0 || width == wanted || !strata_checkup_is_output (checkup, node) ||
      strata_checkup_is_unfinished (checkup, node))
    return;
  diagnostic = say (checkup, node, facts, width, wanted);
  while (worker != NULL && strata_traits_get_width_param (worker) == NULL &&
         (strata_traits_is_carrier (worker) || strata_traits_is_in (worker, "Activation")))
    worker = strata_checkup_get_before (checkup, worker);
  if (worker == NULL || strata_traits_get_width_param (worker) == NULL)
    return;
  fix = strata_fix_new (diagnostic,
                        g_strdup_printf (g_dngettext (NULL, "Use %d unit", "Use %d units", (gulong) wanted),
                                         (int) wanted));
  strata_fix_set_number (fix, worker, strata_traits_get_width_param (worker), wanted);
}

const StrataCheck strata_check_units_per_class = {
  .name = "units-per-class",
  .look = look,
};
