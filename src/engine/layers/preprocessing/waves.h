/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "ops/builder.h"

G_BEGIN_DECLS

/**
 * StrataWaves:
 * @length: how many samples the window lets through
 * @step: how far a part is from the next
 * @fft_length: how many samples a part has
 * @window: (nullable): "hann", "hamming" or numbers
 * @center: whether parts are around the samples that they begin with
 *
 * The short-time Fourier transform, as Keras has it on TensorFlow.
 */
typedef struct
{
  gint64 length, step, fft_length;
  JsonNode *window;
  gboolean center;
} StrataWaves;

gboolean     strata_waves_check_window (JsonNode *window, gint64 length, GError **error);
void         strata_waves_analyze      (const StrataWaves *self, StrataBuilder *b, StrataValue *x, StrataValue **real,
                                        StrataValue **imag);
StrataValue *strata_waves_synthesize   (const StrataWaves *self, StrataBuilder *b, StrataValue *real, StrataValue *imag,
                                        gint64 length);

/* Transforms of real numbers: only the frequencies from none to the highest. */
void         strata_waves_transform    (StrataBuilder *b, StrataValue *x, gint64 n, StrataValue **real,
                                        StrataValue **imag);
StrataValue *strata_waves_restore      (StrataBuilder *b, StrataValue *real, StrataValue *imag, gint64 n);

G_END_DECLS
