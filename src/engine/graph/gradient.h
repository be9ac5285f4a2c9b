/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

gboolean strata_gradient (StrataBuilder *b, StrataValue *loss, StrataValue *const *wrt, guint n, StrataValue **grads);

G_END_DECLS
