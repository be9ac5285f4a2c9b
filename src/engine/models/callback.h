/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/object.h"

G_BEGIN_DECLS

#define STRATA_TYPE_CALLBACK (strata_callback_get_type ())
G_DECLARE_DERIVABLE_TYPE (StrataCallback, strata_callback, STRATA, CALLBACK, StrataObject)

typedef struct _StrataModel StrataModel;
typedef struct _StrataLogs StrataLogs;

/**
 * StrataCallbackInfo:
 *
 * What a file in callbacks/ exports: functions called while a model trains,
 * each or none. @logs holds loss and metrics by name, as Keras's do, and may be
 * added to when an epoch ends; epochs and batches count from 0. Tests are those
 * on held-out samples. An error ends training.
 */
typedef struct
{
  StrataObjectInfo object;
  gboolean (*train_begin) (StrataCallback *self, StrataModel *model, GError **error);
  gboolean (*train_end) (StrataCallback *self, StrataModel *model, StrataLogs *logs, GError **error);
  gboolean (*epoch_begin) (StrataCallback *self, StrataModel *model, gint64 epoch, GError **error);
  gboolean (*epoch_end) (StrataCallback *self, StrataModel *model, gint64 epoch, StrataLogs *logs, GError **error);
  gboolean (*batch_begin) (StrataCallback *self, StrataModel *model, gint64 batch, GError **error);
  gboolean (*batch_end) (StrataCallback *self, StrataModel *model, gint64 batch, StrataLogs *logs, GError **error);
  gboolean (*test_begin) (StrataCallback *self, StrataModel *model, GError **error);
  gboolean (*test_end) (StrataCallback *self, StrataModel *model, GError **error);
} StrataCallbackInfo;

struct _StrataCallbackClass
{
  StrataObjectClass parent_class;

  gboolean (*train_begin) (StrataCallback *self, StrataModel *model, GError **error);
  gboolean (*train_end) (StrataCallback *self, StrataModel *model, StrataLogs *logs, GError **error);
  gboolean (*epoch_begin) (StrataCallback *self, StrataModel *model, gint64 epoch, GError **error);
  gboolean (*epoch_end) (StrataCallback *self, StrataModel *model, gint64 epoch, StrataLogs *logs, GError **error);
  gboolean (*batch_begin) (StrataCallback *self, StrataModel *model, gint64 batch, GError **error);
  gboolean (*batch_end) (StrataCallback *self, StrataModel *model, gint64 batch, StrataLogs *logs, GError **error);
  gboolean (*test_begin) (StrataCallback *self, StrataModel *model, GError **error);
  gboolean (*test_end) (StrataCallback *self, StrataModel *model, GError **error);

  gpointer padding[8];
};

G_END_DECLS
