/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define STRATA_MAX_RANK 8

/* What an absent (Python: None) integer or float parameter holds. */
#define STRATA_NONE_INT G_MININT64
#define STRATA_NONE_FLOAT ((double) __builtin_nanf (""))
#define STRATA_UNKNOWN (-1)

/**
 * StrataInts:
 * @n: how many, or -1 for none at all
 * @scalar: whether it was written as one number rather than a list
 * @v: the numbers
 *
 * A short tuple of integers, as kernel sizes, strides and axes are.
 */
typedef struct
{
  int n;
  gboolean scalar;
  gint64 v[STRATA_MAX_RANK];
} StrataInts;

#define STRATA_TYPE_INTS (strata_ints_get_type ())

GType       strata_ints_get_type (void) G_GNUC_CONST;
StrataInts *strata_ints_copy     (const StrataInts *self);
gboolean    strata_ints_equal    (const StrataInts *a, const StrataInts *b);

G_END_DECLS
