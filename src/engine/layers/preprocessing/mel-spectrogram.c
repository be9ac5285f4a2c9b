/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/layer.h"

#include <inttypes.h>
#include <math.h>

#include "layers/json-numbers.h"
#include "layers/preprocessing/waves.h"
#include "ops/constants.h"
#include "ops/elementwise.h"
#include "ops/matmul.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

#define MEL_BREAK 700.0
#define MEL_QUALITY 1127.0

typedef struct
{
  StrataLayer parent;
  gint64 fft_length, sequence_stride, sequence_length, num_mel_bins;
  double sampling_rate, min_freq, max_freq, top_db, mag_exp, min_power, ref_power;
  JsonNode *window;
  gboolean power_to_db;
} MelSpectrogram;

static const StrataParam params[] = {
  STRATA_PARAM (INT, MelSpectrogram, fft_length, "2048", .minimum = 2, .maximum = 1 << 20, .soft_minimum = 64,
                .soft_maximum = 4096, .title = "Transform length",
                .description = "How many samples of the sound are looked at together", .unit = "samples"),
  STRATA_PARAM (INT, MelSpectrogram, sequence_stride, "512", .minimum = 1, .maximum = 1 << 20, .soft_minimum = 16,
                .soft_maximum = 2048, .title = "Stride",
                .description = "How far a part is from the next", .unit = "samples"),
  STRATA_PARAM (INT, MelSpectrogram, sequence_length, "null", .nullable = TRUE, .minimum = 1, .maximum = 1 << 20,
                .title = "Window length",
                .description = "How many of the samples the window lets through; none for all", .unit = "samples"),
  STRATA_PARAM (JSON, MelSpectrogram, window, "\"hann\"", .nullable = TRUE, .title = "Window",
                .description = "How the ends of a part fade: hann, hamming, numbers, or none"),
  STRATA_PARAM (FLOAT, MelSpectrogram, sampling_rate, "16000", .minimum = 1, .maximum = 1e9, .soft_minimum = 8000,
                .soft_maximum = 48000, .title = "Sampling rate",
                .description = "How many samples a second of the sound has", .unit = "hertz"),
  STRATA_PARAM (INT, MelSpectrogram, num_mel_bins, "128", .minimum = 1, .maximum = 1 << 16, .soft_minimum = 16,
                .soft_maximum = 256, .title = "Bands",
                .description = "How many bands of pitch there are, as wide as they sound to people"),
  STRATA_PARAM (FLOAT, MelSpectrogram, min_freq, "20.0", .minimum = 0, .maximum = 1e9, .title = "Lowest frequency",
                .description = "Where the first band begins", .unit = "hertz"),
  STRATA_PARAM (FLOAT, MelSpectrogram, max_freq, "null", .nullable = TRUE, .minimum = 0, .maximum = 1e9,
                .title = "Highest frequency",
                .description = "Where the last band ends; none for half of the sampling rate", .unit = "hertz"),
  STRATA_PARAM (BOOL, MelSpectrogram, power_to_db, "true", .title = "Decibels",
                .description = "Whether strengths are told as logarithms, in decibels"),
  STRATA_PARAM (FLOAT, MelSpectrogram, top_db, "80.0", .minimum = 0, .maximum = 1e6, .title = "Range",
                .description = "What is further below the loudest counts as that far", .unit = "decibels"),
  STRATA_PARAM (FLOAT, MelSpectrogram, mag_exp, "2.0", .minimum = 0, .maximum = 16, .title = "Exponent",
                .description = "1 for magnitudes, 2 for powers"),
  STRATA_PARAM (FLOAT, MelSpectrogram, min_power, "1e-10", .minimum = 0, .maximum = 1e30, .title = "Least power",
                .description = "What is weaker counts as this"),
  STRATA_PARAM (FLOAT, MelSpectrogram, ref_power, "1.0", .title = "Reference",
                .description = "The power that is zero decibels"),
  { NULL },
};

static gboolean
mel_spectrogram_configured (StrataObject  *object,
                            GError       **error)
{
  MelSpectrogram *self = (MelSpectrogram *) object;

  if (self->sequence_length == STRATA_NONE_INT)
    self->sequence_length = self->fft_length;
  if (isnan (self->max_freq) || self->max_freq == 0)
    self->max_freq = floor (self->sampling_rate / 2);
  if (self->sequence_length <= self->fft_length)
    return strata_waves_check_window (self->window, self->sequence_length, error);
  strata_set_error (error, STRATA_ERROR_VALUE,
                    "sequence_length must not be greater than fft_length, which is %" PRId64, self->fft_length);
  return FALSE;
}

