/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>
#include <math.h>

#include "base/json.h"
#include "document/checks/traits.h"

/* A network begins with numbers near 0, and a step moves them by about its learning rate: grams are far away. */
#define LARGE 30

/* Enough digits to scale with, and few enough to read. */
static double
round_off (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  return g_ascii_strtod (g_ascii_formatd (text, sizeof text, "%.3g", value), NULL);
}

static gboolean
uses_sgd (StrataCheckup *checkup)
{
  JsonObject *compile = strata_checkup_get_setting (checkup, "compile");
  JsonObject *optimizer = compile != NULL ? strata_json_get_object (compile, "optimizer") : NULL;
  const char *name = optimizer != NULL ? strata_json_get_string (optimizer, "class_name", NULL)
                                       : compile != NULL ? strata_json_get_string (compile, "optimizer", NULL) : NULL;

  return name != NULL && g_ascii_strcasecmp (name, "sgd") == 0;
}

/* The scaling is a layer of the network, so that losses, answers and the saved model speak in units of the data. SGD's
 * steps would grow with the square of the scale; those of the others do not. */
static void
add_fix (StrataCheckup    *checkup,
         StrataDocNode    *node,
         StrataDiagnostic *diagnostic)
{
  const StrataDataFacts *facts = strata_checkup_get_facts (checkup);
  char number[2][G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *config = g_strdup_printf ("{\"scale\": %s, \"offset\": %s}",
                                             g_ascii_dtostr (number[0], sizeof number[0],
                                                             round_off (facts->target_deviation)),
                                             g_ascii_dtostr (number[1], sizeof number[1],
                                                             round_off (facts->target_mean)));
  gboolean sgd = uses_sgd (checkup);
  StrataFix *fix = strata_fix_new (diagnostic, g_strdup (sgd ? _("Add Rescaling and use Adam") : _("Add Rescaling")));

  strata_fix_append (fix, node, "Rescaling", config);
  if (sgd)
    strata_fix_set_setting (fix, "compile", "optimizer", "\"adam\"");
}

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  const StrataDataFacts *facts = strata_checkup_get_facts (checkup);
  StrataDiagnostic *diagnostic;

  if (facts == NULL || facts->n_classes > 0 || facts->n_targets != 1 ||
      strata_checkup_get_outputs (checkup)->len != 1 || !strata_checkup_is_output (checkup, node) ||
      !strata_checkup_loss_is (checkup, STRATA_LOSSES_OF_NUMBERS) || !strata_traits_is (node, "Dense") ||
      !(fmax (fabs (facts->target_mean), facts->target_deviation) > LARGE) || !(facts->target_deviation > 0))
    return;
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_WARNING,
                                   _("The targets go from %.3g to %.3g, but what a network learns first are numbers "
                                     "near 0: it needs very long to get there. Followed by Rescaling, it learns small "
                                     "numbers, and still answers in the units of the data."),
                                   facts->target_low, facts->target_high);
  add_fix (checkup, node, diagnostic);
}

const StrataCheck strata_check_large_targets = {
  .name = "large-targets",
  .style = TRUE,
  .look = look,
};
