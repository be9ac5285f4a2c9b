/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/param.h"

G_BEGIN_DECLS

/* Where an object keeps a parameter. */
#define STRATA_PARAM_AT(T, self, instance) G_STRUCT_MEMBER (T, instance, (self)->offset)

JsonNode *strata_param_ints_to_json (const StrataInts *ints, gboolean partial) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
