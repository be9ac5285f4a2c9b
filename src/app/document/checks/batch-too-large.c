/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "base/json.h"

static void
look_at_all (StrataCheckup *checkup)
{
  const StrataDataFacts *facts = strata_checkup_get_facts (checkup);
  JsonObject *fit = strata_checkup_get_setting (checkup, "fit");
  gint64 size = fit != NULL ? strata_json_get_int (fit, "batch_size", 32) : 32, better = 1;
  g_autofree char *value = NULL;
  StrataDiagnostic *diagnostic;

  if (facts == NULL || size <= facts->n_samples)
    return;
  while (better * 16 <= facts->n_samples && better < 32)
    better *= 2;
  diagnostic = strata_checkup_say (checkup, NULL, STRATA_SEVERITY_WARNING,
                                   _("A batch takes %d samples, but there are only %d: the weights change once in an "
                                     "epoch. Smaller batches learn faster."),
                                   (int) size, (int) facts->n_samples);
  value = g_strdup_printf ("%d", (int) better);
  strata_fix_set_setting (strata_fix_new (diagnostic, g_strdup_printf (_("Use batches of %d"), (int) better)), "fit",
                          "batch_size", value);
}

const StrataCheck strata_check_batch_too_large = {
  .name = "batch-too-large",
  .look_at_all = look_at_all,
};
