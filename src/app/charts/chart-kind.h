/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "charts/scale.h"

G_BEGIN_DECLS

/**
 * StrataBest:
 * @STRATA_BEST_NONE: no value is better than another
 * @STRATA_BEST_LOWEST: less is better
 * @STRATA_BEST_HIGHEST: more is better
 *
 * Which value of a series is best.
 */
typedef enum
{
  STRATA_BEST_NONE,
  STRATA_BEST_LOWEST,
  STRATA_BEST_HIGHEST,
} StrataBest;

/**
 * StrataChartKind:
 * @name: how code and files call it
 * @title: what its charts are called; %NULL to name them for what is measured
 * @description: what it says, in one sentence
 * @unit: (nullable): of the axis
 * @factor: what numbers are multiplied by to be in @unit
 * @lowest: least number there can be; -infinity if there is none
 * @highest: greatest number there can be; infinity if there is none
 * @is_mean: whether the value of an epoch is the mean of its batches' values
 * @scale: how its axis places numbers at first
 * @takes: whether it is for what Keras's logs call @log
 * @get_best: (nullable): which values of @log are best
 *
 * A kind of chart. One is a file that exports
 * `const StrataChartKind strata_chart_<file_name>`, and a line in meson.build.
 */
typedef struct
{
  const char *name;
  const char *title;
  const char *description;
  const char *unit;
  double factor;
  double lowest, highest;
  gboolean is_mean;
  StrataScaleKind scale;
  gboolean   (*takes)    (const char *log);
  StrataBest (*get_best) (const char *log);
} StrataChartKind;

const StrataChartKind *const *strata_chart_kinds_list  (guint *n);
const StrataChartKind *strata_chart_kinds_lookup       (const char *name);
const StrataChartKind *strata_chart_kinds_find_for_log (const char *log);

StrataBest             strata_chart_kind_get_best      (const StrataChartKind *self, const char *log);
char                  *strata_chart_kind_dup_title     (const StrataChartKind *self,
                                                        const char *log) G_GNUC_WARN_UNUSED_RESULT;
char                  *strata_chart_kind_format        (const StrataChartKind *self,
                                                        double value) G_GNUC_WARN_UNUSED_RESULT;
char                  *strata_chart_log_title          (const char *log) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
