/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "runner/input-facts.h"

G_BEGIN_DECLS

#define STRATA_TYPE_SERIES_PAD (strata_series_pad_get_type ())
G_DECLARE_FINAL_TYPE (StrataSeriesPad, strata_series_pad, STRATA, SERIES_PAD, GtkWidget)

/* Signals: changed (), when a line was bent; moved (), when there is another step or number to tell of. */
GtkWidget   *strata_series_pad_new         (void) G_GNUC_WARN_UNUSED_RESULT;
void         strata_series_pad_show        (StrataSeriesPad *self, StrataDataSet *set, const StrataRange *ranges,
                                            const float *numbers);
void         strata_series_pad_clear       (StrataSeriesPad *self);
void         strata_series_pad_choose      (StrataSeriesPad *self, guint line);
char        *strata_series_pad_dup_text    (StrataSeriesPad *self) G_GNUC_WARN_UNUSED_RESULT;
const float *strata_series_pad_get_numbers (StrataSeriesPad *self);

G_END_DECLS
