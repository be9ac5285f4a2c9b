/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "graph/program.h"
#include "models/model.h"
#include "models/objective.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_MODE_TRAIN,
  STRATA_MODE_TEST,
  STRATA_MODE_PREDICT,
} StrataMode;

/**
 * StrataFeed:
 * @x: inputs
 * @y: (nullable): targets
 * @sample_weight: (nullable): weights of samples, or of the steps of each
 * @class_weight: (nullable): weights by class number, instead of these
 * @next: (nullable): numbers of the samples that go into the next pass: its shapes may follow from their texts
 *
 * What goes into a model's passes, checked on the way.
 */
typedef struct
{
  StrataModel *model;
  StrataSource *x, *y, *sample_weight;
  JsonObject *class_weight;
  const gint64 *next;
} StrataFeed;

/**
 * StrataPass:
 * @program: what runs
 * @mode: training, evaluation or prediction
 * @n: samples a run takes
 * @by_class: whether the weights are looked up by class
 * @x, @y, @weights: its inputs
 * @open: (element-type StrataNode): what has a shape that follows from texts
 * @n_classes: by output, below what number its targets must be, or 0 where any will do
 * @n_fills, @fill_seconds, @fastest_fill: how often samples were brought, and how long that took, in all and at best
 *
 * A model's program for one batch size. Outputs of training and evaluation are
 * the loss, then each output's loss where there are several.
 */
typedef struct
{
  StrataProgram *program;
  StrataMode mode;
  gint64 n;
  gboolean by_class;
  GPtrArray *x, *y, *weights; /* StrataValue */
  GPtrArray *open;
  gint64 n_classes[STRATA_MAX_RESULTS];
  guint64 n_fills;
  double fill_seconds, fastest_fill;
} StrataPass;

StrataPass *strata_pass_new  (StrataMode mode, gint64 n, const StrataFeed *feed,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
void        strata_pass_free (StrataPass *self);
gboolean    strata_pass_fits (const StrataPass *self, StrataMode mode, gint64 n, const StrataFeed *feed);
void        strata_pass_set_profiling (StrataPass *self, guint every);
void        strata_pass_profile       (StrataPass *self, StrataProfileFunc func, gpointer user_data);

StrataValue *strata_model_real_train_step (StrataModel *self, StrataBuilder *b, const StrataBatch *batch);
StrataValue *strata_model_real_test_step  (StrataModel *self, StrataBuilder *b, const StrataBatch *batch);

StrataObjective *strata_model_get_objective (StrataModel *self);
gboolean         strata_model_ensure_built  (StrataModel *self, StrataSource *x, GError **error);
gboolean         strata_model_ensure_objective (StrataModel *self, StrataSource *y, GError **error);
StrataPass      *strata_model_get_pass      (StrataModel *self, StrataMode mode, gint64 n, const StrataFeed *feed,
                                             GError **error);
guint64          strata_model_next_step     (StrataModel *self);
void             strata_model_begin_training (StrataModel *self);
gint64           strata_model_get_initial_epoch (StrataModel *self);

gboolean strata_model_run_evaluation (StrataModel *self, StrataSource *x, StrataSource *y, StrataSource *sample_weight,
                                      gint64 batch_size, const char *prefix, StrataLogs *logs,
                                      GCancellable *cancellable, GError **error);

void     strata_pass_show_texts (StrataPass *self, const StrataFeed *feed, StrataBuilder *b);
void     strata_pass_note_texts (StrataPass *self, StrataBuilder *b);
gboolean strata_pass_fits_texts (const StrataPass *self, const StrataFeed *feed);

gboolean strata_feed_check (const StrataFeed *self, GError **error);
gboolean strata_feed_fill  (const StrataFeed *self, StrataPass *pass, const gint64 *indices, GError **error);
guint    strata_feed_get_n_weights (const StrataFeed *self);

/* The running means of losses over an epoch, and the logs made of them and the metrics. */
typedef struct
{
  double sum;
  double n_samples;
  double output_sums[STRATA_MAX_RESULTS];
  double output_weights[STRATA_MAX_RESULTS];
} StrataLossTracker;

void strata_loss_tracker_add (StrataLossTracker *self, StrataModel *model, StrataPass *pass);
void strata_loss_tracker_log (const StrataLossTracker *self, StrataModel *model, const char *prefix, gboolean all,
                              StrataLogs *logs);

G_END_DECLS
