/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "models/model.h"

G_BEGIN_DECLS

#define STRATA_TYPE_SEQUENTIAL (strata_sequential_get_type ())
G_DECLARE_FINAL_TYPE (StrataSequential, strata_sequential, STRATA, SEQUENTIAL, StrataModel)

StrataModel *strata_sequential_new (const char *name) G_GNUC_WARN_UNUSED_RESULT;
gboolean     strata_sequential_add (StrataSequential *self, StrataLayer *layer, GError **error);
StrataLayer *strata_sequential_get_input_layer (StrataSequential *self);

G_END_DECLS
