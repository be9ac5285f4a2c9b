/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What strata_random_fill_uniform() writes, many blocks of the generator at once. */
void strata_uniform_fill (guint64 key, guint64 stream, gint64 start, float *out, gsize n);

/* Blocks of four numbers that the kernel works on together, and the numbers in them. */
#define STRATA_UNIFORM_BLOCKS 32
#define STRATA_UNIFORM_NUMBERS (4 * STRATA_UNIFORM_BLOCKS)

G_END_DECLS
