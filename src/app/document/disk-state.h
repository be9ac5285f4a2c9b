/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *strata_disk_state_read (GFile *file) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
