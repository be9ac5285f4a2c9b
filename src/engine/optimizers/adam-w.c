/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "optimizers/adam-params.h"

const StrataOptimizerInfo strata_optimizer_adam_w = {
  .object = {
    .name = "AdamW",
    .title = "AdamW",
    .description = "Adam with weights that decay apart from the gradient (Loshchilov and Hutter, 2017)",
    .formula = "w ← w − learning_rate · weight_decay · w, then as Adam",
    .params = strata_adam_params,
    .instance_size = sizeof (StrataAdam),
    .samples = (const char *const[]){
      "{}",
      "{\"learning_rate\": 0.1, \"weight_decay\": 0.2}",
      "{\"learning_rate\": 0.1, \"amsgrad\": true, \"beta_1\": 0.5, \"beta_2\": 0.9}",
      "{\"learning_rate\": 0.1, \"weight_decay\": null, \"global_clipnorm\": 0.5}",
      NULL },
  },
  .default_decay = "0.004",
  .slots = strata_adam_slots,
  .update = strata_adam_update,
};
