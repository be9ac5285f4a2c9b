/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"
#include "schedules/common-params.h"

#include <math.h>

typedef struct
{
  StrataSchedule parent;
  double initial_learning_rate, decay_steps, alpha, warmup_target, warmup_steps;
  char *name;
} CosineDecay;

static const StrataParam params[] = {
  STRATA_PARAM_INITIAL_RATE (CosineDecay),
  STRATA_PARAM_STEPS (CosineDecay, decay_steps, NULL, "Decay steps", "After how many steps the end is reached"),
  STRATA_PARAM (FLOAT, CosineDecay, alpha, "0.0", .minimum = 0, .maximum = 1, .title = "Alpha",
                .description = "What share of the rate is left at the end"),
  STRATA_PARAM (FLOAT, CosineDecay, warmup_target, "null", .nullable = TRUE, .minimum = 0, .maximum = G_MAXFLOAT,
                .soft_maximum = 1, .title = "Warm-up target", .description = "The rate it rises to before it falls"),
  STRATA_PARAM (FLOAT, CosineDecay, warmup_steps, "0", .minimum = 0, .maximum = G_MAXFLOAT, .soft_maximum = 10000,
                .title = "Warm-up steps", .unit = "steps", .description = "In how many steps it rises"),
  STRATA_PARAM_SCHEDULE_NAME (CosineDecay, "CosineDecay"),
  { NULL },
};

/* Half a wave from @start. */
static StrataValue *
fall (CosineDecay   *self,
      StrataBuilder *b,
      StrataValue   *step,
      double         start)
{
  StrataValue *wave =
    strata_cos (b, strata_scale (b, strata_divide (b, step, strata_builder_scalar (b, self->decay_steps)), G_PI));
  StrataValue *share = strata_scale (b, strata_offset (b, wave, 1), 0.5 * (1 - self->alpha));

  return strata_scale (b, strata_offset (b, share, self->alpha), start);
}

static StrataValue *
cosine_decay_rate (StrataSchedule *schedule,
                   StrataBuilder  *b,
                   StrataValue    *step)
{
  CosineDecay *self = (CosineDecay *) schedule;
  StrataValue *decay = strata_builder_scalar (b, self->decay_steps), *warmup, *rise;

  if (isnan (self->warmup_target))
    return fall (self, b, strata_minimum (b, step, decay), self->initial_learning_rate);

  warmup = strata_builder_scalar (b, self->warmup_steps);
  step = strata_minimum (b, step, strata_add (b, decay, warmup));
  rise = strata_scale (b, strata_divide_no_nan (b, step, warmup), self->warmup_target - self->initial_learning_rate);
  return strata_where (b, strata_less (b, step, warmup), strata_offset (b, rise, self->initial_learning_rate),
                       fall (self, b, strata_subtract (b, step, warmup), self->warmup_target));
}

const StrataScheduleInfo strata_schedule_cosine_decay = {
  .object = {
    .name = "CosineDecay",
    .title = "Cosine decay",
    .description = "Falls as half a wave: slowly, then fast, then slowly",
    .formula = "initial · ((1 − α)(1 + cos(πt/steps))/2 + α)",
    .params = params,
    .instance_size = sizeof (CosineDecay),
    .samples = (const char *const[]){
      "{\"initial_learning_rate\": 0.1, \"decay_steps\": 5}",
      "{\"initial_learning_rate\": 0.1, \"decay_steps\": 5, \"alpha\": 0.2}",
      "{\"initial_learning_rate\": 0.01, \"decay_steps\": 5, \"warmup_target\": 0.1, \"warmup_steps\": 3}",
      NULL },
  },
  .rate = cosine_decay_rate,
};
