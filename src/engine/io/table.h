/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "tensor/tensor.h"

G_BEGIN_DECLS

/**
 * StrataColumn:
 * @name: what its header says
 * @numeric: whether all values that are not missing are numbers
 * @numbers: (nullable): the numbers of a numeric column, NaN where missing
 * @texts: (nullable): the texts of any other, "" where missing
 * @n_missing: how many are missing
 *
 * A column of a table.
 */
typedef struct
{
  char *name;
  gboolean numeric;
  double *numbers;
  char **texts;
  guint n_missing;
} StrataColumn;

/**
 * StrataTable:
 *
 * Columns of numbers or texts, all with as many rows: what a CSV file holds.
 */
typedef struct _StrataTable StrataTable;

#define STRATA_TYPE_TABLE (strata_table_get_type ())

GType               strata_table_get_type      (void) G_GNUC_CONST;
StrataTable        *strata_table_new           (GPtrArray *names, GPtrArray *cells,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataTable        *strata_table_ref           (StrataTable *self);
void                strata_table_unref         (StrataTable *self);
guint               strata_table_get_n_columns (StrataTable *self);
guint               strata_table_get_n_rows    (StrataTable *self);
const StrataColumn *strata_table_get_column    (StrataTable *self, guint i);
const StrataColumn *strata_table_find_column   (StrataTable *self, const char *name, GError **error);
gboolean            strata_column_is_missing   (const StrataColumn *self, guint row);
GPtrArray          *strata_column_dup_classes  (const StrataColumn *self, guint n_rows) G_GNUC_WARN_UNUSED_RESULT;
char               *strata_column_dup_text     (const StrataColumn *self, guint row) G_GNUC_WARN_UNUSED_RESULT;
gboolean            strata_table_is_missing    (const char *cell);
StrataTensor       *strata_table_to_tensor     (StrataTable *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataTable, strata_table_unref)

G_END_DECLS
