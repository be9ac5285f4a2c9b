/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "io/table.h"

G_BEGIN_DECLS

StrataTable *strata_csv_read  (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataTable *strata_csv_parse (GBytes *bytes, const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char        *strata_csv_to_text (const char *const *names, StrataTensor *tensor) G_GNUC_WARN_UNUSED_RESULT;
gboolean     strata_csv_write (const char *path, const char *const *names, StrataTensor *tensor, GError **error);

G_END_DECLS
