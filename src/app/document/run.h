/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "models/logs.h"

G_BEGIN_DECLS

/**
 * StrataRunState:
 * @STRATA_RUN_ACTIVE: goes on
 * @STRATA_RUN_FINISHED: came to its end
 * @STRATA_RUN_STOPPED: the user ended it
 * @STRATA_RUN_FAILED: an error ended it
 *
 * What became of a run.
 */
typedef enum
{
  STRATA_RUN_ACTIVE,
  STRATA_RUN_FINISHED,
  STRATA_RUN_STOPPED,
  STRATA_RUN_FAILED,
} StrataRunState;

/**
 * StrataRunPoint:
 * @epoch: how much was trained: 1.5 is the middle of the second epoch
 * @value: loss or metric
 */
typedef struct
{
  double epoch, value;
} StrataRunPoint;

#define STRATA_TYPE_RUN (strata_run_get_type ())
G_DECLARE_FINAL_TYPE (StrataRun, strata_run, STRATA, RUN, GObject)

/* Signals: changed (). Properties: name, notes, state. Only in the main thread. */
StrataRun            *strata_run_new             (guint number, JsonNode *settings) G_GNUC_WARN_UNUSED_RESULT;
guint                 strata_run_get_number      (StrataRun *self);
const char           *strata_run_get_name        (StrataRun *self);
void                  strata_run_set_name        (StrataRun *self, const char *name);
const char           *strata_run_get_notes       (StrataRun *self);
void                  strata_run_set_notes       (StrataRun *self, const char *notes);
StrataRunState        strata_run_get_state       (StrataRun *self);
const char           *strata_run_get_message     (StrataRun *self);
JsonNode             *strata_run_get_settings    (StrataRun *self);
gint64                strata_run_get_started     (StrataRun *self);
double                strata_run_get_seconds     (StrataRun *self);
guint                 strata_run_get_n_epochs    (StrataRun *self);

/* Curves, by Keras's names: "loss", "accuracy", "val_loss", ...; in order of coming */
guint                 strata_run_get_n_series    (StrataRun *self);
const char           *strata_run_get_series_name (StrataRun *self, guint i);
const StrataRunPoint *strata_run_get_epoch_points (StrataRun *self, const char *series, guint *n_points);
const StrataRunPoint *strata_run_get_batch_points (StrataRun *self, const char *series, guint *n_points);

/* For the runner */
void                  strata_run_add_batch       (StrataRun *self, const char *series, double epoch, double value);
void                  strata_run_add_epoch       (StrataRun *self, const char *series, guint epoch, double value);
void                  strata_run_update          (StrataRun *self, guint n_epochs, double seconds);
void                  strata_run_end             (StrataRun *self, StrataRunState state, const char *message);

JsonNode             *strata_run_to_json         (StrataRun *self) G_GNUC_WARN_UNUSED_RESULT;
StrataRun            *strata_run_new_from_json   (JsonNode *json) G_GNUC_WARN_UNUSED_RESULT;
gboolean              strata_run_has_overflowed  (StrataRun *self, guint *epoch);

G_END_DECLS
