/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/document.h"

G_BEGIN_DECLS

JsonObject *strata_target_dup_input_config (StrataDocument *document) G_GNUC_WARN_UNUSED_RESULT;
char       *strata_target_dup_batch_shape  (const StrataDataFacts *facts) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
