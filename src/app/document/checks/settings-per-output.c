/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "base/json.h"

/* Names of metrics, which all outputs could have; else there is an entry for each. */
static gboolean
is_for_all (JsonArray *list)
{
  for (guint i = 0; i < json_array_get_length (list); i++)
    if (JSON_NODE_HOLDS_ARRAY (json_array_get_element (list, i)) || json_array_get_null_element (list, i))
      return FALSE;
  return TRUE;
}

/* Whether as many are given as there are outputs; one alone has its metrics in one list. */
static gboolean
fits (JsonArray  *list,
      const char *member,
      guint       n_outputs)
{
  guint n = json_array_get_length (list);

  return n == n_outputs || n == 0 || (n_outputs == 1 && g_str_equal (member, "metrics") && is_for_all (list));
}

/* An entry for each output: what all can have, or what was given for the output, or for the last. */
static char *
spread (JsonArray  *list,
        const char *member,
        guint       n_outputs)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY), whole = json_node_new (JSON_NODE_ARRAY);
  JsonArray *each = json_array_new ();
  gboolean for_all = g_str_equal (member, "metrics") && is_for_all (list);

  json_node_set_array (whole, list);
  for (guint i = 0; i < n_outputs; i++)
    {
      JsonNode *own = json_array_get_element (list, MIN (i, json_array_get_length (list) - 1));

      json_array_add_element (each, json_node_copy (for_all ? whole : own));
    }
  json_node_take_array (node, each);
  return n_outputs == 1 ? strata_json_to_text (json_array_get_element (each, 0), FALSE)
                        : strata_json_to_text (node, FALSE);
}

static void
look_at (StrataCheckup *checkup,
         const char    *member,
         const char    *message,
         const char    *label)
{
  JsonObject *compile = strata_checkup_get_setting (checkup, "compile");
  JsonArray *list = compile != NULL ? strata_json_get_array (compile, member) : NULL;
  guint n_outputs = strata_checkup_get_outputs (checkup)->len;
  g_autofree char *value = NULL;
  StrataDiagnostic *diagnostic;

  if (list == NULL || n_outputs == 0 || fits (list, member, n_outputs))
    return;
  value = spread (list, member, n_outputs);
  diagnostic = strata_checkup_say (checkup, NULL, STRATA_SEVERITY_ERROR, "%s", message);
  strata_fix_set_setting (strata_fix_new (diagnostic, g_strdup (label)), "compile", member, value);
}

static void
look_at_all (StrataCheckup *checkup)
{
  guint n = strata_checkup_get_outputs (checkup)->len;
  g_autofree char *losses = NULL, *metrics = NULL;

  losses = g_strdup_printf (ngettext ("Losses are set for several outputs, but the network has %u.",
                                      "The network has %u outputs, but losses are set for another number of them. Each "
                                      "output needs a loss of its own.", n), n);
  metrics = g_strdup_printf (ngettext ("Metrics are set for several outputs, but the network has %u.",
                                       "The network has %u outputs, but metrics are set for another number of them. "
                                       "Each output is measured by itself.", n), n);
  look_at (checkup, "loss", losses, _("Adapt the losses"));
  look_at (checkup, "metrics", metrics, _("Adapt the metrics"));
}

const StrataCheck strata_check_settings_per_output = {
  .name = "settings-per-output",
  .look_at_all = look_at_all,
};
