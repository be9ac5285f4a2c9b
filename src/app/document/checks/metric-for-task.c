/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/json.h"

static gboolean
counts_hits (const char *name)
{
  return name != NULL && (g_str_equal (name, "acc") || strstr (name, "accuracy") != NULL ||
                          strstr (name, "Accuracy") != NULL);
}

static void
look_at_all (StrataCheckup *checkup)
{
  JsonObject *compile = strata_checkup_get_setting (checkup, "compile");
  JsonArray *metrics = compile != NULL ? strata_json_get_array (compile, "metrics") : NULL;
  gboolean found = FALSE;
  StrataDiagnostic *diagnostic;

  for (guint i = 0; metrics != NULL && i < json_array_get_length (metrics); i++)
    {
      JsonObject *object = strata_json_element_object (metrics, i);

      found = found || counts_hits (object != NULL ? strata_json_get_string (object, "class_name", NULL)
                                    : strata_json_element_string (metrics, i));
    }
  if (!found || strata_checkup_get_outputs (checkup)->len > 1 ||
      !strata_checkup_loss_is (checkup, STRATA_LOSSES_OF_NUMBERS))
    return;
  diagnostic = strata_checkup_say (checkup, NULL, STRATA_SEVERITY_WARNING,
                                   _("Accuracy counts predictions that hit exactly, and predicted numbers hardly ever "
                                     "do. "
                                     "The mean absolute error tells how far off they are."));
  strata_fix_set_setting (strata_fix_new (diagnostic, g_strdup (_("Use mean absolute error"))), "compile", "metrics",
                          "[\"mean_absolute_error\"]");
}

const StrataCheck strata_check_metric_for_task = {
  .name = "metric-for-task",
  .look_at_all = look_at_all,
};
