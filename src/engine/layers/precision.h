/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/layer.h"

G_BEGIN_DECLS

void strata_call_in_precision (StrataLayer *self, StrataBuilder *b, StrataCall *call);

G_END_DECLS
