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
 * StrataSlot:
 * @name: what Keras calls it, such as "momentum"
 * @group: files list the slots of group 0 weight after weight, then those of group 1, and so on
 * @wanted: whether @weight has it with these parameters, or %NULL for always
 * @spec: sets its type and shape, where they are not float32 and the weight's; or %NULL
 * @start: what its numbers are at first, or %NULL for 0
 * @copies: whether it begins as a copy of the weight
 *
 * What an optimizer remembers of each weight. A table of them ends with an entry without name.
 */
typedef struct
{
  const char *name;
  guint group;
  gboolean (*wanted) (StrataOptimizer *self, StrataVariable *weight);
  void (*spec) (StrataVariable *weight, StrataDType *dtype, StrataShape *shape);
  double (*start) (StrataOptimizer *self);
  gboolean copies;
} StrataSlot;

/**
 * StrataUpdate:
 * @variable: the weight to change
 * @slots: its slots, in the order of the table; %NULL for those it has not
 * @weight: the weight's value
 * @grad: its gradient
 * @rate: the learning rate, a scalar
 * @step: how many steps there will have been after this one, a float32 scalar: t in the papers
 *
 * One weight's share of a training step.
 */
typedef struct
{
  StrataVariable *variable;
  StrataVariable *slots[STRATA_MAX_SLOTS];
  StrataValue *weight;
  StrataValue *grad;
  StrataValue *rate;
  StrataValue *step;
} StrataUpdate;

/**
 * StrataOptimizerInfo:
 * @object: what every kind has; its parameters are its own, the common ones
 *   (learning_rate, weight_decay, clipnorm, ...) are the base's
 * @default_rate: the learning rate where none is given, as JSON (%NULL: 0.001)
 * @default_decay: the weight decay where none is given, as JSON (%NULL: none)
 * @slots: what it remembers of each weight, or %NULL
 * @build: makes variables besides the slots, which files have after them, or %NULL
 * @begin: emits what is done once a step before all weights, or %NULL
 * @decay: the weight decay of one weight, or %NULL for the parameter
 * @update: emits the new weight, and assigns the slots with strata_optimizer_assign()
 * @get_inner: for optimizers around another: the other
 * @get_parts: for several optimizers that share the weights: those
 * @apply: for both: emits a step, with strata_optimizer_apply_if() on the inner one
 * @scale_loss: what the gradients are taken of, or %NULL for the loss
 *
 * What a file in optimizers/ exports.
 */
typedef struct
{
  StrataObjectInfo object;
  const char *default_rate;
  const char *default_decay;
  const StrataSlot *slots;
  gboolean (*build) (StrataOptimizer *self, GError **error);
  void (*begin) (StrataOptimizer *self, StrataBuilder *b, StrataValue *step);
  double (*decay) (StrataOptimizer *self, StrataVariable *weight);
  StrataValue *(*update) (StrataOptimizer *self, StrataBuilder *b, const StrataUpdate *update);
  StrataOptimizer *(*get_inner) (StrataOptimizer *self);
  GPtrArray *(*get_parts) (StrataOptimizer *self);
  void (*apply) (StrataOptimizer *self, StrataBuilder *b, StrataValue *const *grads);
  StrataValue *(*scale_loss) (StrataOptimizer *self, StrataBuilder *b, StrataValue *loss);
} StrataOptimizerInfo;

struct _StrataOptimizerClass
{
  StrataObjectClass parent_class;

  const StrataSlot *slots;
  gboolean (*build) (StrataOptimizer *self, GError **error);
  void (*begin) (StrataOptimizer *self, StrataBuilder *b, StrataValue *step);
  double (*decay) (StrataOptimizer *self, StrataVariable *weight);
  StrataValue *(*update) (StrataOptimizer *self, StrataBuilder *b, const StrataUpdate *update);
  StrataOptimizer *(*get_inner) (StrataOptimizer *self);
  GPtrArray *(*get_parts) (StrataOptimizer *self);
  void (*apply) (StrataOptimizer *self, StrataBuilder *b, StrataValue *const *grads);
  StrataValue *(*scale_loss) (StrataOptimizer *self, StrataBuilder *b, StrataValue *loss);

  gpointer padding[7];
};

const char     *strata_optimizer_get_name         (StrataOptimizer *self);
gboolean        strata_optimizer_build            (StrataOptimizer *self, GPtrArray *weights, GError **error);
gboolean        strata_optimizer_is_built         (StrataOptimizer *self);
gboolean        strata_optimizer_continue         (StrataOptimizer *self, StrataOptimizer *earlier);
GPtrArray      *strata_optimizer_dup_variables    (StrataOptimizer *self) G_GNUC_WARN_UNUSED_RESULT;
StrataVariable *strata_optimizer_get_subject      (StrataOptimizer *self, StrataVariable *variable);
GPtrArray      *strata_optimizer_get_weights      (StrataOptimizer *self);
StrataOptimizer *strata_optimizer_get_inner       (StrataOptimizer *self);
GPtrArray      *strata_optimizer_get_parts        (StrataOptimizer *self);

/* Moving averages of the weights */
StrataVariable *strata_optimizer_get_average      (StrataOptimizer *self, guint i);
gboolean        strata_optimizer_set_averaged     (StrataOptimizer *self, gboolean averaged, GError **error);
void            strata_optimizer_finish           (StrataOptimizer *self);

/* A step */
StrataValue    *strata_optimizer_scale_loss       (StrataOptimizer *self, StrataBuilder *b, StrataValue *loss);
void            strata_optimizer_minimize         (StrataOptimizer *self, StrataBuilder *b, StrataValue *loss,
                                                   GPtrArray *weights);
void            strata_optimizer_apply            (StrataOptimizer *self, StrataBuilder *b, StrataValue *const *grads);

/* The learning rate */
gint64          strata_optimizer_get_iterations   (StrataOptimizer *self);
double          strata_optimizer_get_rate         (StrataOptimizer *self);
gboolean        strata_optimizer_set_rate         (StrataOptimizer *self, double rate, GError **error);
StrataSchedule *strata_optimizer_get_schedule     (StrataOptimizer *self);

/* For those who derive */
StrataVariable *strata_optimizer_add_variable     (StrataOptimizer *self, const char *name, StrataDType dtype,
                                                   double value);
void            strata_optimizer_assign           (StrataOptimizer *self, StrataBuilder *b, StrataVariable *variable,
                                                   StrataValue *value);
void            strata_optimizer_apply_if         (StrataOptimizer *self, StrataBuilder *b, StrataValue *const *grads,
                                                   StrataValue *condition);

G_END_DECLS
