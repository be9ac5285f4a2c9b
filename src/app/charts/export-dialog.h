/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "charts/chart.h"

G_BEGIN_DECLS

void strata_chart_export_dialog_show (StrataChart *chart, GtkWidget *parent);

G_END_DECLS
