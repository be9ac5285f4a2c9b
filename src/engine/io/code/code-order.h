/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/symbol.h"

G_BEGIN_DECLS

GPtrArray *strata_code_order_sites (const GPtrArray *sites) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
