/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "inspector/param-list.h"
#include "inspector/problems.h"

G_BEGIN_DECLS

#define STRATA_TYPE_NODE_PAGE (strata_node_page_get_type ())
G_DECLARE_FINAL_TYPE (StrataNodePage, strata_node_page, STRATA, NODE_PAGE, GtkWidget)

/* Signals: notice (text). */
GtkWidget *strata_node_page_new     (StrataDocument *document);
gboolean   strata_node_page_can_show (GPtrArray *nodes);
void       strata_node_page_show    (StrataNodePage *self, GPtrArray *nodes);
void       strata_node_page_refresh (StrataNodePage *self);
GtkWidget *strata_node_page_get_row (StrataNodePage *self, const char *param);

G_END_DECLS
