/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* How files were last looked at on this computer, which is nothing that a file would hold. */
JsonObject *strata_view_memory_recall (GFile *file) G_GNUC_WARN_UNUSED_RESULT;
void        strata_view_memory_keep   (GFile *file, JsonObject *view);

G_END_DECLS
