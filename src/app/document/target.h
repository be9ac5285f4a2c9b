/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/document.h"

G_BEGIN_DECLS

void        strata_target_check            (StrataDocument *document, StrataDocNode *output);
const char *strata_target_get_input_config (StrataDocument *document);

G_END_DECLS
