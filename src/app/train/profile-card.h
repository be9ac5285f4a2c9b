/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "runner/runner.h"

G_BEGIN_DECLS

#define STRATA_TYPE_PROFILE_CARD (strata_profile_card_get_type ())
G_DECLARE_FINAL_TYPE (StrataProfileCard, strata_profile_card, STRATA, PROFILE_CARD, GtkWidget)

/* Properties: by-operation. */
GtkWidget *strata_profile_card_new (StrataRunner *runner) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
