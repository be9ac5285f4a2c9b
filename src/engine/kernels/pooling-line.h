/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StrataPoolingLine:
 * @length: number of windows
 * @step: from one window's input to the next one's
 * @n_taps: number of cells of a window
 * @taps: where they are from the window's first one on
 * @apart: whether windows do not overlap, so that gradients need not be added
 *
 * Windows side by side that have the same cells.
 */
typedef struct
{
  gint64 length;
  gint64 step;
  gint64 n_channels;
  gint64 n_taps;
  const gint64 *taps;
  gboolean apart;
} StrataPoolingLine;

typedef struct
{
  void (*max)              (const StrataPoolingLine *line,
                            const float             *x,
                            float                   *y);
  void (*max_backward)     (const StrataPoolingLine *line,
                            const float             *x,
                            const float             *y,
                            const float             *dy,
                            float                   *dx);
  void (*average)          (const StrataPoolingLine *line,
                            const float             *x,
                            float                   *y);
  void (*average_backward) (const StrataPoolingLine *line,
                            const float             *dy,
                            float                   *dx);
} StrataPoolingKernel;

G_END_DECLS
