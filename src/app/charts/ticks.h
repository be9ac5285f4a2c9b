/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "charts/scale.h"

G_BEGIN_DECLS

#define STRATA_TICKS_MAX 24

/**
 * StrataTicks:
 * @n: how many there are
 * @values: where they are
 * @decimals: digits after the point that tell them apart; negative to write each as powers of ten
 *
 * The round numbers an axis is marked with.
 */
typedef struct
{
  guint n;
  double values[STRATA_TICKS_MAX];
  int decimals;
} StrataTicks;

double strata_ticks_step   (double span, guint wanted);
void   strata_ticks_widen  (StrataScaleKind kind, guint wanted, double *low, double *high);
void   strata_ticks_init   (StrataTicks *self, StrataScaleKind kind, double low, double high, guint wanted);
void   strata_ticks_init_counts (StrataTicks *self, double low, double high, guint wanted);
char  *strata_ticks_label  (const StrataTicks *self, guint i) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
