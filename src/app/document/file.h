/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/document.h"
#include "io/example.h"

G_BEGIN_DECLS

StrataDocument *strata_document_new_from_example (StrataExample *example, GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataDocument *strata_document_new_usual        (void) G_GNUC_WARN_UNUSED_RESULT;

void            strata_document_load_async       (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback,
                                                  gpointer user_data);
StrataDocument *strata_document_load_finish      (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void            strata_document_mark_recovered (StrataDocument *self, const char *title, GFile *file);
gboolean        strata_document_is_outdated (StrataDocument *self);

void            strata_document_save_async       (StrataDocument *self, GFile *file, GAsyncReadyCallback callback,
                                                  gpointer user_data);
void            strata_document_save_copy_async  (StrataDocument *self, const char *path, GAsyncReadyCallback callback,
                                                  gpointer user_data);
gboolean        strata_document_save_finish      (StrataDocument *self, GAsyncResult *result, gboolean *is_draft,
                                                  GError **error);

G_END_DECLS
