/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/node.h"
#include "document/wire.h"

G_BEGIN_DECLS

/**
 * StrataIndex:
 *
 * Finds a document's nodes and wires by number and name, and each node's wires, without going through all of them.
 */
typedef struct _StrataIndex StrataIndex;

StrataIndex   *strata_index_new        (const GPtrArray *nodes, const GPtrArray *groups,
                                        const GPtrArray *wires) G_GNUC_WARN_UNUSED_RESULT;
void           strata_index_free       (StrataIndex *self);

/* Kept up by the document: after something was added, and before it is taken out. */
void           strata_index_note_node  (StrataIndex *self, StrataDocNode *node, gboolean add);
void           strata_index_note_wire  (StrataIndex *self, StrataDocWire *wire, gboolean add);
void           strata_index_note_names (StrataIndex *self);

StrataDocNode *strata_index_get_node   (StrataIndex *self, guint id);
StrataDocWire *strata_index_get_wire   (StrataIndex *self, guint id);
StrataDocNode *strata_index_find_node  (StrataIndex *self, const char *name);
char          *strata_index_free_name  (StrataIndex *self, const char *base) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
