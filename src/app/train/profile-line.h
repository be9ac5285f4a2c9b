/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "runner/profile.h"

G_BEGIN_DECLS

#define STRATA_TYPE_PROFILE_LINE (strata_profile_line_get_type ())
G_DECLARE_FINAL_TYPE (StrataProfileLine, strata_profile_line, STRATA, PROFILE_LINE, GtkListBoxRow)

GtkWidget  *strata_profile_line_new      (GtkSizeGroup *names, GtkSizeGroup *times,
                                          GtkSizeGroup *shares) G_GNUC_WARN_UNUSED_RESULT;
void        strata_profile_line_set      (StrataProfileLine *self, const StrataProfileRow *row, double longest,
                                          double whole);
const char *strata_profile_line_get_node (StrataProfileLine *self);

G_END_DECLS
