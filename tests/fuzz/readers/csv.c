/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fuzz.h"

#include "io/formats/csv.h"

/* A table, and the numbers of it. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataTable) table = strata_csv_parse (bytes, "x.csv", &error);
  g_autoptr (StrataTensor) numbers = table != NULL ? strata_table_to_tensor (table, &error) : NULL;

  fuzz_ended (numbers != NULL, error);
  return 0;
}
