/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/document.h"

G_BEGIN_DECLS

char *strata_arithmetic_explain (StrataDocNode *node) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
