/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fuzz.h"

#include "base/json.h"
#include "io/keras/compile-config.h"
#include "io/keras/model-config.h"

#define MODEL                                                                                     \
  "{\"class_name\": \"Sequential\", \"config\": {\"layers\": ["                                   \
  "{\"class_name\": \"InputLayer\", \"config\": {\"batch_shape\": [null, 2], \"name\": \"x\"}},"  \
  "{\"class_name\": \"Dense\", \"config\": {\"units\": 3, \"name\": \"dense\"}}]}}"

/* What a model was compiled with: optimizer, losses and metrics. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = strata_model_from_json (MODEL, -1, "model", &error);
  g_autoptr (JsonNode) node = NULL;

  gboolean good;

  g_assert_no_error (error);
  node = strata_json_parse ((const char *) data, size, &error);
  good = node != NULL && (!JSON_NODE_HOLDS_OBJECT (node) ||
                          strata_compile_config_apply (json_node_get_object (node), model, &error));
  fuzz_ended (good, error);
  return 0;
}
