/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "document/document.h"

G_BEGIN_DECLS

#define STRATA_TYPE_MODEL_PAGE (strata_model_page_get_type ())
G_DECLARE_FINAL_TYPE (StrataModelPage, strata_model_page, STRATA, MODEL_PAGE, GtkWidget)

/* Signals: jump (node), notice (text). */
GtkWidget *strata_model_page_new     (StrataDocument *document);
void       strata_model_page_refresh (StrataModelPage *self);
GtkWidget *strata_model_page_get_row (StrataModelPage *self, const char *param);

G_END_DECLS
