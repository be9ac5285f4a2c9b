/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fuzz.h"

#include "io/code/python.h"

/* Python code that builds a model; none of it is run. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *code = fuzz_dup_text (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = strata_model_from_python (code, &error);

  fuzz_ended (model != NULL, error);
  return 0;
}
