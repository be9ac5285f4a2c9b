/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fuzz.h"

#include "base/json.h"
#include "document/serial.h"

/* `strata/document.json`, which is also what examples and the clipboard have. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataDocument) document = strata_document_new ();
  g_autoptr (JsonNode) json = strata_json_parse ((const char *) data, size, &error);
  gboolean good;

  strata_document_begin_group (document, "");
  good = json != NULL && strata_serial_read (document, json, TRUE, &error);
  strata_document_end_group (document);
  fuzz_ended (good, error);
  return 0;
}
