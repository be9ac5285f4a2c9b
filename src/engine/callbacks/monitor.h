/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "models/model.h"

G_BEGIN_DECLS

/**
 * StrataMonitor:
 * @best: the best value so far
 * @has_best: whether there is one
 * @is_max: whether more is better
 * @settled: whether that is known
 *
 * What callbacks that watch a number of the logs keep of it.
 */
typedef struct
{
  double best;
  gboolean has_best;
  gboolean is_max;
  gboolean settled;
} StrataMonitor;

#define STRATA_PARAM_MONITOR(T)                                                                                \
  STRATA_PARAM (STRING, T, monitor, "\"val_loss\"", .title = "Monitor",                                                \
                .description = "Which number of the logs is watched")
#define STRATA_PARAM_MODE(T)                                                                                   \
  STRATA_PARAM (CHOICE, T, mode, "\"auto\"", .choices = STRATA_CHOICES ("auto", "min", "max"), .title = "Mode", \
                .description = "Whether less or more is better; auto asks the metric")
#define STRATA_PARAM_VERBOSE(T)                                                                                \
  STRATA_PARAM (INT, T, verbose, "0", .minimum = 0, .maximum = 2, .title = "Verbose",                          \
                .description = "Whether Keras reports what it does; Strata shows it anyway")

gboolean strata_monitor_settle    (StrataMonitor *self, StrataCallback *callback, StrataModel *model, const char *name,
                                   const char *mode, GError **error);
gboolean strata_monitor_read      (StrataCallback *callback, StrataLogs *logs, const char *name, double *value,
                                   gboolean *found, GError **error);
gboolean strata_monitor_is_better (const StrataMonitor *self, double value, double than, double min_delta);
gboolean strata_monitor_improves  (StrataMonitor *self, double value, double min_delta);

G_END_DECLS
