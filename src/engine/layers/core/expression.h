/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/layer.h"

G_BEGIN_DECLS

gboolean     strata_expression_is_function (const char *name);
char        *strata_expression_dup_path   (const char *name) G_GNUC_WARN_UNUSED_RESULT;
char        *strata_expression_to_python  (const char *text) G_GNUC_WARN_UNUSED_RESULT;
gboolean     strata_expression_check       (const char *text, GError **error);
StrataValue *strata_expression_emit        (StrataBuilder *b, const char *text, JsonObject *arguments,
                                            StrataValue *const *inputs, guint n_inputs);

G_END_DECLS
