/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

/**
 * StrataUses:
 * @live: by node id, whether it is needed
 * @users: by node id: nodes that read it; %NULL for none
 * @rooted: by node id: whether something outside reads it
 *
 * Who reads what in a graph.
 */
typedef struct
{
  guint n_nodes;
  const gboolean *live;
  GPtrArray **users;
  gboolean *rooted;
} StrataUses;

void        strata_uses_init     (StrataUses          *self,
                                  const GPtrArray     *nodes,
                                  StrataValue *const  *roots,
                                  guint                n_roots,
                                  const gboolean      *live);
void        strata_uses_clear    (StrataUses *self);
StrataNode *strata_uses_get_only (StrataUses *self, const StrataNode *node);
void        strata_uses_redirect (StrataUses   *self,
                                  StrataValue  *from,
                                  StrataValue  *to,
                                  StrataValue **roots,
                                  guint         n_roots);

static inline gboolean
strata_node_is (const StrataNode *node,
                const char       *name)
{
  return node != NULL && node->op != NULL && g_str_equal (node->op->name, name);
}

G_END_DECLS
