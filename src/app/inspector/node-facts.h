/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "document/document.h"

G_BEGIN_DECLS

#define STRATA_TYPE_NODE_FACTS (strata_node_facts_get_type ())
G_DECLARE_FINAL_TYPE (StrataNodeFacts, strata_node_facts, STRATA, NODE_FACTS, GtkWidget)

GtkWidget  *strata_node_facts_new     (StrataDocument *document);
void        strata_node_facts_show    (StrataNodeFacts *self, GPtrArray *nodes);
void        strata_node_facts_refresh (StrataNodeFacts *self);
const char *strata_node_facts_get     (StrataNodeFacts *self, const char *name);

G_END_DECLS
