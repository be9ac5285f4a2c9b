/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "runner/runner.h"

G_BEGIN_DECLS

#define STRATA_TYPE_DATA_VIEW (strata_data_view_get_type ())
G_DECLARE_FINAL_TYPE (StrataDataView, strata_data_view, STRATA, DATA_VIEW, GtkWidget)

GtkWidget  *strata_data_view_new         (StrataDocument *document, StrataRunner *runner) G_GNUC_WARN_UNUSED_RESULT;
void        strata_data_view_open        (StrataDataView *self, GFile *file);

/* For tests: which page is shown ("empty", "loading", "problem", "data"), and what is on it */
const char *strata_data_view_get_page    (StrataDataView *self);
const char *strata_data_view_get_balance (StrataDataView *self);
const char *strata_data_view_get_split   (StrataDataView *self);
guint       strata_data_view_get_n_samples (StrataDataView *self);

G_END_DECLS
