/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "optimizers/optimizer.h"

G_BEGIN_DECLS

/* An optimizer's common parameters and what it keeps once built. */
typedef struct
{
  char *name;
  StrataSchedule *learning_rate;
  double weight_decay, clipnorm, global_clipnorm, clipvalue;
  gboolean use_ema;
  double ema_momentum;
  gint64 ema_overwrite_frequency;
  double loss_scale_factor;
  gint64 gradient_accumulation_steps;

  GPtrArray *weights;      /* StrataVariable; NULL before it is built */
  GPtrArray *variables;    /* StrataVariable, as files list them */
  GHashTable *subjects;    /* of these, by the weight (StrataVariable) that each is kept for */
  StrataVariable *iterations;
  StrataVariable *rate;    /* NULL with a schedule */
  StrataVariable **averages;
  gboolean averaged;       /* whether averages and weights have changed places */
  StrataVariable **accumulators;
  StrataVariable **slots;  /* STRATA_MAX_SLOTS a weight */
  StrataValue *condition;  /* while a step is emitted: whether it counts, or NULL */
} StrataOptimizerPrivate;

StrataOptimizerPrivate *strata_optimizer_get_private   (StrataOptimizer *self);
StrataOptimizerPrivate *strata_optimizer_get_innermost (StrataOptimizer *self);
void                    strata_optimizer_count         (StrataOptimizer *self, StrataBuilder *b);

G_END_DECLS
