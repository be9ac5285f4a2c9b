/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/drawing.h"

G_BEGIN_DECLS

/* What ops that draw random numbers share. */
typedef struct
{
  StrataShape shape;
  gint64 seed;
  guint64 stream;
} StrataDrawAttrs;

typedef void (*StrataDrawFill) (guint64 key, guint64 stream, gint64 start, float *out, gsize n);

gboolean     strata_draw_infer (StrataNode *node, GError **error);
void         strata_draw_run   (const StrataRun *run, StrataDrawFill fill);
StrataValue *strata_draw_emit  (StrataBuilder *b, const StrataOp *op, const StrataShape *shape, gint64 seed);

G_END_DECLS
