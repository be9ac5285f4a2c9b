/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/object.h"

G_BEGIN_DECLS

const char *strata_followers_get_leader (const char *param);
gboolean    strata_followers_has_any    (StrataObject *object, const char *param);
gboolean    strata_followers_follows    (StrataObject *object, const StrataParam *param);
void        strata_followers_release    (StrataObject *object, const char *changed, JsonObject *config);

G_END_DECLS
