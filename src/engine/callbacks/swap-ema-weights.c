/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "models/model.h"

typedef struct
{
  StrataCallback parent;
  gboolean swap_on_epoch;
} SwapEMAWeights;

static const StrataParam params[] = {
  STRATA_PARAM (BOOL, SwapEMAWeights, swap_on_epoch, "false", .title = "At each epoch",
                .description =
                  "Whether averages take the place of weights between epochs too, so that checkpoints have them"),
  { NULL },
};

static gboolean
swap_epoch_begin (StrataCallback  *callback,
                  StrataModel     *model,
                  gint64           epoch,
                  GError         **error)
{
  return strata_optimizer_set_averaged (strata_model_get_optimizer (model), FALSE, error);
}

static gboolean
swap_epoch_end (StrataCallback  *callback,
                StrataModel     *model,
                gint64           epoch,
                StrataLogs      *logs,
                GError         **error)
{
  return strata_optimizer_set_averaged (strata_model_get_optimizer (model),
                                        ((SwapEMAWeights *) callback)->swap_on_epoch, error);
}

static gboolean
swap_test_begin (StrataCallback  *callback,
                 StrataModel     *model,
                 GError         **error)
{
  return strata_optimizer_set_averaged (strata_model_get_optimizer (model), TRUE, error);
}

static gboolean
swap_test_end (StrataCallback  *callback,
               StrataModel     *model,
               GError         **error)
{
  return strata_optimizer_set_averaged (strata_model_get_optimizer (model), FALSE, error);
}

const StrataCallbackInfo strata_callback_swap_ema_weights = {
  .object = {
    .name = "SwapEMAWeights",
    .title = "Swap in averaged weights",
    .description = "Evaluates held-out samples with the moving average of the weights",
    .params = params,
    .instance_size = sizeof (SwapEMAWeights),
    .samples = (const char *const[]){ "{}", "{\"swap_on_epoch\": true}", NULL },
  },
  .epoch_begin = swap_epoch_begin,
  .epoch_end = swap_epoch_end,
  .test_begin = swap_test_begin,
  .test_end = swap_test_end,
};
