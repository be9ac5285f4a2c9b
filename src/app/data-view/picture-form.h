/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "document/document.h"

G_BEGIN_DECLS

#define STRATA_TYPE_PICTURE_FORM (strata_picture_form_get_type ())
G_DECLARE_FINAL_TYPE (StrataPictureForm, strata_picture_form, STRATA, PICTURE_FORM, GtkWidget)

GtkWidget *strata_picture_form_new     (StrataDocument *document) G_GNUC_WARN_UNUSED_RESULT;
void       strata_picture_form_refresh (StrataPictureForm *self);

/* For tests */
GtkWidget *strata_picture_form_get_test (StrataPictureForm *self);

G_END_DECLS
