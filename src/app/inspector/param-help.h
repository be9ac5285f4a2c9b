/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "base/object.h"

G_BEGIN_DECLS

#define STRATA_TYPE_PARAM_HELP (strata_param_help_get_type ())
G_DECLARE_FINAL_TYPE (StrataParamHelp, strata_param_help, STRATA, PARAM_HELP, GtkWidget)

GtkWidget  *strata_param_help_new      (void);
void        strata_param_help_show     (StrataParamHelp *self, const StrataParam *param, StrataObject *object);
const char *strata_param_help_get_text (StrataParamHelp *self);

G_END_DECLS
