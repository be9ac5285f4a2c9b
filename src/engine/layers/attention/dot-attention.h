/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/attention/attention-base.h"
#include "layers/regularization/dropout-base.h"

G_BEGIN_DECLS

/* What Attention and AdditiveAttention share: they have no projections of their own. */
typedef struct
{
  StrataLayer parent;
  gboolean use_scale;
  char *score_mode;
  double dropout;
  gint64 seed;
  StrataVariable *scale, *weight;
} StrataDotAttention;

#define STRATA_DOT_ATTENTION_PARAM_SCALE(def)                                                                          \
  STRATA_PARAM (BOOL, StrataDotAttention, use_scale, def, .title = "Use scale",                                        \
                .description = "Whether scores are scaled by what is learned")
#define STRATA_DOT_ATTENTION_PARAM_DROPOUT                                                                             \
  STRATA_PARAM (FLOAT, StrataDotAttention, dropout, "0.0", .minimum = 0, .maximum = 1, .soft_minimum = 0,              \
                .soft_maximum = 0.5,                                                                                   \
                .title = "Dropout", .description = "Which part of the attention is forgotten in training")

typedef StrataValue *(*StrataScoreFunc) (StrataDotAttention *self, StrataBuilder *b, StrataValue *query,
                                         StrataValue *key);

StrataValue *strata_dot_attention_compare (StrataBuilder *b, StrataValue *query, StrataValue *key, StrataValue *inner,
                                           StrataValue *outer);
void         strata_dot_attention_call    (StrataDotAttention *self, StrataBuilder *b, StrataCall *call,
                                           StrataScoreFunc score);

G_END_DECLS
