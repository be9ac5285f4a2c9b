/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

/* What makes answers of numbers: chances of classes, of yes, or the numbers themselves. */
static const char *
get_activation (StrataCheckup *checkup)
{
  if (strata_checkup_takes_logits (checkup) || strata_checkup_loss_is (checkup, STRATA_LOSSES_OF_NUMBERS))
    return "linear";
  return strata_checkup_loss_is (checkup, STRATA_LOSSES_OF_CLASSES) ? "softmax" : "sigmoid";
}

static StrataDiagnostic *
say (StrataCheckup *checkup,
     StrataDocNode *node,
     int            wanted)
{
  if (strata_checkup_loss_is (checkup, STRATA_LOSSES_OF_CLASSES))
    return strata_checkup_say (checkup, node, STRATA_SEVERITY_HINT,
                               g_dngettext (NULL,
                                            "Not finished yet: to tell %d class, the network ends with a Dense layer "
                                            "that has a number for it.",
                                            "Not finished yet: to tell %d classes apart, the network ends with a Dense "
                                            "layer that has a number for each.",
                                            (gulong) wanted), wanted);
  return strata_checkup_say (checkup, node, STRATA_SEVERITY_HINT,
                             g_dngettext (NULL,
                                          "Not finished yet: to answer with %d number, the network ends with a Dense "
                                          "layer that has one.",
                                          "Not finished yet: to answer with %d numbers, the network ends with a Dense "
                                          "layer that has as many.",
                                          (gulong) wanted), wanted);
}

/* Whoever is still building has made no mistake; what follows is known, though. */
static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  const StrataSpec *spec = strata_doc_node_get_output_spec (node, 0);
  g_autofree char *config = NULL;
  StrataDiagnostic *diagnostic;
  StrataFix *fix;
  gint64 wanted;

  if (!strata_checkup_is_output (checkup, node) || !strata_checkup_is_unfinished (checkup, node))
    return;
  wanted = strata_checkup_get_wanted (checkup);
  diagnostic = say (checkup, node, (int) wanted);
  strata_diagnostic_set_blocking (diagnostic, TRUE);
  config = g_strdup_printf ("{\"units\": %" G_GINT64_FORMAT ", \"activation\": \"%s\"}", wanted,
                            get_activation (checkup));
  fix = strata_fix_new (diagnostic, g_strdup (spec->shape.rank > 2 ? _("Add Flatten and Dense") : _("Add Dense")));
  if (spec->shape.rank > 2)
    strata_fix_append (fix, node, "Flatten", "{}");
  strata_fix_append (fix, node, "Dense", config);
}

const StrataCheck strata_check_not_finished = {
  .name = "not-finished",
  .look = look,
};
