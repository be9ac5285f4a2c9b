/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

/* Colours of images (batch, rows, columns, 3), as TensorFlow turns them into others. */
StrataValue *strata_color_to_gray  (StrataBuilder *b, StrataValue *x);
void         strata_color_to_hsv   (StrataBuilder *b, StrataValue *x, StrataValue *hsv[3]);
StrataValue *strata_color_from_hsv (StrataBuilder *b, StrataValue *const hsv[3]);

G_END_DECLS
