/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/kind.h"
#include "base/object.h"

G_BEGIN_DECLS

/* What tables of parameters say, in words: for a terminal, a program and the reference. */
/* Programs and the reference get English, people their language. */
char       *strata_describe_type     (const StrataParam *param, gboolean translated) G_GNUC_WARN_UNUSED_RESULT;
char       *strata_describe_range    (const StrataParam *param, gboolean translated) G_GNUC_WARN_UNUSED_RESULT;
char       *strata_describe_default  (const StrataParam *param) G_GNUC_WARN_UNUSED_RESULT;
const char *strata_describe_meaning  (const StrataParam *param);
const char *strata_describe_kinds    (StrataKind kind);
const StrataParam *strata_describe_call_params (StrataKind kind, const StrataObjectInfo *info);
JsonObject *strata_describe_entry    (StrataKind kind, const StrataObjectInfo *info) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray  *strata_describe_sorted   (StrataKind kind) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
