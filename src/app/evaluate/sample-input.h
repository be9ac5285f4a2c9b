/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "evaluate/own-pad.h"

G_BEGIN_DECLS

#define STRATA_TYPE_SAMPLE_INPUT (strata_sample_input_get_type ())
G_DECLARE_FINAL_TYPE (StrataSampleInput, strata_sample_input, STRATA, SAMPLE_INPUT, GtkWidget)

GtkWidget *strata_sample_input_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
