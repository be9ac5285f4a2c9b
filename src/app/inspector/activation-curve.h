/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STRATA_TYPE_ACTIVATION_CURVE (strata_activation_curve_get_type ())
G_DECLARE_FINAL_TYPE (StrataActivationCurve, strata_activation_curve, STRATA, ACTIVATION_CURVE, GtkWidget)

GtkWidget *strata_activation_curve_new      (void);
void       strata_activation_curve_set_name (StrataActivationCurve *self, const char *name);

G_END_DECLS
