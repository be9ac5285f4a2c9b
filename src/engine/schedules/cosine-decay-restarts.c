/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"
#include "schedules/common-params.h"

typedef struct
{
  StrataSchedule parent;
  double initial_learning_rate, first_decay_steps, t_mul, m_mul, alpha;
  char *name;
} CosineDecayRestarts;

static const StrataParam params[] = {
  STRATA_PARAM_INITIAL_RATE (CosineDecayRestarts),
  STRATA_PARAM_STEPS (CosineDecayRestarts, first_decay_steps, NULL, "First decay steps",
                      "After how many steps it begins again the first time"),
  STRATA_PARAM (FLOAT, CosineDecayRestarts, t_mul, "2.0", .minimum = 1, .maximum = G_MAXFLOAT, .soft_maximum = 4,
                .title = "Time factor", .description = "How many times longer each wave is than the last"),
  STRATA_PARAM (FLOAT, CosineDecayRestarts, m_mul, "1.0", .minimum = 0, .maximum = G_MAXFLOAT, .soft_maximum = 1,
                .title = "Height factor", .description = "How high each wave begins, as a share of the last"),
  STRATA_PARAM (FLOAT, CosineDecayRestarts, alpha, "0.0", .minimum = 0, .maximum = 1, .title = "Alpha",
                .description = "What share of the rate is left at the end of a wave"),
  STRATA_PARAM_SCHEDULE_NAME (CosineDecayRestarts, "SGDRDecay"),
  { NULL },
};

/* Each wave is t_mul times longer: which one is it, and how much of it is done? */
static StrataValue *
find_wave (CosineDecayRestarts  *self,
           StrataBuilder        *b,
           StrataValue          *part,
           StrataValue         **restart)
{
  StrataValue *one = strata_builder_scalar (b, 1), *length, *before;
  StrataValue *log = strata_log (b, strata_subtract (b, one, strata_scale (b, part, 1 - self->t_mul)));

  *restart = strata_floor (b, strata_divide (b, log, strata_log (b, strata_builder_scalar (b, self->t_mul))));
  length = strata_power (b, strata_builder_scalar (b, self->t_mul), *restart);
  before = strata_scale (b, strata_subtract (b, one, length), 1 / (1 - self->t_mul));
  return strata_divide (b, strata_subtract (b, part, before), length);
}

static StrataValue *
cosine_decay_restarts_rate (StrataSchedule *schedule,
                            StrataBuilder  *b,
                            StrataValue    *step)
{
  CosineDecayRestarts *self = (CosineDecayRestarts *) schedule;
  StrataValue *part = strata_divide (b, step, strata_builder_scalar (b, self->first_decay_steps)), *restart, *height;
  StrataValue *wave;

  if (self->t_mul == 1)
    {
      restart = strata_floor (b, part);
      part = strata_subtract (b, part, restart);
    }
  else
    part = find_wave (self, b, part, &restart);
  height = strata_scale (b, strata_power (b, strata_builder_scalar (b, self->m_mul), restart), 0.5 * (1 - self->alpha));
  wave = strata_offset (b, strata_cos (b, strata_scale (b, part, G_PI)), 1);
  return strata_scale (b, strata_offset (b, strata_multiply (b, height, wave), self->alpha),
                       self->initial_learning_rate);
}

const StrataScheduleInfo strata_schedule_cosine_decay_restarts = {
  .object = {
    .name = "CosineDecayRestarts",
    .title = "Cosine decay with restarts",
    .description = "Falls as half a wave, and begins again (Loshchilov and Hutter, 2016)",
    .formula = "waves of cosine decay, each longer by t_mul and lower by m_mul",
    .params = params,
    .instance_size = sizeof (CosineDecayRestarts),
    .samples = (const char *const[]){
      "{\"initial_learning_rate\": 0.1, \"first_decay_steps\": 3}",
      "{\"initial_learning_rate\": 0.1, \"first_decay_steps\": 2, \"t_mul\": 1.0, \"m_mul\": 0.5}",
      "{\"initial_learning_rate\": 0.1, \"first_decay_steps\": 2, \"t_mul\": 1.5, \"m_mul\": 0.8, \"alpha\": 0.1}",
      NULL },
  },
  .rate = cosine_decay_restarts_rate,
};
