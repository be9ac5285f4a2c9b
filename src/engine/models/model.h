/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "models/callback.h"
#include "graph/program.h"
#include "layers/layer.h"
#include "losses/loss.h"
#include "metrics/metric.h"
#include "models/logs.h"
#include "models/source.h"
#include "optimizers/optimizer.h"

G_BEGIN_DECLS

#define STRATA_TYPE_MODEL (strata_model_get_type ())
G_DECLARE_DERIVABLE_TYPE (StrataModel, strata_model, STRATA, MODEL, StrataLayer)

/**
 * StrataBatch:
 * @x: inputs
 * @y: targets
 * @weights: sample weights: none, one for all outputs, or one for each
 *
 * One batch of training, as values.
 */
typedef struct
{
  StrataValue *const *x, *const *y, *const *weights;
  guint n_x, n_y, n_weights;
} StrataBatch;

/**
 * StrataModelClass:
 * @train_step: what happens with a batch in training: emits the forward pass,
 *   the loss, its gradient and the update, and returns the loss. The default
 *   calls strata_model_forward(), strata_model_compute_loss(),
 *   strata_model_minimize() and strata_model_update_metrics(); override it for
 *   training of another kind
 * @test_step: the same for evaluation, where nothing is learned
 *
 * A layer that can be trained. Derive from it and override the layer's `build`
 * and `call` for subclassed models; [class@Sequential] and [class@Functional]
 * are models that are put together.
 */
struct _StrataModelClass
{
  StrataLayerClass parent_class;

  StrataValue *(*train_step) (StrataModel *self, StrataBuilder *b, const StrataBatch *batch);
  StrataValue *(*test_step) (StrataModel *self, StrataBuilder *b, const StrataBatch *batch);

  gpointer padding[7];
};

/* What a training step is made of */
gboolean     strata_model_forward        (StrataModel *self, StrataBuilder *b, const StrataBatch *batch,
                                          gboolean training, StrataCall *call);
StrataValue *strata_model_compute_loss   (StrataModel *self, StrataBuilder *b, const StrataBatch *batch,
                                          const StrataCall *call);
void         strata_model_minimize       (StrataModel *self, StrataBuilder *b, StrataValue *loss);
void         strata_model_update_metrics (StrataModel *self, StrataBuilder *b, const StrataBatch *batch,
                                          const StrataCall *call);

/* Structure */
guint             strata_model_get_n_layers    (StrataModel *self);
StrataLayer      *strata_model_get_layer       (StrataModel *self, guint i);
StrataLayer      *strata_model_find_layer      (StrataModel *self, const char *name);
guint             strata_model_get_n_inputs    (StrataModel *self);
const char       *strata_model_get_input_name  (StrataModel *self, guint i);
const StrataSpec *strata_model_get_input_spec  (StrataModel *self, guint i);
guint             strata_model_get_n_outputs   (StrataModel *self);
const char       *strata_model_get_output_name (StrataModel *self, guint i);
const StrataSpec *strata_model_get_output_spec (StrataModel *self, guint i);

/* For those who derive: tells what get_input... and get_output... return. */
void              strata_model_set_inputs      (StrataModel *self, const char *const *names,
                                                const StrataSpec *specs, guint n);
void              strata_model_set_outputs     (StrataModel *self, const char *const *names,
                                                const StrataSpec *specs, guint n);
void              strata_model_add_metric      (StrataModel *self, StrataMetric *metric);

/* Compiling: config is what Keras calls compile_config: optimizer, loss, loss_weights,
 * metrics, weighted_metrics, ... each in any of the forms that Keras takes. */
gboolean          strata_model_compile         (StrataModel *self, JsonObject *config, GError **error);
gboolean          strata_model_compile_with    (StrataModel *self, const char *optimizer, const char *loss,
                                                const char *metrics, GError **error);
gboolean          strata_model_is_compiled     (StrataModel *self);
JsonObject       *strata_model_get_compile_config (StrataModel *self);
StrataOptimizer  *strata_model_get_optimizer   (StrataModel *self);

/**
 * StrataProgress:
 * @epoch: from 0
 * @n_epochs: how many there will be
 * @batch: batches done in this epoch
 * @n_batches: how many there are
 * @logs: loss and metrics so far in this epoch
 * @epoch_done: whether the epoch is over; then @logs has `val_` ones too
 * @seconds: since the epoch began
 *
 * How far fit() is.
 */
