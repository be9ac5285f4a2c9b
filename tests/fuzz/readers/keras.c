/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fuzz.h"

#include "io/keras/keras-file.h"

/* A `.keras` file, packed or not. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataKerasFile) file = strata_keras_file_parse (bytes, "x.keras", &error);

  fuzz_ended (file != NULL, error);
  return 0;
}
