/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "charts/chart.h"

G_BEGIN_DECLS

/**
 * StrataChartTable:
 * @n_columns: how many lines there are
 * @n_rows: how many epochs there are
 * @names: of the lines
 * @x: the epochs
 * @values: row after row; NaN where a line has no point
 *
 * The numbers of a chart, for those who read rather than look.
 */
typedef struct
{
  guint n_columns, n_rows;
  GStrv names;
  double *x;
  double *values;
} StrataChartTable;

StrataChartTable *strata_chart_table_new    (StrataChart *chart) G_GNUC_WARN_UNUSED_RESULT;
void              strata_chart_table_free   (StrataChartTable *self);
double            strata_chart_table_get    (const StrataChartTable *self, guint row, guint column);
char             *strata_chart_table_to_csv (const StrataChartTable *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataChartTable, strata_chart_table_free)

G_END_DECLS
