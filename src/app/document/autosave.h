/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/document.h"
#include "document/recovery.h"

G_BEGIN_DECLS

#define STRATA_TYPE_AUTOSAVE (strata_autosave_get_type ())
G_DECLARE_FINAL_TYPE (StrataAutosave, strata_autosave, STRATA, AUTOSAVE, GObject)

/*
 * Property: problem, why changes cannot be kept safe, or NULL.
 */
StrataAutosave *strata_autosave_new         (StrataDocument *document,
                                             StrataRecovery *recovery) G_GNUC_WARN_UNUSED_RESULT;
const char     *strata_autosave_get_problem (StrataAutosave *self);
gboolean        strata_autosave_is_up_to_date (StrataAutosave *self);
void            strata_autosave_set_delay   (StrataAutosave *self, guint milliseconds);
void            strata_autosave_close       (StrataAutosave *self);

G_END_DECLS
