/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fuzz.h"

#include <string.h>

#include "io/formats/archive.h"
#include "io/keras/keras-file.h"

/* What is in a `.keras` file, whose checksums are right: the config up to the first NUL, then the weights. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  const uint8_t *end = memchr (data, '\0', size);
  size_t n = end != NULL ? end - data : size, used = end != NULL ? n + 1 : n;
  g_autoptr (GBytes) config = g_bytes_new (data, n);
  g_autoptr (GBytes) weights = g_bytes_new (data + used, size - used);
  g_autoptr (StrataArchive) archive = strata_archive_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataKerasFile) file = NULL;
  const char *path = fuzz_write ("x.keras", NULL, 0);

  strata_archive_set (archive, "config.json", config);
  strata_archive_set (archive, "model.weights.h5", weights);
  strata_archive_write (archive, path, &error);
  g_assert_no_error (error);
  file = strata_keras_file_read (path, &error);
  fuzz_ended (file != NULL, error);
  return 0;
}
