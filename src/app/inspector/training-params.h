/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/param.h"

G_BEGIN_DECLS

/* How a network is trained, in the parts of the document's settings that these are kept in; ended by one without
 * name. */
extern const StrataParam strata_compile_params[];
extern const StrataParam strata_fit_params[];

G_END_DECLS
