/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/document-private.h"

G_BEGIN_DECLS

/* Members of a file beside Keras's own. */
#define STRATA_DOCUMENT_MEMBER "strata/document.json"
#define STRATA_RUNS_MEMBER "strata/runs.json"

/**
 * StrataSnapshot:
 *
 * A document as it was at one moment, to be written by another thread while it is edited on.
 * Taking one is quick: what is text already or never changes is shared, and the model is only
 * put together by who writes it.
 */
typedef struct _StrataSnapshot StrataSnapshot;

StrataSnapshot *strata_snapshot_new      (StrataDocument *document) G_GNUC_WARN_UNUSED_RESULT;
void            strata_snapshot_free     (StrataSnapshot *self);
StrataMark      strata_snapshot_get_mark (StrataSnapshot *self);
gboolean        strata_snapshot_write    (StrataSnapshot *self, const char *path, gboolean *is_draft, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataSnapshot, strata_snapshot_free)

G_END_DECLS
