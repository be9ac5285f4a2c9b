/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/loss.h"
#include "ops/ctc-loss.h"

static StrataValue *
ctc_call (StrataLoss    *self,
          StrataBuilder *b,
          StrataValue   *y_true,
          StrataValue   *y_pred)
{
  return strata_ctc_loss (b, y_true, y_pred, NULL, 0);
}

const StrataLossInfo strata_loss_ctc = {
  .object = {
    .name = "CTC",
    .title = "Connectionist temporal classification",
    .description = "For speech and handwriting: targets are sequences of class numbers, 0 filling up, that may lie "
                   "anywhere in time",
    .formula = "−log Σ over alignments Πₜ p(class at t)",
    .instance_size = sizeof (StrataLoss),
    .samples = (const char *const[]){ "{}", "{\"reduction\": \"sum\"}", NULL },
  },
  .sparse = TRUE,
  .call = ctc_call,
};
