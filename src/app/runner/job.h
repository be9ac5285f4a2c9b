/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "models/model.h"
#include "runner/profile.h"

G_BEGIN_DECLS

/**
 * StrataJobPoint:
 * @name: (transfer none): interned name of a loss or metric
 * @epoch: how much was trained
 * @whole: whether it stands for the whole epoch
 */
typedef struct
{
  const char *name;
  double epoch, value;
  gboolean whole;
} StrataJobPoint;

/**
 * StrataJobReport:
 * @points: (element-type StrataJobPoint): what came since the last report
 * @epoch: from 1, or 0 before training begins
 * @seconds: since training began
 * @speed: samples a second, in this epoch
 * @profile: (nullable): where the time goes, where that is new
 * @kept: (nullable): a copy of the model, with what it has learned so far, where that is new
 * @n_broken: at the end, how many samples could not be read and had others stand for them
 * @broken: (nullable): the file of one of those
 * @done: whether the job has ended; then @error tells how
 *
 * How far a job is.
 */
typedef struct
{
  GArray *points;
  gint64 epoch, n_epochs, batch, n_batches;
  double seconds, speed;
  StrataProfile *profile;
  StrataModel *kept;
  guint n_broken;
  const char *broken;
  gboolean done;
  GError *error;
} StrataJobReport;

typedef void (*StrataJobFunc) (StrataJobReport *report, gpointer user_data);

/**
 * StrataJob:
 *
 * A training that goes on in a thread of its own and reports to the main
 * context it was begun in, as often as people can see and no oftener.
 */
typedef struct _StrataJob StrataJob;

StrataJob   *strata_job_new       (StrataModel *model, JsonNode *compile, JsonNode *fit, JsonNode *data,
                                   const char *folder) G_GNUC_WARN_UNUSED_RESULT;
void         strata_job_continue  (StrataJob *self, StrataModel *earlier);
void         strata_job_set_watched (StrataJob *self, gboolean watched);
void         strata_job_set_keep_seconds (StrataJob *self, double seconds);
void         strata_job_start     (StrataJob *self, StrataJobFunc func, gpointer user_data);
void         strata_job_cancel    (StrataJob *self);
gboolean     strata_job_was_cancelled (StrataJob *self);
void         strata_job_abandon   (StrataJob *self);
StrataModel *strata_job_get_model (StrataJob *self);

G_END_DECLS
