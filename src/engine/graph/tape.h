/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

/**
 * StrataTape:
 *
 * Remembers ops that are run one by one, to take gradients afterwards: for
 * training loops of one's own. One tape a step; all values on it die with it.
 */
typedef struct _StrataTape StrataTape;

StrataTape    *strata_tape_new         (guint64 seed) G_GNUC_WARN_UNUSED_RESULT;
void           strata_tape_free        (StrataTape *self);
StrataBuilder *strata_tape_get_builder (StrataTape *self);
StrataValue   *strata_tape_watch       (StrataTape *self, StrataTensor *tensor);
gboolean       strata_tape_gradient    (StrataTape *self, StrataValue *loss, GPtrArray *variables, StrataValue **grads,
                                        GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataTape, strata_tape_free)

G_END_DECLS
