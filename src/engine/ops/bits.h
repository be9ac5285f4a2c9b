/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

/**
 * StrataWholeKind:
 *
 * What is computed of two whole numbers, all of whose bits count.
 */
typedef enum
{
  STRATA_WHOLE_AND,
  STRATA_WHOLE_OR,
  STRATA_WHOLE_XOR,
  STRATA_WHOLE_LEFT_SHIFT,
  STRATA_WHOLE_RIGHT_SHIFT,
  STRATA_WHOLE_GCD,
  STRATA_WHOLE_LCM,
} StrataWholeKind;

StrataValue *strata_whole     (StrataBuilder *b, StrataWholeKind kind, StrataValue *x, StrataValue *y);
StrataValue *strata_read_bits (StrataBuilder *b, StrataValue *x, StrataDType dtype);

G_END_DECLS
