/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "document/document.h"

G_BEGIN_DECLS

#define STRATA_TYPE_RATE_ENTRY (strata_rate_entry_get_type ())
G_DECLARE_FINAL_TYPE (StrataRateEntry, strata_rate_entry, STRATA, RATE_ENTRY, GtkWidget)

GtkWidget *strata_rate_entry_new  (StrataDocument *document) G_GNUC_WARN_UNUSED_RESULT;
double     strata_rate_entry_step (double rate, int steps);

G_END_DECLS
