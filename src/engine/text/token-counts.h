/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "text/token-table.h"

G_BEGIN_DECLS

/**
 * StrataTokenCounts:
 *
 * How often tokens come, and in how many documents.
 */
typedef struct _StrataTokenCounts StrataTokenCounts;

StrataTokenCounts *strata_token_counts_new        (gboolean texts) G_GNUC_WARN_UNUSED_RESULT;
void               strata_token_counts_free       (StrataTokenCounts *self);
void               strata_token_counts_add_text   (StrataTokenCounts *self, const char *text, gsize n);
void               strata_token_counts_add_number (StrataTokenCounts *self, gint64 number);
void               strata_token_counts_end_document (StrataTokenCounts *self);
void               strata_token_counts_fill       (StrataTokenCounts *self, StrataTokenTable *table, gint64 most,
                                                   const char *not_text, gint64 not_number);
float             *strata_token_counts_dup_idf    (StrataTokenCounts *self,
                                                   StrataTokenTable *table) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataTokenCounts, strata_token_counts_free)

G_END_DECLS
