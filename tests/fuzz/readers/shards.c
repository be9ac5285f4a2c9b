/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fuzz.h"

#include "io/keras/shards.h"

/* The list of files that weights are split into. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataHdf5) file = strata_shards_read (fuzz_write ("x.weights.json", data, size), &error);

  fuzz_ended (file != NULL, error);
  return 0;
}
