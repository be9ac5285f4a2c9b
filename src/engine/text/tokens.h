/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define STRATA_MAX_NGRAMS 8

/* Where a text is cut. */
typedef enum
{
  STRATA_SPLIT_NONE,
  STRATA_SPLIT_WHITESPACE,
  STRATA_SPLIT_CHARACTER,
} StrataSplit;

/**
 * StrataTokenOptions:
 * @lower: whether A to Z become small
 * @strip: whether ASCII punctuation is left out
 * @split: where texts are cut
 * @ngrams: of how many neighbours tokens are made, one length after the other
 * @n_ngrams: how many lengths; 0 for single tokens
 *
 * How texts become tokens.
 */
typedef struct
{
  gboolean lower, strip;
  StrataSplit split;
  int ngrams[STRATA_MAX_NGRAMS];
  int n_ngrams;
} StrataTokenOptions;

/* A part of a text; no zero follows it. */
typedef struct
{
  const char *text;
  gsize length;
} StrataToken;

const StrataToken *strata_tokens_split (const StrataTokenOptions *options, const char *const *texts, gsize n,
                                        gsize *n_tokens);

G_END_DECLS
