/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <adwaita.h>

#include "base/object.h"

G_BEGIN_DECLS

/* Sets a parameter; where the value is not allowed, nothing changes and @error tells why. */
typedef gboolean (*StrataParamSetter) (const char *name, JsonNode *value, gpointer user_data, GError **error);

#define STRATA_TYPE_PARAM_ROW (strata_param_row_get_type ())
G_DECLARE_FINAL_TYPE (StrataParamRow, strata_param_row, STRATA, PARAM_ROW, AdwActionRow)

GtkWidget  *strata_param_row_new  (const StrataParam *param, StrataParamSetter setter, gpointer user_data);
void        strata_param_row_show (StrataParamRow *self, JsonNode *value, JsonNode *one, JsonNode *usual);
const StrataParam *strata_param_row_get_param (StrataParamRow *self);

/* What rows of all kinds share */
void        strata_param_row_show_note (GtkWidget *row, const StrataParam *param, JsonNode *value);
void        strata_param_row_show_error (GtkWidget *row, const char *reason);
void        strata_param_row_try (GtkWidget *row, const StrataParam *param, JsonNode *value, StrataParamSetter setter,
                                  gpointer user_data);
GtkWidget  *strata_param_row_build_reset (const StrataParam *param);
gboolean    strata_param_value_is_default (const StrataParam *param, JsonNode *value);

G_END_DECLS
