/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

/*
 * Recurrent layers over all steps at once, in Keras's usual forms: gates of
 * sigmoid, values of tanh. Sequences have time first, then the batch.
 */
StrataValue *strata_lstm (StrataBuilder *b, StrataValue *given, StrataValue *kernel, StrataValue *h, StrataValue *c,
                          StrataValue *mask, StrataValue **cells);
StrataValue *strata_gru  (StrataBuilder *b, StrataValue *given, StrataValue *kernel, StrataValue *bias, StrataValue *h,
                          StrataValue *mask);

G_END_DECLS
