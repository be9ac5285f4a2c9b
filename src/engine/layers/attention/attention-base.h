/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/core/einsum-dense.h"

G_BEGIN_DECLS

/* What attention layers share: who is asked, what is answered, and what must not be looked at. */
typedef struct
{
  StrataValue *query, *value, *key;
  StrataValue *query_mask, *value_mask, *key_mask, *attention_mask;
  gboolean causal, return_scores;
} StrataAttentionCall;

extern const StrataParam strata_attention_call_params[];

gboolean     strata_attention_read_call (StrataBuilder *b, const StrataCall *call, StrataAttentionCall *attention);
StrataValue *strata_attention_get_mask  (StrataBuilder *b, const StrataAttentionCall *attention, gint64 window,
                                         int rank, guint n_axes);
StrataValue *strata_attention_softmax   (StrataBuilder *b, StrataValue *scores, StrataValue *mask, guint n_axes,
                                         gboolean fused);
StrataLayer *strata_attention_add_projection (StrataLayer *self, const char *attribute, const char *name,
                                              const char *equation,
                                              const gint64 *sizes, guint n_sizes, const char *bias_axes,
                                              const char *activation, GError **error);

G_END_DECLS
