/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "charts/chart.h"

G_BEGIN_DECLS

#define STRATA_TYPE_TABLE_VIEW (strata_table_view_get_type ())
G_DECLARE_FINAL_TYPE (StrataTableView, strata_table_view, STRATA, TABLE_VIEW, GtkWidget)

GtkWidget *strata_table_view_new (StrataChart *chart) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
