/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/op.h"

G_BEGIN_DECLS

void strata_execute_node (StrataNode *node, guint64 seed);

G_END_DECLS
