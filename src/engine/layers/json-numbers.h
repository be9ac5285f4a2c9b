/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "tensor/tensor.h"

G_BEGIN_DECLS

StrataTensor *strata_json_to_floats (JsonNode *node) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
