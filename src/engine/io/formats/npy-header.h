/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "tensor/tensor.h"

G_BEGIN_DECLS

/**
 * StrataNpyHeader:
 * @kind: NumPy's letter: f, i, u, b, U (UCS-4 text) or S (bytes of text)
 * @width: bytes an element takes in the file
 * @swapped: whether its bytes are in the other order than this machine's
 * @fortran: whether the first index runs fastest
 * @shape: the shape
 * @dtype: what it becomes here
 * @size: bytes of the header itself: where the elements begin
 *
 * What the beginning of a .npy file says.
 */
typedef struct
{
  char kind;
  gsize width;
  gboolean swapped;
  gboolean fortran;
  StrataShape shape;
  StrataDType dtype;
  gsize size;
} StrataNpyHeader;

gboolean strata_npy_header_parse  (StrataNpyHeader *self, const guint8 *data, gsize n, GError **error);
char    *strata_npy_header_format (const char *descr, const StrataShape *shape, gsize *size) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
