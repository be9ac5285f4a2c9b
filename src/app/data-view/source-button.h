/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "data/data-kind.h"
#include "document/document.h"

G_BEGIN_DECLS

#define STRATA_TYPE_SOURCE_BUTTON (strata_source_button_get_type ())
G_DECLARE_FINAL_TYPE (StrataSourceButton, strata_source_button, STRATA, SOURCE_BUTTON, GtkWidget)

GtkWidget            *strata_source_button_new       (StrataDocument *document) G_GNUC_WARN_UNUSED_RESULT;
void                  strata_source_button_refresh   (StrataSourceButton *self);
void                  strata_source_button_open_file (StrataSourceButton *self, GFile *file);
const StrataDataKind *strata_source_button_get_kind  (StrataSourceButton *self);

G_END_DECLS
