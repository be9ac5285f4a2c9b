/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/document-private.h"
#include "document/revision.h"

G_BEGIN_DECLS

/**
 * StrataRevisionPair:
 * @fresh: a node as the code has it
 * @text: its class and parameters but for the name, and what tells calls of one layer apart
 * @is_named: whether the code gives the name
 * @node: (nullable): the document's node that is the same
 * @first: the line where it is in the code
 * @last: the line where it ends
 */
typedef struct
{
  StrataDocNode *fresh;
  char *text;
  gboolean is_named;
  StrataDocNode *node;
  guint first, last;
} StrataRevisionPair;

struct _StrataRevision
{
  StrataDocument *document, *fresh;
  StrataModel *model;
  GArray *pairs;                /* StrataRevisionPair, in the code's order */
  gboolean has_groups;          /* whether the document's groups are models in its code */
};

#define strata_revision_get_pair(self, i) (&g_array_index ((self)->pairs, StrataRevisionPair, i))

char        *strata_revision_describe      (StrataDocNode *node) G_GNUC_WARN_UNUSED_RESULT;
char        *strata_revision_describe_call (StrataDocument *document, StrataDocNode *node) G_GNUC_WARN_UNUSED_RESULT;
StrataLayer *strata_revision_find_layer    (StrataModel *model, const char *name);
StrataDocNode *strata_revision_find_group  (StrataDocument *document, const char *name);
gboolean     strata_revision_same_place    (StrataRevision *self, StrataDocNode *fresh, StrataDocNode *node);
void         strata_revision_match         (StrataRevision *self);

G_END_DECLS
