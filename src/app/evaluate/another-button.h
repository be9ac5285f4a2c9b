/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "runner/preview.h"

G_BEGIN_DECLS

#define STRATA_TYPE_ANOTHER_BUTTON (strata_another_button_get_type ())
G_DECLARE_FINAL_TYPE (StrataAnotherButton, strata_another_button, STRATA, ANOTHER_BUTTON, GtkWidget)

/* Signals: read (StrataPreview *), with a sample. */
GtkWidget *strata_another_button_new  (const char *label) G_GNUC_WARN_UNUSED_RESULT;
void       strata_another_button_show (StrataAnotherButton *self, StrataDataSet *set, gboolean is_new);

G_END_DECLS
