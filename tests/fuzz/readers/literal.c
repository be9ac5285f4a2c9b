/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fuzz.h"

#include "base/literal.h"

/* What people type for an object: `Adam(learning_rate=0.01)`. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = fuzz_dup_text (data, size), *name = NULL;
  g_autoptr (JsonObject) config = NULL;
  g_autoptr (GError) error = NULL;
  gboolean good;

  /* Arguments and lines of text are UTF-8 before they come here. */
  if (!g_utf8_validate (text, -1, NULL))
    return 0;
  good = strata_literal_parse_call (text, &name, &config, &error);
  fuzz_ended (good, error);
  return 0;
}