static double
to_mel (double frequency)
{
  return MEL_QUALITY * log (1 + frequency / MEL_BREAK);
}

/* (frequencies, bands): bands are triangles in mel, each from the middle of the one before to that of the next. */
static StrataValue *
make_bands (MelSpectrogram *self,
            StrataBuilder  *b)
{
  gint64 n = self->fft_length / 2 + 1;
  StrataTensor *matrix = strata_constant_new (b, STRATA_FLOAT32, &STRATA_SHAPE (n, self->num_mel_bins));
  double first = to_mel (self->min_freq), width = (to_mel (self->max_freq) - first) / (self->num_mel_bins + 1);

  if (matrix == NULL)
    return strata_builder_nothing (b);
  for (gint64 i = 0; i < n; i++)
    for (gint64 k = 0; k < self->num_mel_bins; k++)
      {
        double mel = to_mel (self->sampling_rate / 2 * i / (n - 1)), lower = first + k * width;
        double weight = MAX (0, MIN (mel - lower, lower + 2 * width - mel) / width);

        strata_tensor_get_floats (matrix)[i * self->num_mel_bins + k] = i == 0 ? 0 : weight;
      }
  return strata_builder_constant (b, matrix);
}

static StrataValue *
to_decibels (MelSpectrogram *self,
             StrataBuilder  *b,
             StrataValue    *x)
{
  double factor = 10 / log (10);

  x = strata_scale (b, strata_log (b, strata_maximum (b, x, strata_builder_scalar (b, self->min_power))), factor);
  x = strata_offset (b, x, -factor * log (MAX (fabs (self->ref_power), self->min_power)));
  return strata_maximum (b, x, strata_offset (b, strata_reduce_max (b, x, STRATA_ALL_AXES, FALSE), -self->top_db));
}

static void
mel_spectrogram_call (StrataLayer   *layer,
                      StrataBuilder *b,
                      StrataCall    *call)
{
  MelSpectrogram *self = (MelSpectrogram *) layer;
  StrataWaves waves = { self->sequence_length, self->sequence_stride, self->fft_length, self->window, TRUE };
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32), *real, *imag, *power;
  StrataShape shape;

  strata_waves_analyze (&waves, b, x, &real, &imag);
  power = strata_add (b, strata_square (b, real), strata_square (b, imag));
  if (self->mag_exp != 2)
    power = strata_power (b, strata_sqrt (b, power), strata_builder_scalar (b, self->mag_exp));
  if (strata_builder_has_failed (b))
    return;
  shape = power->shape;
  power = strata_reshape (b, power,
                          &STRATA_SHAPE (strata_shape_get_span (&shape, 0, shape.rank - 1),
                                         shape.dims[shape.rank - 1]));
  power = strata_matmul (b, power, make_bands (self, b), FALSE, FALSE);
  shape.dims[shape.rank - 1] = self->num_mel_bins;
  power = strata_reshape (b, power, &shape);
  if (self->power_to_db)
    power = to_decibels (self, b, power);
  strata_call_return (call, strata_swap_axes (b, power, -1, -2));
}

const StrataLayerInfo strata_layer_mel_spectrogram = {
  .object = {
    .name = "MelSpectrogram",
    .title = "Mel spectrogram",
    .category = "Preprocessing",
    .description = "Tells how strong each pitch is in each part of a sound, in bands as people hear them",
    .formula = "y[k, t] = 10 log₁₀ Σ band[f, k] |X[t, f]|²",
    .params = params,
    .instance_size = sizeof (MelSpectrogram),
    .samples = (const char *const[]){
      "{\"fft_length\": 8, \"sequence_stride\": 4, \"num_mel_bins\": 3, \"sampling_rate\": 100}",
      "{\"fft_length\": 6, \"sequence_stride\": 2, \"sequence_length\": 4, \"num_mel_bins\": 2, \"window\": "
      "\"hamming\", \"sampling_rate\": 50, \"power_to_db\": false}",
      "{\"fft_length\": 8, \"sequence_stride\": 3, \"num_mel_bins\": 3, \"window\": null, \"mag_exp\": 1.0, "
      "\"sampling_rate\": 100, \"min_freq\": 1.0, \"power_to_db\": false}",
      NULL },
    .configured = mel_spectrogram_configured,
  },
  .min_rank = 1,
  .max_rank = 2,
  .sample_inputs = "2,20",
  .call = mel_spectrogram_call,
};
