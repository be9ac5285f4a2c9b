/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "inspector/param-row.h"

G_BEGIN_DECLS

#define STRATA_TYPE_PARAM_LIST (strata_param_list_get_type ())
G_DECLARE_FINAL_TYPE (StrataParamList, strata_param_list, STRATA, PARAM_LIST, GtkWidget)

/* Returns the value of a parameter, or NULL where what is edited has several; then one of these comes back in @one. */
typedef JsonNode *(*StrataParamGetter) (const StrataParam *param, JsonNode **one, gpointer user_data);

GtkWidget *strata_param_list_new      (StrataParamGetter getter, StrataParamSetter setter, gpointer user_data);
void       strata_param_list_add      (StrataParamList *self, const StrataParam *param);
void       strata_param_list_clear    (StrataParamList *self);
void       strata_param_list_refresh  (StrataParamList *self);
guint      strata_param_list_get_n    (StrataParamList *self);
GtkWidget *strata_param_list_get_row  (StrataParamList *self, const char *name);

G_END_DECLS
