/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "charts/share-bar.h"
#include "runner/profile.h"

G_BEGIN_DECLS

/* What a batch's time goes to, in the order that it happens. */
guint       strata_profile_phase_at    (guint place);
const char *strata_profile_phase_title (guint phase);
guint       strata_profile_phase_color (guint phase);
void        strata_profile_draw_shares (StrataShareBar *bar, const double *seconds, double whole);
char       *strata_profile_format      (double seconds, double whole) G_GNUC_WARN_UNUSED_RESULT;
char       *strata_profile_percent     (double seconds, double whole) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
