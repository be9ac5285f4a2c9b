/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>

#include "models/model.h"

typedef struct
{
  StrataCallback parent;
  gboolean raise_error;
} TerminateOnNaN;

static const StrataParam params[] = {
  STRATA_PARAM (BOOL, TerminateOnNaN, raise_error, "false", .title = "As an error",
                .description = "Whether training fails rather than just ends"),
  { NULL },
};

static gboolean
terminate_batch_end (StrataCallback  *callback,
                     StrataModel     *model,
                     gint64           batch,
                     StrataLogs      *logs,
                     GError         **error)
{
  double loss;

  if (!strata_logs_get (logs, "loss", &loss) || isfinite (loss))
    return TRUE;
  if (!((TerminateOnNaN *) callback)->raise_error)
    {
      strata_model_stop_training (model);
      return TRUE;
    }
  strata_set_error (error, STRATA_ERROR_DATA,
                    "The loss is no longer a number (%g) after batch %d; try a smaller learning rate", loss,
                    (int) batch + 1);
  return FALSE;
}

const StrataCallbackInfo strata_callback_terminate_on_nan = {
  .object = {
    .name = "TerminateOnNaN",
    .title = "End on NaN",
    .description = "Ends training when the loss is no longer a number",
    .params = params,
    .instance_size = sizeof (TerminateOnNaN),
    .samples = (const char *const[]){ "{}", "{\"raise_error\": true}", NULL },
  },
  .batch_end = terminate_batch_end,
};
