/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define STRATA_TYPE_APP (strata_app_get_type ())
G_DECLARE_FINAL_TYPE (StrataApp, strata_app, STRATA, APP, AdwApplication)

StrataApp *strata_app_new          (void) G_GNUC_WARN_UNUSED_RESULT;
GSettings *strata_app_get_settings (StrataApp *self);

G_END_DECLS
