/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inspector/training-params.h"

#include <glib/gi18n.h>

const StrataParam strata_compile_params[] = {
  { .name = "optimizer", .type = STRATA_PARAM_OBJECT, .kind = STRATA_KIND_OPTIMIZER, .fallback = "\"rmsprop\"",
    .title = N_("Optimizer"), .description = N_("How the weights are changed to make the loss smaller") },
  { .name = "loss", .type = STRATA_PARAM_OBJECT, .kind = STRATA_KIND_LOSS, .nullable = TRUE, .fallback = "null",
    .title = N_("Loss"), .description = N_("What training makes smaller: how wrong the outputs are") },
  { .name = "metrics", .type = STRATA_PARAM_JSON, .nullable = TRUE, .fallback = "null",
    .title = N_("Metrics"),
    .description = N_("What is measured beside the loss, such as accuracy; several are separated by commas") },
  { NULL },
};

const StrataParam strata_fit_params[] = {
  { .name = "epochs", .type = STRATA_PARAM_INT, .fallback = "1", .minimum = 1, .maximum = 1e6, .soft_minimum = 1,
    .soft_maximum = 100, .title = N_("Epochs"), .description = N_("How often all samples are seen") },
  { .name = "batch_size", .type = STRATA_PARAM_INT, .fallback = "32", .minimum = 1, .maximum = 1e6, .soft_minimum = 8,
    .soft_maximum = 512,
    .title = N_("Batch size"), .description = N_("How many samples are seen between two changes of the weights") },
  { .name = "validation_split", .type = STRATA_PARAM_FLOAT, .fallback = "0.0", .minimum = 0, .maximum = 0.99,
    .soft_maximum = 0.5,
    .title = N_("Validation split"),
    .description = N_("What share of the samples is held out, to see whether the network only learns by heart") },
  { .name = "shuffle", .type = STRATA_PARAM_BOOL, .fallback = "true",
    .title = N_("Shuffle"), .description = N_("Whether each epoch has another order") },
  { NULL },
};
