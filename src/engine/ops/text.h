/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"
#include "text/token-table.h"

G_BEGIN_DECLS

/**
 * StrataHashOptions:
 * @bins: into how many numbers tokens are spread
 * @masks: whether one token becomes 0, and others numbers from 1
 * @mask_number: that token, where numbers are hashed
 * @mask_hash: the fingerprint of that token, where texts are
 * @salted: whether the hash has a key
 * @key: the key
 *
 * How tokens are hashed.
 */
typedef struct
{
  gint64 bins;
  gboolean masks;
  gint64 mask_number;
  guint64 mask_hash;
  gboolean salted;
  guint64 key[2];
} StrataHashOptions;

/* Ops on texts and on numbers that stand for something. Tables belong to the caller and must outlive programs. */
StrataValue *strata_find_tokens   (StrataBuilder *b, StrataValue *x, StrataTokenTable *table);
StrataValue *strata_name_tokens   (StrataBuilder *b, StrataValue *x, StrataTokenTable *table, const char *unknown_text,
                                   gint64 unknown_number);
StrataValue *strata_hash_tokens   (StrataBuilder *b, StrataValue *x, const StrataHashOptions *options);
StrataValue *strata_cross_tokens  (StrataBuilder *b, StrataValue *const *xs, guint n, gint64 bins);
StrataValue *strata_split_tokens  (StrataBuilder *b, StrataValue *x, StrataTokenTable *table,
                                   const StrataTokenOptions *options, gint64 length);
gboolean     strata_split_tokens_is_open (const StrataNode *node);
gboolean     strata_split_tokens_fits (const StrataNode *node, const char *const *texts);
StrataValue *strata_count_tokens  (StrataBuilder *b, StrataValue *x, StrataTokenTable *table,
                                   const StrataTokenOptions *options, gint64 n);

G_END_DECLS
