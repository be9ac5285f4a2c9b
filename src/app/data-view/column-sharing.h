/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "data-view/column-picker.h"
#include "document/document.h"

G_BEGIN_DECLS

#define STRATA_TYPE_COLUMN_SHARING (strata_column_sharing_get_type ())
G_DECLARE_FINAL_TYPE (StrataColumnSharing, strata_column_sharing, STRATA, COLUMN_SHARING, GtkWidget)

GtkWidget          *strata_column_sharing_new         (StrataDocument *document) G_GNUC_WARN_UNUSED_RESULT;
void                strata_column_sharing_show        (StrataColumnSharing *self, GPtrArray *columns);
gboolean            strata_column_sharing_has_outputs (StrataColumnSharing *self);
StrataColumnPicker *strata_column_sharing_get_picker  (StrataColumnSharing *self, gboolean of_output, guint i);

G_END_DECLS
