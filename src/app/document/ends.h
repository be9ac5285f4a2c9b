/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/group.h"

G_BEGIN_DECLS

/* Where data enters a network and leaves it, in the order of its model (element-type StrataDocEnd) */
GArray    *strata_document_dup_inputs  (StrataDocument *document) G_GNUC_WARN_UNUSED_RESULT;
GArray    *strata_document_dup_outputs (StrataDocument *document) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *strata_doc_ends_dup_names   (GArray *ends) G_GNUC_WARN_UNUSED_RESULT;
gboolean   strata_doc_ends_are_named   (GArray *ends, GPtrArray *names);

G_END_DECLS
