/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/file.h"
#include "document/serial.h"

/* What the tests of documents as files share. */

typedef struct
{
  StrataDocument *document;
  gboolean done, is_draft;
  GError *error;
} Result;

static inline void
loaded_cb (GObject      *source,
           GAsyncResult *async,
           gpointer      user_data)
{
  Result *result = user_data;

  result->document = strata_document_load_finish (async, &result->error);
  result->done = TRUE;
}

static inline StrataDocument *
load (const char  *path,
      GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  Result result = { 0 };

  strata_document_load_async (file, NULL, loaded_cb, &result);
  while (!result.done)
    g_main_context_iteration (NULL, TRUE);
  if (result.error != NULL)
    g_propagate_error (error, result.error);
  return result.document;
}

static inline void
saved_cb (GObject      *source,
          GAsyncResult *async,
          gpointer      user_data)
{
  Result *result = user_data;

  strata_document_save_finish (STRATA_DOCUMENT (source), async, &result->is_draft, &result->error);
  result->done = TRUE;
}

/* Saves, or sets @error; returns whether it is a draft. */
static inline gboolean
try_save (StrataDocument  *document,
          const char      *path,
          GError         **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  Result result = { 0 };

  strata_document_save_async (document, file, saved_cb, &result);
  while (!result.done)
    g_main_context_iteration (NULL, TRUE);
  if (result.error != NULL)
    g_propagate_error (error, result.error);
  return result.is_draft;
}

static inline gboolean
save (StrataDocument *document,
      const char     *path)
{
  g_autoptr (GError) error = NULL;
  gboolean is_draft = try_save (document, path, &error);

  g_assert_no_error (error);
  return is_draft;
}

static inline char *
to_text (StrataDocument *document)
{
  g_autoptr (JsonNode) json = strata_serial_write (document, NULL, NULL);

  return json_to_string (json, TRUE);
}
