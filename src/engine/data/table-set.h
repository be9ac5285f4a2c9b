/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "data/data-set.h"
#include "io/table.h"

G_BEGIN_DECLS

/* What data sets made of tables share; see data/kinds/. */
GPtrArray     *strata_table_choose      (StrataTable *table, JsonObject *description, const char *member,
                                         GPtrArray *others, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray     *strata_table_choose_lists (StrataTable *table, JsonObject *description, const char *member,
                                          GPtrArray *others, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GArray        *strata_table_usable_rows (StrataTable *table, GPtrArray *columns,
                                         gboolean keep_missing) G_GNUC_WARN_UNUSED_RESULT;
gboolean       strata_column_is_class   (const StrataColumn *column, JsonObject *description, GError **error);
StrataTensor  *strata_column_to_classes (const StrataColumn *column, GPtrArray *classes, const gint64 *rows, gint64 n,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
void           strata_data_set_split_x  (StrataDataSet *self, StrataTensor *array, gint64 n_train);
void           strata_data_set_split_y  (StrataDataSet *self, StrataTensor *array, gint64 n_train);
void           strata_data_set_join_inputs (StrataDataSet *self, GPtrArray *inputs);
void           strata_data_set_join_outputs (StrataDataSet *self, GPtrArray *outputs);
StrataDataSet *strata_data_load_preset  (const char *kind, const char *file, const char *preset,
                                         JsonObject *description, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
