/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "inspector/param-row.h"

G_BEGIN_DECLS

#define STRATA_TYPE_OBJECT_ROW (strata_object_row_get_type ())
G_DECLARE_FINAL_TYPE (StrataObjectRow, strata_object_row, STRATA, OBJECT_ROW, AdwExpanderRow)

GtkWidget *strata_object_row_new  (const StrataParam *param, StrataParamSetter setter, gpointer user_data);
void       strata_object_row_show (StrataObjectRow *self, JsonNode *value);

const StrataParam *strata_object_row_get_param  (StrataObjectRow *self);
StrataObject      *strata_object_row_get_object (StrataObjectRow *self);

G_END_DECLS
