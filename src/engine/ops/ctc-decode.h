/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

/**
 * StrataCtcDecodeOptions:
 * @greedy: whether the likeliest class of each step counts, rather than the likeliest sequences
 * @merge_repeated: whether, greedily, a class that goes on is said once
 * @blank: the class that is silence
 * @n_beams: how many sequences are followed at a time
 * @n_paths: how many are told
 */
typedef struct
{
  gboolean greedy;
  gboolean merge_repeated;
  gint64 blank;
  gint64 n_beams;
  gint64 n_paths;
} StrataCtcDecodeOptions;

StrataValue *strata_ctc_decode (StrataBuilder *b, StrataValue *scores, StrataValue *lengths,
                                const StrataCtcDecodeOptions *options, StrataValue **totals);

G_END_DECLS
