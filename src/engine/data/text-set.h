/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "data/data-set.h"
#include "io/table.h"

G_BEGIN_DECLS

/* What data sets made of texts share; see data/kinds/. */
StrataDataSet *strata_text_set_new (StrataTable *table, JsonObject *description, const char *text, const char *target,
                                    const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
