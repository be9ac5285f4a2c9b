/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StrataDType:
 *
 * Element types. float32 computes; the integers index; bool is a byte of 0 or
 * 1; float16, bfloat16 and float64 only store; string holds UTF-8 pointers.
 */
typedef enum
{
  STRATA_FLOAT32,
  STRATA_INT32,
  STRATA_INT64,
  STRATA_UINT8,
  STRATA_BOOL,
  STRATA_FLOAT16,
  STRATA_BFLOAT16,
  STRATA_FLOAT64,
  STRATA_STRING,
} StrataDType;

#define STRATA_N_DTYPES (STRATA_STRING + 1)

const char *strata_dtype_get_name  (StrataDType self);
gsize       strata_dtype_get_size  (StrataDType self);
gboolean    strata_dtype_is_float  (StrataDType self);
gboolean    strata_dtype_from_name (const char *name, StrataDType *dtype, GError **error);

G_END_DECLS
