/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "charts/series.h"
#include "document/run.h"

G_BEGIN_DECLS

/**
 * StrataRunCurve:
 * @log: what is measured, without "val_"
 * @batches: within epochs, by batch
 * @training: by epoch
 * @validation: of held-out samples, by epoch
 *
 * The lines of a run in one chart.
 */
typedef struct
{
  char *log;
  StrataSeries *batches, *training, *validation;

  /*< private >*/
  guint n_batches, n_training, n_validation;
  double epoch, mean;
} StrataRunCurve;

#define STRATA_TYPE_RUN_CURVES (strata_run_curves_get_type ())
G_DECLARE_FINAL_TYPE (StrataRunCurves, strata_run_curves, STRATA, RUN_CURVES, GObject)

/* Signals: curve-added (curve). */
StrataRunCurves *strata_run_curves_new         (StrataRun *run) G_GNUC_WARN_UNUSED_RESULT;
StrataRun       *strata_run_curves_get_run     (StrataRunCurves *self);
guint            strata_run_curves_get_color   (StrataRunCurves *self);
guint            strata_run_curves_get_n       (StrataRunCurves *self);
StrataRunCurve  *strata_run_curves_get         (StrataRunCurves *self, guint i);
StrataRunCurve  *strata_run_curves_find        (StrataRunCurves *self, const char *log);
void             strata_run_curves_update      (StrataRunCurves *self);
gboolean         strata_run_curves_get_visible (StrataRunCurves *self);
void             strata_run_curves_set_visible (StrataRunCurves *self, gboolean visible);
void             strata_run_curves_set_alone   (StrataRunCurves *self, gboolean alone);

G_END_DECLS
