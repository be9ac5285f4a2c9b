/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "models/model.h"

G_BEGIN_DECLS

void strata_progress_print_logs (StrataLogs *logs);
void strata_progress_print      (const StrataProgress *progress, gpointer user_data);

G_END_DECLS
