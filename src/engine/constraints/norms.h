/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "constraints/constraint.h"

G_BEGIN_DECLS

/* Keras's backend.epsilon(): keeps lengths of 0 from dividing. */
#define STRATA_NORM_EPSILON 1e-7

/* The length of a weight's vectors along axes; folded dimensions stay as 1. */
StrataValue *strata_constraint_norms (StrataBuilder *b, StrataValue *weight, const StrataInts *axes);
/* The weight with its vectors made as long as @desired. */
StrataValue *strata_constraint_rescale (StrataBuilder *b, StrataValue *weight, StrataValue *norms,
                                        StrataValue *desired);

G_END_DECLS
