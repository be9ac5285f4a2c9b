/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fuzz.h"

#include "io/keras/model-config.h"

/* A model's architecture. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = strata_model_from_json ((const char *) data, size, "model.json", &error);

  fuzz_ended (model != NULL, error);
  return 0;
}
