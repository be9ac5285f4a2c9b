/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/object.h"

G_BEGIN_DECLS

const StrataObjectInfo *const *strata_registry_list     (StrataKind kind);
const StrataObjectInfo        *strata_registry_lookup   (StrataKind kind, const char *name);
GType                          strata_registry_get_type (StrataKind kind, const StrataObjectInfo *info);
const char                    *strata_registry_suggest  (StrataKind kind, const char *name);
GType                          strata_registry_get_base_type (StrataKind kind);
const char                    *strata_registry_get_module    (StrataKind kind);

G_END_DECLS
