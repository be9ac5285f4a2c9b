/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "data/data-set.h"

G_BEGIN_DECLS

#define STRATA_TYPE_BALANCE (strata_balance_get_type ())
G_DECLARE_FINAL_TYPE (StrataBalance, strata_balance, STRATA, BALANCE, GtkWidget)

GtkWidget *strata_balance_new             (void) G_GNUC_WARN_UNUSED_RESULT;
void       strata_balance_show            (StrataBalance *self, StrataDataSet *set, const GPtrArray *names);
char      *strata_balance_dup_description (StrataBalance *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
