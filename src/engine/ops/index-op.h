/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <math.h>

#include "ops/indexing.h"

G_BEGIN_DECLS

/* Number @i of a tensor of indices; floats lose their fraction, as Keras casts them. */
static inline gint64
strata_index_get (StrataDType   dtype,
                  gconstpointer data,
                  gint64        i)
{
  switch (dtype)
    {
    case STRATA_INT32:
      return ((const gint32 *) data)[i];
    case STRATA_INT64:
      return ((const gint64 *) data)[i];
    case STRATA_UINT8:
    case STRATA_BOOL:
      return ((const guint8 *) data)[i];
    default:
      {
        float number = ((const float *) data)[i];

        return fabsf (number) < 1e9f ? (gint64) number : -1;
      }
    }
}

static inline gboolean
strata_index_is_dtype (StrataDType dtype)
{
  return dtype == STRATA_INT32 || dtype == STRATA_INT64 || dtype == STRATA_UINT8 || dtype == STRATA_BOOL ||
         dtype == STRATA_FLOAT32;
}

G_END_DECLS
