/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "callbacks/monitor.h"
#include "callbacks/rates.h"

typedef struct
{
  StrataCallback parent;
  char *monitor, *mode;
  double factor, min_delta, min_lr;
  gint64 patience, verbose, cooldown;

  StrataMonitor watch;
  gint64 wait, cooldown_counter;
} ReduceLROnPlateau;

static const StrataParam params[] = {
  STRATA_PARAM_MONITOR (ReduceLROnPlateau),
  STRATA_PARAM (FLOAT, ReduceLROnPlateau, factor, "0.1", .minimum = 0, .maximum = 0.999999, .soft_minimum = 0.1,
                .soft_maximum = 0.9,
                .title = "Factor", .description = "What the learning rate is multiplied by"),
  STRATA_PARAM (INT, ReduceLROnPlateau, patience, "10", .minimum = 0, .maximum = G_MAXINT32, .soft_maximum = 20,
                .title = "Patience",
                .unit = "epochs", .description = "After how many epochs without improvement"),
  STRATA_PARAM_VERBOSE (ReduceLROnPlateau),
  STRATA_PARAM_MODE (ReduceLROnPlateau),
  STRATA_PARAM (FLOAT, ReduceLROnPlateau, min_delta, "0.0001", .soft_maximum = 0.1, .title = "Least change",
                .description = "What is less than that is no improvement"),
  STRATA_PARAM (INT, ReduceLROnPlateau, cooldown, "0", .minimum = 0, .maximum = G_MAXINT32, .soft_maximum = 20,
                .title = "Cooldown",
                .unit = "epochs", .description = "How many epochs do not count after a reduction"),
  STRATA_PARAM (FLOAT, ReduceLROnPlateau, min_lr, "0.0", .minimum = 0, .maximum = G_MAXFLOAT, .soft_maximum = 0.001,
                .title = "Least rate", .description = "Below which the learning rate does not go"),
  { NULL },
};

static gboolean
reduce_train_begin (StrataCallback  *callback,
                    StrataModel     *model,
                    GError         **error)
{
  ReduceLROnPlateau *self = (ReduceLROnPlateau *) callback;

  self->watch = (StrataMonitor){ 0 };
  self->wait = self->cooldown_counter = 0;
  return TRUE;
}

/* Of several optimizers each, as far as its rate may still go down. */
static gboolean
reduce (ReduceLROnPlateau  *self,
        StrataOptimizer    *optimizer,
        GError            **error)
{
  for (guint i = 0; i < strata_rates_count (optimizer); i++)
    {
      StrataOptimizer *part = strata_rates_get (optimizer, i);
      double rate = strata_optimizer_get_rate (part);

      if (rate <= (float) self->min_lr)
        continue;
      self->cooldown_counter = self->cooldown;
      self->wait = 0;
      if (!strata_optimizer_set_rate (part, MAX (rate * self->factor, self->min_lr), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
reduce_epoch_end (StrataCallback  *callback,
                  StrataModel     *model,
                  gint64           epoch,
                  StrataLogs      *logs,
                  GError         **error)
{
  ReduceLROnPlateau *self = (ReduceLROnPlateau *) callback;
  StrataOptimizer *optimizer = strata_model_get_optimizer (model);
  gboolean found;
  double current;

  strata_rates_tell (optimizer, logs);
  if (!strata_monitor_settle (&self->watch, callback, model, self->monitor, self->mode, error) ||
      !strata_monitor_read (callback, logs, self->monitor, &current, &found, error))
    return FALSE;
  if (!found)
    return TRUE;

  if (self->cooldown_counter > 0)
    {
      self->cooldown_counter--;
      self->wait = 0;
    }
  if (strata_monitor_improves (&self->watch, current, self->min_delta))
    self->wait = 0;
  else if (self->cooldown_counter == 0 && ++self->wait >= self->patience)
    return reduce (self, optimizer, error);
  return TRUE;
}

const StrataCallbackInfo strata_callback_reduce_lr_on_plateau = {
  .object = {
    .name = "ReduceLROnPlateau",
    .title = "Reduce the rate on a plateau",
    .description = "Makes the learning rate smaller when training no longer improves",
    .params = params,
    .instance_size = sizeof (ReduceLROnPlateau),
    .samples = (const char *const[]){
      "{\"monitor\": \"loss\", \"patience\": 1}",
      "{\"monitor\": \"loss\", \"patience\": 1, \"factor\": 0.5, \"cooldown\": 2, \"min_lr\": 0.001, "
      "\"mode\": \"min\"}",
      NULL },
  },
  .train_begin = reduce_train_begin,
  .epoch_end = reduce_epoch_end,
};
