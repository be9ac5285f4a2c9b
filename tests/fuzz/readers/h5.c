/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fuzz.h"

#include "io/keras/model-file.h"

/* A whole model in a legacy `.h5` file. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = strata_model_load (fuzz_write ("x.h5", data, size), &error);

  fuzz_ended (model != NULL, error);
  return 0;
}
