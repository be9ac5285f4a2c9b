/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

double strata_contrast_alpha (GtkWidget *widget, double usual);
double strata_contrast_width (GtkWidget *widget, double usual);

G_END_DECLS
