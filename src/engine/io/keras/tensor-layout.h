/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "tensor/tensor.h"

G_BEGIN_DECLS

/* The same numbers, laid out otherwise; %NULL where the shapes are not those that the name asks for. */
StrataTensor *strata_layout_permute    (StrataTensor *tensor, const char *axes) G_GNUC_WARN_UNUSED_RESULT;
StrataTensor *strata_layout_reverse    (StrataTensor *tensor) G_GNUC_WARN_UNUSED_RESULT;
StrataTensor *strata_layout_join_last  (StrataTensor *const *parts, guint n) G_GNUC_WARN_UNUSED_RESULT;
StrataTensor *strata_layout_turn_gates (StrataTensor *tensor, guint gates, gboolean square) G_GNUC_WARN_UNUSED_RESULT;
StrataTensor *strata_layout_add_halves (StrataTensor *tensor) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
