/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "document/document.h"

G_BEGIN_DECLS

#define STRATA_TYPE_COMPILE_LIST (strata_compile_list_get_type ())
G_DECLARE_FINAL_TYPE (StrataCompileList, strata_compile_list, STRATA, COMPILE_LIST, GtkWidget)

GtkWidget *strata_compile_list_new     (StrataDocument *document);
void       strata_compile_list_refresh (StrataCompileList *self);
GtkWidget *strata_compile_list_get_row (StrataCompileList *self, const char *param, guint output);

G_END_DECLS
