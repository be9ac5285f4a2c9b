/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "models/logs.h"

G_BEGIN_DECLS

char *strata_file_name_format (const char *pattern, gint64 epoch, gint64 batch, StrataLogs *logs,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
