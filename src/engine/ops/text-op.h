/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/text.h"

G_BEGIN_DECLS

/* What ops share that cut texts into tokens. */
typedef struct
{
  StrataTokenTable *table;
  StrataTokenOptions options;
  gint64 n;      /* numbers in a row of the output */
  gboolean open; /* whether that follows from the texts */
} StrataTextAttrs;

/* Writes a row of the output from the tokens of a row of texts. */
typedef void (*StrataTextRow) (const StrataTextAttrs *attrs, const StrataToken *tokens, gsize n, gpointer row);

gboolean strata_text_op_check (StrataNode *node, GError **error);
void     strata_text_op_run   (const StrataRun *run, StrataTextRow row, gsize row_bytes);

G_END_DECLS
