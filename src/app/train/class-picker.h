/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "base/kind.h"
#include "document/document.h"

G_BEGIN_DECLS

GtkWidget *strata_class_picker_new (StrataDocument *document, StrataKind kind,
                                    const char *member) G_GNUC_WARN_UNUSED_RESULT;
GtkWidget *strata_class_picker_new_for_output (StrataDocument *document, guint output,
                                               const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
