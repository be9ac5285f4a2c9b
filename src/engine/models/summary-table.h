/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A table drawn with box characters: cells wrap at words; the third column is aligned right. */
void strata_summary_table_render (GString *out, const char *const *header, guint n_columns, const guint *widths, GPtrArray *rows);

G_END_DECLS
