/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fuzz.h"

#include <string.h>

#include "data/data-source.h"

/* A data source that reads a table: the description up to the first NUL, then the table, which is “x.csv” beside it. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  const uint8_t *end = memchr (data, '\0', size);
  size_t n = end != NULL ? end - data : size, used = end != NULL ? n + 1 : n;
  g_autofree char *description = fuzz_dup_text (data, n);
  g_autofree char *folder = g_path_get_dirname (fuzz_write ("x.csv", data + used, size - used));
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataDataSet) set = strata_data_source_load_text (description, folder, &error);

  fuzz_ended (set != NULL, error);
  return 0;
}
