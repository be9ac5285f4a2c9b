/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "evaluate/own-pad.h"

G_BEGIN_DECLS

#define STRATA_TYPE_PICTURE_INPUT (strata_picture_input_get_type ())
G_DECLARE_FINAL_TYPE (StrataPictureInput, strata_picture_input, STRATA, PICTURE_INPUT, GtkWidget)

GtkWidget *strata_picture_input_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
