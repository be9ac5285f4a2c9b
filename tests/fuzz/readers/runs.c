/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fuzz.h"

#include "base/json.h"
#include "document/run.h"

/* `strata/runs.json`: the record of past trainings. What cannot be read is left out. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) json = strata_json_parse ((const char *) data, size, &error);

  fuzz_ended (json != NULL, error);
  for (guint i = 0;
       json != NULL && JSON_NODE_HOLDS_ARRAY (json) && i < json_array_get_length (json_node_get_array (json)); i++)
    {
      g_autoptr (StrataRun) run = strata_run_new_from_json (json_array_get_element (json_node_get_array (json), i));
    }
  return 0;
}
