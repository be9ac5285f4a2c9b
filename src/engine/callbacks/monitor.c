/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "callbacks/monitor.h"

/**
 * strata_monitor_settle: (skip)
 * @name: which number of the logs
 * @mode: "min", "max" or "auto"
 *
 * Finds out whether more is better, unless that is known.
 */
gboolean
strata_monitor_settle (StrataMonitor   *self,
                       StrataCallback  *callback,
                       StrataModel     *model,
                       const char      *name,
                       const char      *mode,
                       GError         **error)
{
  const char *known = g_str_equal (mode, "auto") ? strata_model_get_metric_mode (model, name) : mode;

  if (self->settled)
    return TRUE;
  if (known == NULL)
    {
      strata_set_error (error, STRATA_ERROR_NAME, "%s watches “%s”, which is neither the loss nor a metric of the "
                        "model; correct the name, or say by mode whether less (min) or more (max) is better",
                        strata_object_get_class_name (STRATA_OBJECT (callback)), name);
      return FALSE;
    }
  self->is_max = g_str_equal (known, "max");
  self->settled = TRUE;
  return TRUE;
}

/**
 * strata_monitor_read: (skip)
 * @name: which number of the logs
 * @value: (out): what it is
 * @found: (out): whether it is there
 *
 * Fails where @name is a list: which of its numbers should improve is not said.
 */
gboolean
strata_monitor_read (StrataCallback  *callback,
                     StrataLogs      *logs,
                     const char      *name,
                     double          *value,
                     gboolean        *found,
                     GError         **error)
{
  guint n;

  *found = strata_logs_get (logs, name, value);
  if (strata_logs_get_list (logs, name, &n) == NULL)
    return TRUE;
  strata_set_error (error, STRATA_ERROR_VALUE, "%s watches “%s”, which is a list of %u numbers; watch a single number, "
                    "such as the loss, or give the metric an average or one threshold",
                    strata_object_get_class_name (STRATA_OBJECT (callback)), name, n);
  return FALSE;
}

/**
 * strata_monitor_is_better: (skip)
 * @min_delta: how much is needed at least
 *
 * Returns: whether @value is better than @than by more than @min_delta
 */
gboolean
strata_monitor_is_better (const StrataMonitor *self,
                          double               value,
                          double               than,
                          double               min_delta)
{
  min_delta = ABS (min_delta);
  return self->is_max ? value - min_delta > than : value + min_delta < than;
}

/**
 * strata_monitor_improves: (skip)
 *
 * Returns: whether @value is the best so far, which it is then remembered as
 */
gboolean
strata_monitor_improves (StrataMonitor *self,
                         double         value,
                         double         min_delta)
{
  if (self->has_best && !strata_monitor_is_better (self, value, self->best, min_delta))
    return FALSE;
  self->best = value;
  self->has_best = TRUE;
  return TRUE;
}
