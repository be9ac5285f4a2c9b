/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/object.h"
#include "ops/builder.h"
#include "schedules/schedule.h"

G_BEGIN_DECLS

#define STRATA_TYPE_OPTIMIZER (strata_optimizer_get_type ())
G_DECLARE_DERIVABLE_TYPE (StrataOptimizer, strata_optimizer, STRATA, OPTIMIZER, StrataObject)

#define STRATA_MAX_SLOTS 4

/**
 * StrataUpdate:
 * @optimizer: the optimizer
 * @variable: the weight to change
 * @slots: its slots, in the order of @slot_names; %NULL for unused ones
 * @weight: the weight's value
 * @grad: its gradient
 * @rate: the learning rate, a scalar
 * @step: how many steps there will have been after this one, a float32 scalar: t in the papers
 *
 * One weight's share of a training step.
 */
typedef struct
{
  StrataOptimizer *optimizer;
  StrataVariable *variable;
  StrataVariable *slots[STRATA_MAX_SLOTS];
  StrataValue *weight;
  StrataValue *grad;
  StrataValue *rate;
  StrataValue *step;
} StrataUpdate;

/**
 * StrataOptimizerInfo:
 * @object: what every kind has; its first parameters are its own, the common ones
 *   (weight_decay, clipnorm, ...) are the base's
 * @slot_names: names of the slots of each weight, %NULL-terminated
 * @uses_slot: whether a slot is there with these parameters, or %NULL for always
 * @slot_by_slot: whether files list all weights' first slots before the second
 *   ones, rather than each weight's slots together
 * @slot_start: (nullable): what a slot's numbers are at first; 0 where %NULL
 * @update: emits the new weight, and assigns the slots
 *
 * What a file in optimizers/ exports.
 */
typedef struct
{
  StrataObjectInfo object;
  double default_rate;
  const char *const *slot_names;
  gboolean (*uses_slot) (StrataOptimizer *self, guint slot);
  gboolean slot_by_slot;
  double (*slot_start) (StrataOptimizer *self, guint slot);
  StrataValue *(*update) (StrataOptimizer *self, StrataBuilder *b, const StrataUpdate *update);
} StrataOptimizerInfo;

struct _StrataOptimizerClass
{
  StrataObjectClass parent_class;

  double default_rate;
  const char *const *slot_names;
  gboolean (*uses_slot) (StrataOptimizer *self, guint slot);
  gboolean slot_by_slot;
  double (*slot_start) (StrataOptimizer *self, guint slot);
  StrataValue *(*update) (StrataOptimizer *self, StrataBuilder *b, const StrataUpdate *update);

  gpointer padding[8];
};

gboolean        strata_optimizer_build            (StrataOptimizer *self, GPtrArray *weights, GError **error);
gboolean        strata_optimizer_is_built         (StrataOptimizer *self);
void            strata_optimizer_apply            (StrataOptimizer *self, StrataBuilder *b, StrataValue *const *grads);
GPtrArray      *strata_optimizer_dup_variables    (StrataOptimizer *self) G_GNUC_WARN_UNUSED_RESULT;
gint64          strata_optimizer_get_iterations   (StrataOptimizer *self);
double          strata_optimizer_get_rate         (StrataOptimizer *self);
gboolean        strata_optimizer_set_rate         (StrataOptimizer *self, double rate, GError **error);
StrataSchedule *strata_optimizer_get_schedule     (StrataOptimizer *self);

G_END_DECLS
