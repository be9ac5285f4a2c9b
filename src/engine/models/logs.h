/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * StrataLogs:
 *
 * Loss and metrics by name, as Keras's logs: sorted by name, `val_` ones last.
 * A metric that has several numbers, as one a class, is a list; its value is
 * their mean, which Keras shows while it trains.
 */
typedef struct _StrataLogs StrataLogs;

#define STRATA_TYPE_LOGS (strata_logs_get_type ())

GType        strata_logs_get_type  (void) G_GNUC_CONST;
StrataLogs  *strata_logs_new       (void) G_GNUC_WARN_UNUSED_RESULT;
void         strata_logs_free      (StrataLogs *self);
void         strata_logs_set       (StrataLogs *self, const char *name, double value);
void         strata_logs_set_list  (StrataLogs *self, const char *name, const float *values, guint n);
gboolean     strata_logs_get       (StrataLogs *self, const char *name, double *value);
const float *strata_logs_get_list  (StrataLogs *self, const char *name, guint *n);
guint        strata_logs_get_n     (StrataLogs *self);
const char  *strata_logs_get_entry (StrataLogs *self, guint i, double *value);
void         strata_logs_clear     (StrataLogs *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataLogs, strata_logs_free)

/**
 * StrataHistory:
 *
 * The logs of all epochs: what fit() returns.
 */
typedef struct _StrataHistory StrataHistory;

#define STRATA_TYPE_HISTORY (strata_history_get_type ())

GType          strata_history_get_type   (void) G_GNUC_CONST;
StrataHistory *strata_history_new        (void) G_GNUC_WARN_UNUSED_RESULT;
void           strata_history_free       (StrataHistory *self);
void           strata_history_append     (StrataHistory *self, gint64 epoch, StrataLogs *logs);
guint          strata_history_get_n_epochs (StrataHistory *self);
guint          strata_history_get_n_series (StrataHistory *self);
const char    *strata_history_get_name   (StrataHistory *self, guint series);
const double  *strata_history_get_values (StrataHistory *self, const char *name, guint *n);
JsonNode      *strata_history_to_json    (StrataHistory *self) G_GNUC_WARN_UNUSED_RESULT;
char          *strata_history_to_csv     (StrataHistory *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataHistory, strata_history_free)

G_END_DECLS
