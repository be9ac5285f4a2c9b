/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

/* While a program is recorded, the texts that an input will hold first: shapes may depend on them. */
void               strata_builder_show_texts (StrataBuilder *self, StrataValue *input, const char **texts);
const char *const *strata_builder_get_texts  (StrataBuilder *self, StrataValue *input);
void               strata_builder_hide_texts (StrataBuilder *self);

G_END_DECLS
