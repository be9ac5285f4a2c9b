/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers as people read them, by the conventions of their language. */
char *strata_figures_fixed    (double value, int decimals) G_GNUC_WARN_UNUSED_RESULT;
char *strata_figures_power    (double value) G_GNUC_WARN_UNUSED_RESULT;
char *strata_figures_short    (double value) G_GNUC_WARN_UNUSED_RESULT;
char *strata_figures_duration (double seconds) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
