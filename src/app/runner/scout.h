/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/document.h"

G_BEGIN_DECLS

#define STRATA_TYPE_SCOUT (strata_scout_get_type ())
G_DECLARE_FINAL_TYPE (StrataScout, strata_scout, STRATA, SCOUT, GObject)

/*
 * Goes ahead of training, in a thread of its own: looks at the data and times a few steps of a copy of the network
 * whenever a change could tell something new, and tells the document what it found.
 */
StrataScout *strata_scout_new        (StrataDocument *document) G_GNUC_WARN_UNUSED_RESULT;
void         strata_scout_set_paused (StrataScout *self, gboolean paused);

G_END_DECLS
