/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "models/model.h"

G_BEGIN_DECLS

/**
 * StrataLambdaFunc:
 * @model: the model that is trained
 * @index: which epoch or batch, from 0; 0 for those of a whole training
 * @logs: (nullable): loss and metrics, where something ends
 * @user_data: what was given beside the function
 * @error: return location for an error, which ends training
 *
 * What a LambdaCallback calls.
 *
 * Returns: %FALSE where it failed
 */
typedef gboolean (*StrataLambdaFunc) (StrataModel *model, gint64 index, StrataLogs *logs, gpointer user_data,
                                      GError **error);

StrataCallback *strata_lambda_callback_new          (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean        strata_lambda_callback_set_function (StrataCallback *self, const char *event, StrataLambdaFunc func,
                                                     gpointer user_data, GDestroyNotify destroy);

G_END_DECLS
