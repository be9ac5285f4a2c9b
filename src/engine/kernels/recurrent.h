/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Most samples of a step: few, so that a usual batch is enough for several cores. */
#define STRATA_RECURRENT_ROWS 8

/**
 * StrataLstmStep:
 * @kernel: the recurrent kernel, packed for so many gates
 * @given: what the input adds to the gates i, f, g and o; may be @gates
 * @gates: what comes out of the gates
 *
 * A step of @rows samples, whose rows are dense, as all are here.
 */
typedef struct
{
  gint64 rows, units;
  const float *kernel;
  const float *given;
  const float *h_before, *c_before;
  float *gates, *c, *h;
} StrataLstmStep;

/**
 * StrataLstmBackward:
 * @kernel: the recurrent kernel, packed to go backward
 * @dgates_after: gradients of what went into the gates of the step after, or %NULL
 * @dstates: what comes to h from outside
 * @dh: (nullable): what else comes to h, and then all that does
 * @dc: the gradient of c, and then that of the c before
 * @dgates: gradients of what went into the gates; may be @gates
 */
typedef struct
{
  gint64 rows, units;
  const float *kernel;
  const float *dgates_after;
  const float *gates, *c_before, *c;
  const float *dstates;
  float *dh, *dc, *dgates;
} StrataLstmBackward;

/**
 * StrataGruStep:
 * @kernel: the recurrent kernel, packed for so many gates
 * @given: what the input adds to the gates z, r and h
 * @bias: added to what the state adds
 * @gates: z, r, the candidate, and the state's part of it
 */
typedef struct
{
  gint64 rows, units;
  const float *kernel;
  const float *given, *bias;
  const float *h_before;
  float *gates, *h;
} StrataGruStep;

/**
 * StrataGruBackward:
 * @kernel: the recurrent kernel, packed to go backward
 * @dkept_after: @dkept of the step after, or %NULL
 * @dstates: what comes to h from outside
 * @dh: what else comes to h, and then what goes straight to the h before
 * @dpassed: (nullable): all that comes to h
 * @dgiven: gradients of what the input adds
 * @dkept: gradients of what the state adds
 */
typedef struct
{
  gint64 rows, units;
  const float *kernel;
  const float *dkept_after;
  const float *gates, *h_before;
  const float *dstates;
  float *dh, *dpassed, *dgiven, *dkept;
} StrataGruBackward;

/**
 * StrataRecurrentKernel:
 * @pack: puts the kernel of @n_gates gates in the order in which steps read it
 * @pack_back: the same for steps backward
 *
 * Steps of recurrent layers. The state is multiplied by the kernel and what
 * comes out goes through the gates while it is in the nearest cache. Samples do
 * not see each other, and each number is summed in the same order whatever the
 * number of rows.
 */
typedef struct
{
  void (*pack)          (gint64 units, int n_gates, const float *kernel, float *packed);
  void (*pack_back)     (gint64 units, int n_gates, const float *kernel, float *packed);
  void (*lstm)          (const StrataLstmStep *step);
  void (*lstm_backward) (const StrataLstmBackward *step);
  void (*gru)           (const StrataGruStep *step);
  void (*gru_backward)  (const StrataGruBackward *step);
} StrataRecurrentKernel;

const StrataRecurrentKernel *strata_recurrent_get_kernel      (void);
gsize                        strata_recurrent_get_packed_size (gint64 units, int n_gates);

G_END_DECLS
