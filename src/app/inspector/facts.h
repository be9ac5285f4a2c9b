/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STRATA_TYPE_FACTS (strata_facts_get_type ())
G_DECLARE_FINAL_TYPE (StrataFacts, strata_facts, STRATA, FACTS, GtkWidget)

/* Names and values, in two columns. */
GtkWidget  *strata_facts_new (void);
void        strata_facts_set (StrataFacts *self, const char *name, const char *value);
const char *strata_facts_get (StrataFacts *self, const char *name);

G_END_DECLS
