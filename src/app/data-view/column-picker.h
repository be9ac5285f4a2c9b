/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STRATA_TYPE_COLUMN_PICKER (strata_column_picker_get_type ())
G_DECLARE_FINAL_TYPE (StrataColumnPicker, strata_column_picker, STRATA, COLUMN_PICKER, GtkWidget)

GtkWidget *strata_column_picker_new    (void) G_GNUC_WARN_UNUSED_RESULT;
void       strata_column_picker_set_label (StrataColumnPicker *self, const char *label);
void       strata_column_picker_show   (StrataColumnPicker *self, GPtrArray *columns, GPtrArray *chosen);
void       strata_column_picker_toggle (StrataColumnPicker *self, const char *column);
GPtrArray *strata_column_picker_get    (StrataColumnPicker *self);

G_END_DECLS
