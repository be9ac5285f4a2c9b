/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fuzz.h"

#include "data/image-file.h"

/* A picture of a folder of them, whatever its name says that it is. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static const StrataImageForm form = { .height = 8, .width = 6, .channels = 3, .crop = TRUE };
  float pixels[8 * 6 * 3];
  g_autoptr (GError) error = NULL;
  gboolean good = strata_image_file_read (fuzz_write ("x.png", data, size), &form, pixels, &error);

  fuzz_ended (good, error);
  return 0;
}
