/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "evaluate/own-pad.h"

G_BEGIN_DECLS

#define STRATA_TYPE_FEATURE_FIELDS (strata_feature_fields_get_type ())
G_DECLARE_FINAL_TYPE (StrataFeatureFields, strata_feature_fields, STRATA, FEATURE_FIELDS, GtkWidget)

GtkWidget *strata_feature_fields_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
