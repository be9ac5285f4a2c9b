/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "data/data-set.h"

G_BEGIN_DECLS

#define STRATA_TYPE_FEATURE_FIELDS (strata_feature_fields_get_type ())
G_DECLARE_FINAL_TYPE (StrataFeatureFields, strata_feature_fields, STRATA, FEATURE_FIELDS, GtkWidget)

/* Signals: changed (). */
GtkWidget *strata_feature_fields_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void       strata_feature_fields_show (StrataFeatureFields *self, StrataDataSet *set);
double    *strata_feature_fields_read (StrataFeatureFields *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
