/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "models/model.h"

G_BEGIN_DECLS

/* What `train` is told on the command line. */
typedef struct
{
  char **x, **y, **validation_x, **validation_y, **callbacks;
  char **sample_weight, **validation_sample_weight;
  char *class_weight, *data;
  char *optimizer, *loss, *metrics;
  char *output, *history, *log_dir;
  double validation_split;
  gint64 epochs, batch_size, initial_epoch, seed, steps_per_epoch;
  gint64 validation_batch_size, validation_steps, validation_freq;
  gboolean no_shuffle, quiet;
} StrataTrainOptions;

gboolean strata_train_options_compile   (const StrataTrainOptions *self, StrataModel *model, GError **error);
GPtrArray *strata_train_options_dup_callbacks (const StrataTrainOptions *self,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
void     strata_train_options_clear     (StrataTrainOptions *self);

G_END_DECLS
