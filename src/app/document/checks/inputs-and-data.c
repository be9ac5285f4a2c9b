/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "base/json.h"

/* Columns of a table that are shared out among inputs of which one is left. */
static void
add_fix (StrataCheckup    *checkup,
         StrataDiagnostic *diagnostic)
{
  JsonObject *data = strata_checkup_get_setting (checkup, "data");
  JsonArray *lists = data != NULL ? strata_json_get_array (data, "features") : NULL;
  g_autoptr (JsonNode) all = json_node_new (JSON_NODE_ARRAY);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *text = NULL;

  json_node_take_array (all, json_array_new ());
  for (guint i = 0; lists != NULL && i < json_array_get_length (lists); i++)
    {
      JsonNode *element = json_array_get_element (lists, i);
      JsonArray *names = JSON_NODE_HOLDS_ARRAY (element) ? json_node_get_array (element) : NULL;

      for (guint k = 0; names != NULL && k < json_array_get_length (names); k++)
        {
          const char *name = strata_json_element_string (names, k);

          if (name != NULL && g_hash_table_add (seen, (gpointer) name))
            json_array_add_string_element (json_node_get_array (all), name);
        }
    }
  if (g_hash_table_size (seen) == 0)
    return;
  text = strata_json_to_text (all, FALSE);
  strata_fix_set_setting (strata_fix_new (diagnostic, g_strdup (_("Let all columns go into it"))), "data", "features",
                          text);
}

static void
look_at_all (StrataCheckup *checkup)
{
  const StrataDataFacts *facts = strata_checkup_get_facts (checkup);
  const GPtrArray *inputs = strata_checkup_get_inputs (checkup);
  StrataDiagnostic *diagnostic;

  if (facts == NULL || inputs->len == 0 || inputs->len == facts->n_inputs)
    return;
  diagnostic = strata_checkup_say (checkup, NULL, STRATA_SEVERITY_WARNING,
                                   _("Each input of the network needs a part of its own: inputs: %d, parts of a "
                                     "sample of the data: %d."),
                                   (int) inputs->len, (int) facts->n_inputs);
  if (inputs->len == 1)
    add_fix (checkup, diagnostic);
}

const StrataCheck strata_check_inputs_and_data = {
  .name = "inputs-and-data",
  .look_at_all = look_at_all,
};
