/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/object.h"

G_BEGIN_DECLS

/* "epoch", or a number of batches: when something is done. */
typedef struct
{
  gint64 batches; /* 0 for epochs */
  gint64 seen, last;
} StrataFrequency;

gboolean strata_frequency_parse (StrataFrequency *self, const char *name, JsonNode *node, GError **error);
void     strata_frequency_begin (StrataFrequency *self);
gboolean strata_frequency_is_due (StrataFrequency *self, gint64 batch);

G_END_DECLS
