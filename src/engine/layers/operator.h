/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/operation.h"

G_BEGIN_DECLS

#define STRATA_TYPE_OPERATOR (strata_operator_get_type ())
G_DECLARE_FINAL_TYPE (StrataOperator, strata_operator, STRATA, OPERATOR, StrataLayer)

StrataLayer *strata_operator_new        (const char *operation, JsonObject *config,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean     strata_operator_is_known   (const char *operation);
const char  *strata_operator_explain    (const char *operation);
gboolean     strata_operator_set_args   (StrataOperator *self, JsonNode *args, GError **error);
JsonNode    *strata_operator_get_args   (StrataOperator *self);
guint        strata_operator_get_n_inputs (StrataOperator *self);
const char  *strata_operator_get_module (StrataOperator *self);
JsonObject  *strata_operator_dup_config (StrataOperator *self) G_GNUC_WARN_UNUSED_RESULT;
const StrataOperation *strata_operator_get_operation (StrataOperator *self);

G_END_DECLS
