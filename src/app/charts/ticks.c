/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charts/ticks.h"

#include <math.h>

#include "charts/figures.h"

/* A number that is a multiple of the step but for rounding counts as one. */
#define SLACK 1e-9

/**
 * strata_ticks_step:
 * @span: from the lowest to the highest number
 * @wanted: how many steps there should be
 *
 * Returns: 1, 2 or 5 times a power of ten, so that about @wanted of them make @span
 */
double
strata_ticks_step (double span,
                   guint  wanted)
{
  static const double steps[] = { 1, 2, 5, 10 };
  double raw, power, best = 0;

  if (!isfinite (span) || span <= 0)
    return 1;
  raw = span / MAX (wanted, 1);
  power = pow (10, floor (log10 (raw)));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (best == 0 || fabs (log (steps[i] * power / raw)) < fabs (log (best / raw)))
      best = steps[i] * power;
  return best;
}

static int
decimals_of (double step)
{
  return MAX (0, (int) -floor (log10 (step) + SLACK));
}

static void
add (StrataTicks *self,
     double       value)
{
  if (self->n < STRATA_TICKS_MAX)
    self->values[self->n++] = value;
}

static void
add_multiples (StrataTicks *self,
               double       low,
               double       high,
               double       step)
{
  double first = ceil (low / step - SLACK), last = floor (high / step + SLACK);

  for (double i = first; i <= last && self->n < STRATA_TICKS_MAX; i++)
    add (self, i == 0 ? 0 : i * step);
  self->decimals = decimals_of (step);
}

/* Powers of ten, every few if they are many; or 1, 2 and 5 times them. */
static void
add_powers (StrataTicks *self,
            double       low,
            double       high,
            guint        wanted,
            gboolean     between)
{
  int first = (int) floor (log10 (low) + SLACK), last = (int) ceil (log10 (high) - SLACK);
  int every = MAX (1, (int) ceil ((double) (last - first) / MAX (wanted, 1)));

  self->n = 0;
  for (int power = (int) ceil ((double) first / every) * every; power <= last; power += every)
    for (int i = 0; i < (between ? 3 : 1); i++)
      {
        double value = pow (10, power) * (i == 0 ? 1 : i == 1 ? 2 : 5);

        if (value >= low * (1 - SLACK) && value <= high * (1 + SLACK))
          add (self, value);
      }
  self->decimals = -1;
}

/**
 * strata_ticks_widen:
 * @kind: how the axis places numbers
 * @wanted: how many ticks there should be
 * @low: (inout): lowest number
 * @high: (inout): highest number
 *
 * Moves both ends outwards to round numbers, so that an axis stands still while
 * numbers come in.
 */
void
strata_ticks_widen (StrataScaleKind  kind,
                    guint            wanted,
                    double          *low,
                    double          *high)
{
  double step;

  g_return_if_fail (low != NULL && high != NULL);

  if (!isfinite (*low) || !isfinite (*high) || *low >= *high)
    return;
  if (kind == STRATA_SCALE_LOG)
    {
      static const double stops[] = { 1, 2, 5, 10 };
      double below = pow (10, floor (log10 (*low) + SLACK)), above = pow (10, floor (log10 (*high) + SLACK));
      double from = *low, to = *high;

      for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
        if (stops[i] * below <= *low * (1 + SLACK))
          from = stops[i] * below;
      for (guint i = G_N_ELEMENTS (stops); i > 0; i--)
        if (stops[i - 1] * above >= *high * (1 - SLACK))
          to = stops[i - 1] * above;
      *low = from;
      *high = to;
      return;
    }
  step = strata_ticks_step (*high - *low, wanted);
  *low = floor (*low / step + SLACK) * step;
  *high = ceil (*high / step - SLACK) * step;
}

/**
 * strata_ticks_init:
 * @self: what is filled
 * @kind: how the axis places numbers
 * @low: lowest number
 * @high: highest number
 * @wanted: how many there should be, about
 *
 * Finds the round numbers from @low to @high.
 */
void
strata_ticks_init (StrataTicks     *self,
                   StrataScaleKind  kind,
                   double           low,
                   double           high,
                   guint            wanted)
{
  g_return_if_fail (self != NULL);

  *self = (StrataTicks) { 0 };
  wanted = CLAMP (wanted, 1, STRATA_TICKS_MAX / 2);
  if (!isfinite (low) || !isfinite (high) || low >= high)
    return;
  if (kind == STRATA_SCALE_LOG && low > 0)
    {
      add_powers (self, low, high, wanted, 2 * log10 (high / low) <= wanted);
      if (self->n < 3)
        add_powers (self, low, high, wanted, TRUE);
      if (self->n >= 3)
        return;
      /* Less than a decade: the round numbers in between say more. */
      self->n = 0;
    }
  add_multiples (self, low, high, strata_ticks_step (high - low, wanted));
}

/**
 * strata_ticks_init_counts:
 * @self: what is filled
 * @low: lowest number
 * @high: highest number
 * @wanted: how many there should be, about
 *
 * Finds round whole numbers from @low to @high, for what is counted: epochs.
 */
void
strata_ticks_init_counts (StrataTicks *self,
                          double       low,
                          double       high,
                          guint        wanted)
{
  g_return_if_fail (self != NULL);

  *self = (StrataTicks) { 0 };
  if (!isfinite (low) || !isfinite (high) || low > high)
    return;
  wanted = CLAMP (wanted, 1, STRATA_TICKS_MAX / 2);
  add_multiples (self, low, high, fmax (1, strata_ticks_step (high - low, wanted)));
}

/**
 * strata_ticks_label:
 * @self: ticks
 * @i: which
 *
 * Returns: (transfer full): the number, with as many digits as its neighbours
 */
char *
strata_ticks_label (const StrataTicks *self,
                    guint              i)
{
  g_return_val_if_fail (i < self->n, NULL);

  if (self->decimals < 0 || self->decimals > 5)
    return strata_figures_power (self->values[i]);
  return strata_figures_fixed (self->values[i], self->decimals);
}
