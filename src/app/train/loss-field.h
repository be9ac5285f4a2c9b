/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "document/document.h"

G_BEGIN_DECLS

#define STRATA_TYPE_LOSS_FIELD (strata_loss_field_get_type ())
G_DECLARE_FINAL_TYPE (StrataLossField, strata_loss_field, STRATA, LOSS_FIELD, GtkWidget)

GtkWidget *strata_loss_field_new (StrataDocument *document) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
