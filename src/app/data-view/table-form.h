/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "document/document.h"

G_BEGIN_DECLS

#define STRATA_TYPE_TABLE_FORM (strata_table_form_get_type ())
G_DECLARE_FINAL_TYPE (StrataTableForm, strata_table_form, STRATA, TABLE_FORM, GtkWidget)

GtkWidget *strata_table_form_new    (StrataDocument *document) G_GNUC_WARN_UNUSED_RESULT;
void       strata_table_form_show   (StrataTableForm *self, GPtrArray *columns);
void       strata_table_form_choose (StrataTableForm *self, const char *path, const GPtrArray *columns);

G_END_DECLS
