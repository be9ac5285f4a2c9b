/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/json.h"
#include "models/model-private.h"

#include <math.h>

/* @n: (out): of how many numbers it is the mean, as a loss that is not reduced has one a sample */
static double
get_mean (StrataProgram *program,
          guint          output,
          gint64        *n)
{
  const float *values = strata_program_get_output_data (program, output);
  double sum = 0;

  *n = strata_shape_get_size (strata_program_get_output_shape (program, output));
  for (gint64 i = 0; i < *n; i++)
    sum += values[i];
  return sum / MAX (*n, 1);
}

/**
 * strata_loss_tracker_add: (skip)
 *
 * Adds what a pass computed. The loss of all is weighted by the samples of a batch; in losses of single
 * outputs, each batch counts the same, as Keras does not know yet how long it is when it adds those in a graph;
 * in a model that was compiled to run eagerly, it does.
 */
void
strata_loss_tracker_add (StrataLossTracker *self,
                         StrataModel       *model,
                         StrataPass        *pass)
{
  guint n = strata_model_get_objective (model)->losses->len;
  gboolean eager = strata_json_get_bool (strata_model_get_compile_config (model), "run_eagerly", FALSE);
  gint64 count;

  self->sum += get_mean (pass->program, 0, &count) * pass->n;
  self->n_samples += pass->n;
  for (guint i = 0; i < n && n > 1; i++)
    {
      double mean = get_mean (pass->program, i + 1, &count), weight = eager ? pass->n : count;

      self->output_sums[i] += mean * weight;
      self->output_weights[i] += weight;
    }
}

static void
log_value (StrataLogs *logs,
           const char *prefix,
           const char *name,
           double      value)
{
  char buffer[256];

  g_snprintf (buffer, sizeof buffer, "%s%s", prefix, name);
  strata_logs_set (logs, buffer, value);
}

static void
log_metric (StrataLogs            *logs,
            const char            *prefix,
            StrataObjectiveMetric *entry)
{
  g_autoptr (StrataTensor) values = NULL;
  char buffer[256];

  /* Means are logged after every batch: without allocating. */
  if (STRATA_METRIC_GET_CLASS (entry->metric)->result == NULL)
    {
      log_value (logs, prefix, entry->log_name, strata_metric_get_value (entry->metric));
      return;
    }
  values = strata_metric_dup_values (entry->metric);
  if (values == NULL)
    {
      log_value (logs, prefix, entry->log_name, NAN);
      return;
    }
  g_snprintf (buffer, sizeof buffer, "%s%s", prefix, entry->log_name);
  strata_logs_set_list (logs, buffer, strata_tensor_get_floats (values), strata_tensor_get_size (values));
}

/**
 * strata_loss_tracker_log: (skip)
 * @prefix: "" or "val_"
 * @all: whether to include metrics that take long to work out
 * @logs: where to put means of losses, and metrics
 */
void
strata_loss_tracker_log (const StrataLossTracker *self,
                         StrataModel             *model,
                         const char              *prefix,
                         gboolean                 all,
                         StrataLogs              *logs)
{
  StrataObjective *objective = strata_model_get_objective (model);

  log_value (logs, prefix, "loss", self->sum / self->n_samples);
  for (guint i = 0; i < objective->losses->len && objective->losses->len > 1; i++)
    log_value (logs, prefix, g_array_index (objective->losses, StrataObjectiveLoss, i).log_name,
               self->output_sums[i] / self->output_weights[i]);
  for (guint i = 0; i < objective->metrics->len; i++)
    {
      StrataObjectiveMetric *entry = &g_array_index (objective->metrics, StrataObjectiveMetric, i);

      if (all || STRATA_METRIC_GET_CLASS (entry->metric)->result == NULL)
        log_metric (logs, prefix, entry);
    }
}

gboolean
strata_model_run_evaluation (StrataModel   *self,
                             StrataSource  *x,
                             StrataSource  *y,
                             StrataSource  *sample_weight,
                             gint64         batch_size,
                             const char    *prefix,
                             StrataLogs    *logs,
                             GCancellable  *cancellable,
                             GError       **error)
{
  StrataFeed feed = { .model = self, .x = x, .y = y, .sample_weight = sample_weight };
  StrataLossTracker tracker = { 0 };
  g_autofree gint64 *indices = NULL;
  gint64 size;

  if (!strata_model_ensure_built (self, x, error) || !strata_model_ensure_objective (self, y, error) ||
      !strata_feed_check (&feed, error))
    return FALSE;

  size = strata_source_get_size (x);
  indices = g_new (gint64, size);
  for (gint64 i = 0; i < size; i++)
    indices[i] = i;

  strata_objective_reset_metrics (strata_model_get_objective (self));
  for (gint64 start = 0; start < size; start += batch_size)
    {
      StrataPass *pass;

      feed.next = indices + start;
      pass = strata_model_get_pass (self, STRATA_MODE_TEST, MIN (batch_size, size - start), &feed, error);
      if (pass == NULL || g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !strata_feed_fill (&feed, pass, indices + start, error))
        return FALSE;
      strata_program_run (pass->program, 0, 0);
      strata_loss_tracker_add (&tracker, self, pass);
    }
  strata_loss_tracker_log (&tracker, self, prefix, TRUE, logs);
  return TRUE;
}

/**
 * strata_model_evaluate:
 * @x: inputs
 * @y: (nullable): targets, where the loss or metrics compare with them
 * @sample_weight: (nullable): a weight a sample
 * @batch_size: samples a step (0: 32)
 *
 * Returns: (transfer full): the loss and metrics over all samples
 */
StrataLogs *
strata_model_evaluate (StrataModel   *self,
                       StrataSource  *x,
                       StrataSource  *y,
                       StrataSource  *sample_weight,
                       gint64         batch_size,
                       GError       **error)
{
  g_autoptr (StrataLogs) logs = strata_logs_new ();

  if (!strata_model_run_evaluation (self, x, y, sample_weight, batch_size > 0 ? batch_size : 32, "", logs, NULL, error))
    return NULL;
  return g_steal_pointer (&logs);
}
