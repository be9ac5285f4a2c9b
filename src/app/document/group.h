/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/document.h"

G_BEGIN_DECLS

/**
 * StrataDocEnd:
 *
 * A port of a node that is no group.
 */
typedef struct
{
  StrataDocNode *node;
  guint port;
} StrataDocEnd;

/**
 * StrataDocEntry:
 * @source: what comes in; its node is %NULL where nothing does yet
 * @inner: the first input inside that takes it
 *
 * An input of a group: all inputs inside that take the same thing from outside are one.
 */
typedef struct
{
  StrataDocEnd source, inner;
} StrataDocEntry;

/* Looking */
gboolean              strata_doc_node_is_group         (StrataDocNode *self);
StrataDocNode        *strata_doc_node_get_group        (StrataDocNode *self);
gboolean              strata_doc_node_is_in            (StrataDocNode *self, StrataDocNode *group);
StrataDocNode        *strata_doc_node_get_unit         (StrataDocNode *self, StrataDocNode *scope);
guint                 strata_doc_node_get_n_inside     (StrataDocNode *self);
const StrataDocEntry *strata_doc_node_get_entry        (StrataDocNode *self, guint input);
const StrataDocEnd   *strata_doc_node_get_exit         (StrataDocNode *self, guint output);
gboolean              strata_doc_node_find_entry       (StrataDocNode *self, StrataDocNode *source, guint port,
                                                        guint *input);
gboolean              strata_doc_node_find_exit        (StrataDocNode *self, StrataDocNode *inner, guint port,
                                                        guint *output);

const GPtrArray      *strata_document_get_groups       (StrataDocument *self);
GPtrArray            *strata_document_dup_units        (StrataDocument *self,
                                                        StrataDocNode *scope) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray            *strata_document_dup_inside       (StrataDocument *self,
                                                        const GPtrArray *nodes) G_GNUC_WARN_UNUSED_RESULT;

/* Commands */
StrataDocNode        *strata_document_group            (StrataDocument *self, GPtrArray *nodes, const char *name,
                                                        GError **error);
void                  strata_document_ungroup          (StrataDocument *self, StrataDocNode *group);
guint                 strata_document_fold_blocks      (StrataDocument *self);
StrataDocNode        *strata_document_open_model       (StrataDocument *self, StrataDocNode *node, GError **error);
void                  strata_document_mute             (StrataDocument *self, GPtrArray *nodes, gboolean muted);
StrataDocWire        *strata_document_connect_ends     (StrataDocument *self, StrataDocNode *from, guint from_port,
                                                        StrataDocNode *to, guint to_port, GError **error);

/* Where new nodes belong: the group that is looked into, or %NULL */
void                  strata_document_set_place        (StrataDocument *self, StrataDocNode *group);
StrataDocNode        *strata_document_get_place        (StrataDocument *self);

G_END_DECLS
