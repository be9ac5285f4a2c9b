/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  STRATA_SUMMARY_LEFT,
  STRATA_SUMMARY_RIGHT,
  STRATA_SUMMARY_CENTER,
} StrataSummaryAlignment;

/**
 * StrataSummaryColumn:
 * @title: what is above it
 * @stop: where it ends, as a share of the line
 * @alignment: where its texts are
 *
 * A column of the table.
 */
typedef struct
{
  const char *title;
  double stop;
  StrataSummaryAlignment alignment;
} StrataSummaryColumn;

#define STRATA_SUMMARY_MAX_COLUMNS 5

void strata_summary_table_render (GString *out, const StrataSummaryColumn *columns, guint n_columns, guint line_length,
                                  GPtrArray *rows);

G_END_DECLS
