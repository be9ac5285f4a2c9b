/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/document.h"
#include "document/run.h"
#include "runner/profile.h"

G_BEGIN_DECLS

/**
 * StrataRunnerState:
 * @STRATA_RUNNER_IDLE: nothing was trained yet
 * @STRATA_RUNNER_PREPARING: builds the model and reads the data
 * @STRATA_RUNNER_RUNNING: trains
 * @STRATA_RUNNER_STOPPING: was told to stop, and will after the batch
 * @STRATA_RUNNER_FINISHED: trained to the end, or was stopped
 * @STRATA_RUNNER_FAILED: could not; see strata_runner_get_message()
 *
 * What a runner is about.
 */
typedef enum
{
  STRATA_RUNNER_IDLE,
  STRATA_RUNNER_PREPARING,
  STRATA_RUNNER_RUNNING,
  STRATA_RUNNER_STOPPING,
  STRATA_RUNNER_FINISHED,
  STRATA_RUNNER_FAILED,
} StrataRunnerState;

#define STRATA_TYPE_RUNNER (strata_runner_get_type ())
G_DECLARE_FINAL_TYPE (StrataRunner, strata_runner, STRATA, RUNNER, GObject)

/*
 * Trains a document's network in a thread of its own; everything here is called
 * in the main thread and returns at once. Properties: state, active, run.
 * Signals: updated (), at most some twenty times a second; profiled (), when it is newly known where the time goes.
 */
StrataRunner     *strata_runner_new            (StrataDocument *document) G_GNUC_WARN_UNUSED_RESULT;
StrataDocument   *strata_runner_get_document   (StrataRunner *self);
gboolean          strata_runner_start          (StrataRunner *self, GError **error);
void              strata_runner_stop           (StrataRunner *self);
StrataRunnerState strata_runner_get_state      (StrataRunner *self);
gboolean          strata_runner_is_active      (StrataRunner *self);
const char       *strata_runner_get_message    (StrataRunner *self);
StrataRun        *strata_runner_get_run        (StrataRunner *self);
void              strata_runner_set_watched    (StrataRunner *self, gboolean watched);
StrataProfile    *strata_runner_get_profile    (StrataRunner *self);

/* How far it is; epochs and batches count from 1, 0 before the first */
gint64            strata_runner_get_epoch      (StrataRunner *self);
gint64            strata_runner_get_n_epochs   (StrataRunner *self);
gint64            strata_runner_get_batch      (StrataRunner *self);
gint64            strata_runner_get_n_batches  (StrataRunner *self);
double            strata_runner_get_fraction   (StrataRunner *self);
double            strata_runner_get_seconds    (StrataRunner *self);
double            strata_runner_get_speed      (StrataRunner *self);
double            strata_runner_get_time_left  (StrataRunner *self);
gboolean          strata_runner_get_value      (StrataRunner *self, const char *series, double *value);

/* For tests: how often what is learned is kept while training goes on */
void              strata_runner_set_keep_seconds (StrataRunner *self, double seconds);

G_END_DECLS
