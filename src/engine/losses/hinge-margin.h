/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "losses/functions.h"

G_BEGIN_DECLS

StrataValue *strata_hinge_margin (StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred);

G_END_DECLS
