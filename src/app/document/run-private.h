/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/run.h"

G_BEGIN_DECLS

typedef struct
{
  char *name;
  GArray *epochs, *batches;     /* StrataRunPoint */
} StrataRunSeries;

struct _StrataRun
{
  GObject parent_instance;

  guint number;
  char *name;
  char *notes;
  StrataRunState state;
  char *message;
  JsonNode *settings;
  gint64 started;       /* seconds since 1970 */
  double seconds;
  guint n_epochs;
  GPtrArray *series;
};

StrataRunSeries *strata_run_ensure_series (StrataRun *self, const char *name);

G_END_DECLS
