/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define STRATA_TYPE_RECOVERY (strata_recovery_get_type ())
G_DECLARE_FINAL_TYPE (StrataRecovery, strata_recovery, STRATA, RECOVERY, GObject)

/* A place where one document's unsaved changes are kept until it is saved or closed on purpose. */
StrataRecovery *strata_recovery_new       (GError **error) G_GNUC_WARN_UNUSED_RESULT;
const char     *strata_recovery_get_id    (StrataRecovery *self);
const char     *strata_recovery_get_path  (StrataRecovery *self);
gboolean        strata_recovery_exists    (StrataRecovery *self);
const char     *strata_recovery_get_title (StrataRecovery *self);
GFile          *strata_recovery_get_file  (StrataRecovery *self);
GDateTime      *strata_recovery_get_time  (StrataRecovery *self);
gboolean        strata_recovery_describe  (StrataRecovery *self, const char *title, GFile *file, GError **error);
void            strata_recovery_remove    (StrataRecovery *self);

/* What was left by a program that ended without saving. */
GListModel     *strata_recovery_get_left  (void);
StrataRecovery *strata_recovery_find_left (const char *id);
void            strata_recovery_take      (StrataRecovery *self);
void            strata_recovery_put_back  (StrataRecovery *self);

G_END_DECLS
