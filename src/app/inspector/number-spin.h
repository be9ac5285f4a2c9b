/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "base/param.h"

G_BEGIN_DECLS

#define STRATA_TYPE_NUMBER_SPIN (strata_number_spin_get_type ())
G_DECLARE_FINAL_TYPE (StrataNumberSpin, strata_number_spin, STRATA, NUMBER_SPIN, GtkWidget)

/* Signal: edited (JsonNode), by the user only. */
GtkWidget *strata_number_spin_new (const StrataParam *param, gboolean is_whole, gboolean may_be_none,
                                   const char *label);
void       strata_number_spin_show (StrataNumberSpin *self, JsonNode *value);
void       strata_number_spin_suggest (StrataNumberSpin *self, JsonNode *value);

G_END_DECLS
