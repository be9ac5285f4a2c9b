/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "data/data-set.h"

G_BEGIN_DECLS

StrataDataSet *strata_data_source_load      (JsonObject *description, const char *folder,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataDataSet *strata_data_source_load_text (const char *text, const char *folder,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* For kinds of data */
char          *strata_data_find             (const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char          *strata_data_resolve          (JsonObject *description, const char *member, const char *folder,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean       strata_data_split            (gint64 n, double test, gboolean shuffle, guint64 seed, gint64 **order,
                                             gint64 *n_train, GError **error);

G_END_DECLS
