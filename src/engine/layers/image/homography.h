/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

StrataValue *strata_homography (StrataBuilder *b, StrataValue *start, StrataValue *end);

G_END_DECLS
