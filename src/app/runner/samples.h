/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/data-set.h"
#include "models/model.h"

G_BEGIN_DECLS

StrataDataSet *strata_samples_for_model (StrataDataSet *set, StrataModel *model, JsonObject *compile,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
