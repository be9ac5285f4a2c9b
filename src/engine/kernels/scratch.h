/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define STRATA_SCRATCH_ALIGNMENT 64

float *strata_scratch_push (gsize n_floats);
void   strata_scratch_pop  (gsize n_floats);

G_END_DECLS
