/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "losses/loss.h"
#include "metrics/metric.h"

G_BEGIN_DECLS

/* A loss of one output, and a metric of one output, as compile() asks for them; or a metric that is the model's own. */
typedef struct
{
  guint output;
  StrataLoss *loss;
  double weight;
  char *log_name;     /* "dense_1_loss", or NULL where there is one loss */
  StrataValue *value; /* while a pass is recorded: what it came to */
} StrataObjectiveLoss;

typedef struct
{
  guint output;
  StrataMetric *metric;
  gboolean weighted, own;
  char *log_name;
} StrataObjectiveMetric;

/**
 * StrataObjective:
 *
 * What a model is trained for: losses and metrics, output by output. What
 * "accuracy" and "crossentropy" mean is settled once shapes are known.
 */
typedef struct
{
  GArray *losses;
  GArray *metrics;
} StrataObjective;

StrataObjective *strata_objective_new  (JsonObject *config, const char *const *output_names, const StrataShape *y_pred,
                                        const StrataShape *y_true, guint n_outputs,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
void             strata_objective_free (StrataObjective *self);
gboolean         strata_objective_add_own (StrataObjective *self, GPtrArray *metrics, GError **error);
gboolean         strata_objective_needs_targets (JsonObject *config);
void             strata_objective_reset_metrics (StrataObjective *self);
void             strata_objective_forget_values (StrataObjective *self);
gboolean         strata_objective_check (JsonObject *config, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataObjective, strata_objective_free)

G_END_DECLS
