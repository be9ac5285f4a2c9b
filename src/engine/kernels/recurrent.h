/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StrataRecurrentKernel:
 * @lstm: one step of @rows samples: @gates holds what goes into the gates i, f,
 *   g and o and then what comes out of them
 * @lstm_backward: from the gradients of h and c those of what went into the
 *   gates, and of the c before in place of that of c; @dstates, what comes to h
 *   from outside, is added to @dh
 * @gru: one step: @given and @kept are what input and state add to z, r and h;
 *   @gates takes z, r, the candidate, and the state's part of it
 * @gru_backward: gradients of @given and @kept; @dh plus @dstates goes to
 *   @dpassed, and what of it goes straight to the h before to @dh
 *
 * The parts of recurrent layers that are no matrix products. Rows are dense.
 */
typedef struct
{
  void (*lstm)          (gint64       rows,
                         gint64       units,
                         float       *gates,
                         const float *c_before,
                         float       *c,
                         float       *h);
  void (*lstm_backward) (gint64       rows,
                         gint64       units,
                         const float *gates,
                         const float *c_before,
                         const float *c,
                         const float *dstates,
                         float       *dh,
                         float       *dc,
                         float       *dgates);
  void (*gru)           (gint64       rows,
                         gint64       units,
                         const float *given,
                         const float *kept,
                         const float *h_before,
                         float       *gates,
                         float       *h);
  void (*gru_backward)  (gint64       rows,
                         gint64       units,
                         const float *gates,
                         const float *h_before,
                         const float *dstates,
                         float       *dh,
                         float       *dpassed,
                         float       *dgiven,
                         float       *dkept);
} StrataRecurrentKernel;

const StrataRecurrentKernel *strata_recurrent_get_kernel (void);

G_END_DECLS
