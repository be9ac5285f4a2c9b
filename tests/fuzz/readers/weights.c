/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fuzz.h"

#include "io/keras/model-config.h"
#include "io/keras/model-file.h"

/* The network that the seeds have the weights of. */
#define MODEL                                                                                                          \
  "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"s\", \"layers\": ["                                       \
  "{\"class_name\": \"InputLayer\", \"config\": {\"batch_shape\": [null, 2], \"name\": \"x\"}},"                       \
  "{\"class_name\": \"Dense\", \"config\": {\"units\": 3, \"name\": \"dense\"}},"                                      \
  "{\"class_name\": \"BatchNormalization\", \"config\": {\"name\": \"norm\"}}]}}"

/* Files of weights, of Keras 3 and of Keras 2, into a model, in order and by name. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static StrataModel *model;
  const char *path = fuzz_write ("x.weights.h5", data, size);
  g_autoptr (GError) error = NULL;
  gboolean good;

  if (model == NULL)
    model = strata_model_from_json (MODEL, -1, "model", &error);
  g_assert_no_error (error);
  good = strata_model_load_weights (model, path, FALSE, &error);
  fuzz_ended (good, error);
  g_clear_error (&error);
  if (!strata_model_load_weights (model, path, TRUE, &error))
    g_assert_true (error != NULL && error->domain == STRATA_ERROR);
  return 0;
}
