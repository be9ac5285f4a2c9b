/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "base/json.h"

static gboolean
watches_validation (JsonObject *callback)
{
  JsonObject *config = strata_json_get_object (callback, "config");

  return g_strcmp0 (strata_json_get_string (callback, "class_name", NULL), "EarlyStopping") == 0 &&
         g_str_has_prefix (config != NULL ? strata_json_get_string (config, "monitor", "val_loss")
                           : "val_loss", "val_");
}

static void
look_at_all (StrataCheckup *checkup)
{
  const StrataDataFacts *facts = strata_checkup_get_facts (checkup);
  JsonObject *fit = strata_checkup_get_setting (checkup, "fit");
  JsonArray *callbacks = fit != NULL ? strata_json_get_array (fit, "callbacks") : NULL;
  gboolean watches = FALSE;
  StrataDiagnostic *diagnostic;

  for (guint i = 0; callbacks != NULL && i < json_array_get_length (callbacks); i++)
    watches = watches || (strata_json_element_object (callbacks, i) != NULL &&
                          watches_validation (strata_json_element_object (callbacks, i)));
  if (!watches || strata_json_get_double (fit, "validation_split", 0) > 0 || facts == NULL || facts->has_test)
    return;
  diagnostic = strata_checkup_say (checkup, NULL, STRATA_SEVERITY_WARNING,
                                   _("Early stopping watches samples that are held out, but none are: it never stops. "
                                     "Hold some out."));
  strata_fix_set_setting (strata_fix_new (diagnostic, g_strdup (_("Hold out 10 %"))), "fit", "validation_split", "0.1");
}

const StrataCheck strata_check_stopping_without_validation = {
  .name = "stopping-without-validation",
  .look_at_all = look_at_all,
};
