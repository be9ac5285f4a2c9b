/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "base/json.h"
#include "base/registry.h"
#include "document/json.h"

/* How far off the usual rate is certainly a mistake. */
#define FAR_ABOVE 100
#define FAR_BELOW 10000

static double
get_usual (const StrataObjectInfo *info)
{
  for (const StrataParam *param = info->params; param != NULL && param->name != NULL; param++)
    if (g_str_equal (param->name, "learning_rate") && param->fallback != NULL)
      return g_ascii_strtod (param->fallback, NULL);
  return g_str_equal (info->name, "SGD") ? 0.01 : 0.001;
}

static char *
dup_with_rate (JsonObject *optimizer,
               double      rate)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), optimizer), copy = strata_json_copy (node);

  json_object_set_double_member (strata_json_get_object (json_node_get_object (copy), "config"), "learning_rate", rate);
  return strata_json_to_text (copy, FALSE);
}

static void
look_at_all (StrataCheckup *checkup)
{
  JsonObject *compile = strata_checkup_get_setting (checkup, "compile");
  JsonObject *optimizer = compile != NULL ? strata_json_get_object (compile, "optimizer") : NULL;
  JsonObject *config = optimizer != NULL ? strata_json_get_object (optimizer, "config") : NULL;
  const char *name = optimizer != NULL ? strata_json_get_string (optimizer, "class_name", NULL) : NULL;
  const StrataObjectInfo *info = name != NULL ? strata_registry_lookup (STRATA_KIND_OPTIMIZER, name) : NULL;
  double rate = config != NULL ? strata_json_get_double (config, "learning_rate", 0) : 0, usual;
  g_autofree char *value = NULL;
  StrataDiagnostic *diagnostic;

  if (rate <= 0 || info == NULL)
    return;
  usual = get_usual (info);
  if (rate < usual * FAR_ABOVE && rate > usual / FAR_BELOW)
    return;
  if (rate > usual)
    diagnostic = strata_checkup_say (checkup, NULL, STRATA_SEVERITY_WARNING,
                                     _("A learning rate of %g is far above what is usual for %s (%g): steps overshoot, "
                                       "and the loss jumps or becomes NaN."),
                                     rate, info->name, usual);
  else
    diagnostic = strata_checkup_say (checkup, NULL, STRATA_SEVERITY_WARNING,
                                     _("A learning rate of %g is far below what is usual for %s (%g): the loss will "
                                       "hardly fall."), rate, info->name, usual);
  value = dup_with_rate (optimizer, usual);
  strata_fix_set_setting (strata_fix_new (diagnostic, g_strdup_printf (_("Use %g"), usual)), "compile", "optimizer",
                          value);
}

const StrataCheck strata_check_learning_rate = {
  .name = "learning-rate",
  .look_at_all = look_at_all,
};
