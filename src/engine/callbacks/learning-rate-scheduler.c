/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "callbacks/rates.h"

typedef struct
{
  StrataCallback parent;
  StrataSchedule *schedule;
  gint64 verbose;
} LearningRateScheduler;

static const StrataParam params[] = {
  STRATA_PARAM (OBJECT, LearningRateScheduler, schedule, NULL, .kind = STRATA_KIND_SCHEDULE, .title = "Schedule",
                .description = "The learning rate of each epoch; its steps are epochs"),
  STRATA_PARAM (INT, LearningRateScheduler, verbose, "0", .minimum = 0, .maximum = 2, .title = "Verbose",
                .description = "Whether Keras reports the rate; Strata shows it anyway"),
  { NULL },
};

static gboolean
scheduler_epoch_begin (StrataCallback  *callback,
                       StrataModel     *model,
                       gint64           epoch,
                       GError         **error)
{
  LearningRateScheduler *self = (LearningRateScheduler *) callback;
  g_autoptr (StrataBuilder) b = strata_builder_new_eager (0);
  StrataValue *rate = strata_schedule_rate (self->schedule, b, strata_builder_scalar (b, epoch));
  StrataOptimizer *optimizer = strata_model_get_optimizer (model);

  if (!strata_builder_take_error (b, error))
    return FALSE;
  for (guint i = 0; i < strata_rates_count (optimizer); i++)
    if (!strata_optimizer_set_rate (strata_rates_get (optimizer, i), strata_tensor_get_number (rate->tensor, 0), error))
      return FALSE;
  return TRUE;
}

static gboolean
scheduler_epoch_end (StrataCallback  *callback,
                     StrataModel     *model,
                     gint64           epoch,
                     StrataLogs      *logs,
                     GError         **error)
{
  strata_rates_tell (strata_model_get_optimizer (model), logs);
  return TRUE;
}

const StrataCallbackInfo strata_callback_learning_rate_scheduler = {
  .object = {
    .name = "LearningRateScheduler",
    .title = "Schedule the rate",
    .description = "Sets the learning rate at the start of each epoch",
    .params = params,
    .instance_size = sizeof (LearningRateScheduler),
    .samples = (const char *const[]){
      "{\"schedule\": 0.05}",
      "{\"schedule\": {\"class_name\": \"ExponentialDecay\", \"config\": {\"initial_learning_rate\": 0.1, "
      "\"decay_steps\": 1, \"decay_rate\": 0.5}}}",
      NULL },
  },
  .epoch_begin = scheduler_epoch_begin,
  .epoch_end = scheduler_epoch_end,
};
