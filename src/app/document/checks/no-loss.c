/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

/* What is usual for such targets. */
static const char *
choose_loss (StrataCheckup         *checkup,
             const StrataDataFacts *facts)
{
  const GPtrArray *outputs = strata_checkup_get_outputs (checkup);

  if (facts->n_classes == 0)
    return "mean_squared_error";
  if (outputs->len == 1 && strata_traits_get_width (g_ptr_array_index (outputs, 0)) == 1)
    return "binary_crossentropy";
  return "sparse_categorical_crossentropy";
}

static void
look_at_all (StrataCheckup *checkup)
{
  const StrataDataFacts *facts = strata_checkup_get_facts (checkup);
  JsonObject *compile = strata_checkup_get_setting (checkup, "compile");
  g_autofree char *value = NULL;
  StrataDiagnostic *diagnostic;
  StrataFix *fix;

  if (facts == NULL || facts->n_targets == 0 || strata_checkup_get_outputs (checkup)->len == 0 ||
      (compile != NULL && json_object_has_member (compile, "loss") && !json_object_get_null_member (compile, "loss")))
    return;
  diagnostic = strata_checkup_say (checkup, NULL, STRATA_SEVERITY_WARNING,
                                   _("No loss has been chosen: what training makes smaller. For this data, %s is "
                                     "usual."),
                                   choose_loss (checkup, facts));
  value = g_strdup_printf ("\"%s\"", choose_loss (checkup, facts));
  fix = strata_fix_new (diagnostic, g_strdup (_("Use it")));
  strata_fix_set_setting (fix, "compile", "loss", value);
  if (compile == NULL || !json_object_has_member (compile, "optimizer"))
    strata_fix_set_setting (fix, "compile", "optimizer", "\"adam\"");
}

const StrataCheck strata_check_no_loss = {
  .name = "no-loss",
  .look_at_all = look_at_all,
};
