/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

/* Complex numbers are pairs of tensors, as in Keras. */
void         strata_fourier         (StrataBuilder *b, StrataValue *re, StrataValue *im, gboolean inverse,
                                     StrataValue **out_re, StrataValue **out_im);
StrataValue *strata_frames          (StrataBuilder *b, StrataValue *x, gint64 length, gint64 step);
StrataValue *strata_overlap_add     (StrataBuilder *b, StrataValue *frames, gint64 step);
StrataValue *strata_take_last       (StrataBuilder *b, StrataValue *x, StrataTensor *places);
StrataTensor *strata_window_new     (const char *name, gint64 n) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
