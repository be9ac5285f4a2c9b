/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StrataRandom:
 * @key: which stream
 * @counter: how far in it
 *
 * A counter-based generator (Philox 4x32-10; Salmon et al., "Parallel random
 * numbers: as easy as 1, 2, 3", 2011). Any position of any stream is computed
 * directly, so results do not depend on how many threads draw.
 */
typedef struct
{
  guint64 key;
  guint64 counter;
} StrataRandom;

void    strata_philox              (guint64 key, guint64 stream, guint64 counter, guint32 out[4]);
guint64 strata_random_mix          (guint64 a, guint64 b);

void    strata_random_init         (StrataRandom *self, guint64 seed);
guint32 strata_random_next         (StrataRandom *self);
gint64  strata_random_below        (StrataRandom *self, gint64 n);
double  strata_random_uniform      (StrataRandom *self);
double  strata_random_normal       (StrataRandom *self);
float   strata_random_to_normal    (float a, float b);
void    strata_random_shuffle      (StrataRandom *self, gint64 *indices, gint64 n);

/* Element i of a stream, the same whoever asks: for kernels that run in parallel. */
void    strata_random_fill_uniform (guint64 key, guint64 stream, gint64 start, float *out, gsize n);
void    strata_random_fill_normal  (guint64 key, guint64 stream, gint64 start, float *out, gsize n);

G_END_DECLS
