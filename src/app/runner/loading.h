/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/data-set.h"
#include "document/document.h"

G_BEGIN_DECLS

/* Reads what the document's settings name, in a thread. */
void           strata_document_read_data_async  (StrataDocument *document, GCancellable *cancellable,
                                                 GAsyncReadyCallback callback, gpointer user_data);
StrataDataSet *strata_document_read_data_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

char          *strata_document_dup_data_folder  (StrataDocument *document) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
