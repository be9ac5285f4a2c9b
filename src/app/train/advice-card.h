/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "train/advice.h"

G_BEGIN_DECLS

#define STRATA_TYPE_ADVICE_CARD (strata_advice_card_get_type ())
G_DECLARE_FINAL_TYPE (StrataAdviceCard, strata_advice_card, STRATA, ADVICE_CARD, GtkWidget)

GtkWidget  *strata_advice_card_new         (void) G_GNUC_WARN_UNUSED_RESULT;
void        strata_advice_card_set_advice  (StrataAdviceCard *self, const StrataAdvice *advice);
const char *strata_advice_card_get_heading (StrataAdviceCard *self);

G_END_DECLS
