/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "text/tokens.h"

G_BEGIN_DECLS

/**
 * StrataTokenRules:
 * @masks: whether one token stands for nothing
 * @mask_text: it, where tokens are texts
 * @mask_number: it, where they are numbers
 * @mask_index: what it becomes
 * @unknown_start: the first number for tokens that are not known
 * @n_unknown: how many numbers are for them; 0 for none
 * @by_remainder: whether numbers that are not known are spread by their remainder, rather than by their hash
 * @salted: whether hashes have a key
 * @key: the key
 *
 * What becomes of tokens that are not in a table. Those that are follow after
 * @unknown_start and @n_unknown.
 */
typedef struct
{
  gboolean masks;
  char *mask_text;
  gint64 mask_number;
  gint64 mask_index;
  gint64 unknown_start, n_unknown;
  gboolean by_remainder, salted;
  guint64 key[2];
} StrataTokenRules;

/**
 * StrataTokenTable:
 *
 * Tokens, texts or numbers, by index. Finding one allocates nothing.
 */
typedef struct _StrataTokenTable StrataTokenTable;

StrataTokenTable *strata_token_table_new         (gboolean texts) G_GNUC_WARN_UNUSED_RESULT;
void              strata_token_table_free        (StrataTokenTable *self);
void              strata_token_table_clear       (StrataTokenTable *self);
StrataTokenRules *strata_token_table_get_rules   (StrataTokenTable *self);
gboolean          strata_token_table_has_texts   (StrataTokenTable *self);
gboolean          strata_token_table_add_text    (StrataTokenTable *self, const char *text);
gboolean          strata_token_table_add_number  (StrataTokenTable *self, gint64 number);
gint64            strata_token_table_get_size    (StrataTokenTable *self);
const char       *strata_token_table_get_text    (StrataTokenTable *self, gint64 i);
gint64            strata_token_table_get_number  (StrataTokenTable *self, gint64 i);
gint64            strata_token_table_find_text   (StrataTokenTable *self, const char *text, gsize n);
gint64            strata_token_table_find_number (StrataTokenTable *self, gint64 number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataTokenTable, strata_token_table_free)

G_END_DECLS