typedef struct
{
  gint64 epoch, n_epochs;
  gint64 batch, n_batches;
  StrataLogs *logs;
  gboolean epoch_done;
  double seconds;
} StrataProgress;

typedef void (*StrataProgressFunc) (const StrataProgress *progress, gpointer user_data);

/**
 * StrataFit:
 * @x: inputs
 * @y: (nullable): targets; %NULL for a model that was compiled without a loss or metrics that compare with them
 * @sample_weight: (nullable): a weight a sample
 * @class_weight: (nullable): weights by class number: {"0": 1.0, "1": 5.0}
 * @validation_x: (nullable): held-out inputs
 * @validation_y: (nullable): held-out targets
 * @validation_sample_weight: (nullable): their weights
 * @validation_split: share of the samples to hold out instead: the last ones
 * @batch_size: samples a step (0: 32)
 * @epochs: how often all samples are seen (0: 1)
 * @initial_epoch: where to go on
 * @shuffle: whether each epoch has another order
 * @seed: what the order and dropout are drawn from; 0 for the process's
 * @validation_freq: every how many epochs held-out samples are evaluated (0: 1)
 * @steps_per_epoch: how many batches an epoch has (0: all); each goes on in the data where the one before ended
 * @validation_batch_size: held-out samples at a time (0: @batch_size)
 * @validation_steps: how many batches of held-out samples are evaluated, the first ones (0: all)
 * @callbacks: (nullable) (element-type StrataCallback): who looks on
 * @progress: (nullable): told after each batch
 * @cancellable: (nullable): ends training after the batch; not an error
 *
 * What fit() takes. Fill with zeros first.
 */
typedef struct
{
  StrataSource *x, *y, *sample_weight;
  JsonObject *class_weight;
  StrataSource *validation_x, *validation_y, *validation_sample_weight;
  double validation_split;
  gint64 batch_size, epochs, initial_epoch;
  gboolean shuffle;
  guint64 seed;
  gint64 validation_freq, steps_per_epoch, validation_batch_size, validation_steps;
  GPtrArray *callbacks;
  StrataProgressFunc progress;
  gpointer user_data;
  GCancellable *cancellable;
} StrataFit;

StrataHistory *strata_model_fit           (StrataModel *self, const StrataFit *fit,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataLogs    *strata_model_evaluate      (StrataModel *self, StrataSource *x, StrataSource *y,
                                           StrataSource *sample_weight, gint64 batch_size,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray     *strata_model_predict       (StrataModel *self, StrataSource *x, gint64 batch_size,
                                           GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataTensor  *strata_model_predict1      (StrataModel *self, StrataTensor *x,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* For callbacks */
void           strata_model_stop_training (StrataModel *self);
gboolean       strata_model_has_stopped   (StrataModel *self);
void           strata_model_set_initial_epoch (StrataModel *self, gint64 epoch);
const char    *strata_model_get_metric_mode (StrataModel *self, const char *log_name);

/* Forgets compiled programs, after layers were frozen or changed. */
void           strata_model_invalidate    (StrataModel *self);

/* Where the time goes */
void           strata_model_set_profiling (StrataModel *self, guint every);
void           strata_model_profile       (StrataModel *self, StrataProfileFunc func, gpointer user_data);

/**
 * StrataSummaryOptions:
 * @width: how wide the terminal is; 0 for any
 * @line_length: how wide the table is; 0 for what Keras takes in such a terminal
 * @expand_nested: whether the layers of models inside are shown
 * @show_trainable: whether a column tells which layers learn
 * @positions: where columns end, as shares of the line; 0 for Keras's
 * @first_layer: (nullable): a name, or a regular expression that begins like one: the layer that the table begins with
 * @last_layer: (nullable): the same for the layer that it ends with
 *
 * How a summary is to look, as Keras's summary() is told.
 */
typedef struct
{
  int width, line_length;
  gboolean expand_nested, show_trainable;
  double positions[4];
  const char *first_layer, *last_layer;
} StrataSummaryOptions;

char          *strata_model_summary_full  (StrataModel *self, const StrataSummaryOptions *options,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
char          *strata_model_summary       (StrataModel *self, int width) G_GNUC_WARN_UNUSED_RESULT;
JsonNode      *strata_model_summary_json  (StrataModel *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
