/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/document.h"
#include "io/code/python.h"

G_BEGIN_DECLS

/**
 * StrataRevision:
 *
 * A document beside code that describes it, or what it is to become: which line of the one is
 * which node of the other.
 */
typedef struct _StrataRevision StrataRevision;

StrataRevision *strata_revision_new        (StrataDocument *document, StrataPythonSource *source,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
void            strata_revision_free       (StrataRevision *self);
gboolean        strata_revision_apply      (StrataRevision *self, GError **error);
StrataDocNode  *strata_revision_find_node  (StrataRevision *self, guint line);
gboolean        strata_revision_find_lines (StrataRevision *self, StrataDocNode *node, guint *first, guint *last);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataRevision, strata_revision_free)

G_END_DECLS
