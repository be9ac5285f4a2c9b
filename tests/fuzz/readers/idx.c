/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fuzz.h"

#include "io/formats/idx.h"

/* MNIST's format, packed by gzip or not. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataTensor) array = strata_idx_read (fuzz_write ("x.idx", data, size), &error);

  fuzz_ended (array != NULL, error);
  return 0;
}
