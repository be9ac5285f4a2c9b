/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fuzz.h"

#include "document/document.h"

/* What another program may have put on the clipboard, pasted beside layers that are there. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = fuzz_dup_text (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataDocument) document = strata_document_new ();
  g_autoptr (GPtrArray) pasted = NULL;

  strata_document_add_node (document, "Dense", NULL, 0, 0, &error);
  g_assert_no_error (error);
  pasted = strata_document_paste (document, text, 24, 24, &error);
  fuzz_ended (pasted != NULL, error);
  g_clear_pointer (&pasted, g_ptr_array_unref);
  strata_document_undo (document);
  strata_document_redo (document);
  return 0;
}
