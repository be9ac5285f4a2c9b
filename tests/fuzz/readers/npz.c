/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fuzz.h"

#include "io/formats/npz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataNpz) arrays = strata_npz_read (fuzz_write ("x.npz", data, size), &error);

  fuzz_ended (arrays != NULL, error);
  return 0;
}
