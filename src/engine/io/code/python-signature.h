/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/registry.h"

G_BEGIN_DECLS

char *strata_python_find_argument (StrataKind kind, const StrataObjectInfo *info,
                                   guint position) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
