/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/layer.h"

#include <inttypes.h>

#include "base/json.h"
#include "layers/image/spatial.h"
#include "ops/conv.h"
#include "ops/elementwise.h"
#include "ops/shaping.h"

#define EPSILON 1e-7

typedef struct
{
  StrataLayer parent;
  char *mode, *scaling, *padding, *data_format;
  gint64 frame_length, frame_step, fft_length;
  JsonNode *window;
  gboolean periodic, expand_dims;
  StrataVariable *real, *imag;
} Spectrogram;

static const StrataParam params[] = {
  STRATA_PARAM (CHOICE, Spectrogram, mode, "\"log\"",
                .choices = STRATA_CHOICES ("log", "magnitude", "psd", "real", "imag", "angle", "stft"), .title = "Mode",
                .description = "What is told of each frequency: its strength, the logarithm or square of it, its "
                               "angle, or the real and imaginary parts"),
  STRATA_PARAM (INT, Spectrogram, frame_length, "256", .minimum = 2, .maximum = 1 << 20, .soft_minimum = 16,
                .soft_maximum = 4096, .title = "Frame length",
                .description = "How many samples of the signal are looked at together", .unit = "samples"),
  STRATA_PARAM (INT, Spectrogram, frame_step, "null", .nullable = TRUE, .minimum = 1, .maximum = 1 << 20,
                .title = "Frame step",
                .description = "How far a frame is from the next; none for half of its length", .unit = "samples"),
  STRATA_PARAM (INT, Spectrogram, fft_length, "null", .nullable = TRUE, .minimum = 2, .maximum = 1 << 20,
                .title = "Transform length",
                .description = "Twice the number of frequencies; none for the power of two that holds a frame",
                .unit = "samples"),
  STRATA_PARAM (JSON, Spectrogram, window, "\"hann\"", .nullable = TRUE, .title = "Window",
                .description = "How the ends of a frame fade; none for not at all"),
  STRATA_PARAM (BOOL, Spectrogram, periodic, "false", .title = "Periodic",
                .description = "Whether the window is one period of a wave, rather than symmetric"),
  STRATA_PARAM (CHOICE, Spectrogram, scaling, "\"density\"", .nullable = TRUE,
                .choices = STRATA_CHOICES ("density", "spectrum"), .title = "Scaling",
                .description = "What the window is divided by: the root of its squares' sum, or its sum"),
  STRATA_PARAM_PADDING (Spectrogram, "valid", "same"),
  STRATA_PARAM (BOOL, Spectrogram, expand_dims, "false", .title = "Separate channels",
                .description = "Whether channels and frequencies are dimensions of their own"),
  STRATA_PARAM_DATA_FORMAT (Spectrogram),
  { NULL },
};

static gboolean
spectrogram_configured (StrataObject  *object,
                        GError       **error)
{
  Spectrogram *self = (Spectrogram *) object;

  if (self->frame_step != STRATA_NONE_INT && self->frame_step > self->frame_length)
    strata_set_error (error, STRATA_ERROR_VALUE,
                      "frame_step must not be greater than frame_length, which is %" PRId64, self->frame_length);
  else if (self->fft_length != STRATA_NONE_INT && self->fft_length < self->frame_length)
    strata_set_error (error, STRATA_ERROR_VALUE,
                      "fft_length must not be less than frame_length, which is %" PRId64, self->frame_length);
  else
    return TRUE;
  return FALSE;
}

static gint64
get_fft_length (const Spectrogram *self)
{
  gint64 length = 1;

  if (self->fft_length != STRATA_NONE_INT)
    return self->fft_length;
  while (length < self->frame_length)
    length *= 2;
  return length;
}

/* Waves of all frequencies, faded by the window: Keras's initializer makes them. */
static StrataVariable *
add_waves (Spectrogram  *self,
           const char   *side,
           GError      **error)
{
  g_autofree char *name = g_strdup_printf ("%s_kernel", side);
  g_autoptr (JsonObject) config = json_object_new ();
  g_autoptr (StrataObject) waves = NULL;

  json_object_set_string_member (config, "side", side);
  json_object_set_boolean_member (config, "periodic", self->periodic);
  json_object_set_member (config, "window", self->window != NULL ? json_node_copy (self->window)
                          : json_node_new (JSON_NODE_NULL));
  if (self->scaling != NULL)
    json_object_set_string_member (config, "scaling", self->scaling);
  else
    json_object_set_null_member (config, "scaling");
  waves = strata_object_new (STRATA_KIND_INITIALIZER, "STFT", config, error);
  if (waves == NULL)
    return NULL;
  return strata_layer_add_weight (STRATA_LAYER (self), name,
                                  &STRATA_SHAPE (self->frame_length, 1, get_fft_length (self) / 2 + 1), waves, error);
}

static gboolean
spectrogram_build (StrataLayer       *layer,
                   const StrataSpec  *inputs,
                   guint              n_inputs,
                   GError           **error)
{
  Spectrogram *self = (Spectrogram *) layer;

  if (!g_str_equal (self->mode, "imag") && (self->real = add_waves (self, "real", error)) == NULL)
    return FALSE;
  return g_str_equal (self->mode, "real") || (self->imag = add_waves (self, "imag", error)) != NULL;
}

/* (batch × channels, time, 1) to (batch, channels, frames, frequencies) */
static StrataValue *
transform (Spectrogram       *self,
           StrataBuilder     *b,
           StrataValue       *x,
           StrataVariable    *waves,
           const StrataShape *signal)
{
  StrataConvOptions options = { .groups = 1, .dilation = { 1 },
                                .stride = { self->frame_step != STRATA_NONE_INT ? self->frame_step
                                            : self->frame_length / 2 } };
  StrataValue *y;

  if (g_str_equal (self->padding, "same") && x->shape.dims[1] >= 0)
    strata_get_same_margins (x->shape.dims[1], self->frame_length, options.stride[0], 1, &options.before[0],
                             &options.after[0]);
  y = strata_conv (b, x, strata_builder_read (b, waves), &options);
  if (strata_builder_has_failed (b))
    return y;
  return strata_reshape (b, y, &STRATA_SHAPE (signal->dims[0], signal->dims[1], y->shape.dims[1], y->shape.dims[2]));
}

/* Frequencies between the first and the last stand for two, one of them negative. */
static StrataValue *
double_inner (StrataBuilder *b,
              StrataValue   *power)
{
  gint64 n = power->shape.dims[3], one[STRATA_MAX_RANK] = { 0, 0, 0, 1 };

  if (n < 3)
    return power;
  return strata_add (b, power, strata_pad (b, strata_slice (b, power, 3, 1, n - 2), one, one, 0));
}

static StrataValue *
tell (Spectrogram       *self,
      StrataBuilder     *b,
      StrataValue       *x,
      const StrataShape *signal)
{
  StrataValue *real = self->real != NULL ? transform (self, b, x, self->real, signal) : NULL;
  StrataValue *imag = self->imag != NULL ? transform (self, b, x, self->imag, signal) : NULL, *power;
  StrataValue *least = strata_builder_scalar (b, EPSILON);

  if (real == NULL || imag == NULL)
    return real != NULL ? real : imag;
  if (g_str_equal (self->mode, "angle"))
    return strata_arctan2 (b, imag, real);
  if (g_str_equal (self->mode, "stft"))
    return strata_concatenate (b, (StrataValue *[]){ real, imag }, 2, 3);
  power = strata_add (b, strata_square (b, real), strata_square (b, imag));
  if (strata_builder_has_failed (b))
    return power;
  if (g_str_equal (self->mode, "psd"))
    return double_inner (b, power);
  power = strata_sqrt (b, strata_maximum (b, power, least));
  return g_str_equal (self->mode, "magnitude") ? power : strata_log (b, strata_maximum (b, power, least));
}

/* From (batch, channels, frames, frequencies) to what is wanted. */
static StrataValue *
arrange (Spectrogram   *self,
         StrataBuilder *b,
         StrataValue   *y)
{
  static const int orders[2][2][4] = { { { 0, 2, 1, 3 }, { 0, 2, 3, 1 } }, { { 0, 1, 3, 2 }, { 0, 1, 2, 3 } } };
  gboolean first = strata_is_channels_first (self->data_format);
  StrataShape s = y->shape;
  gint64 columns = s.dims[1] < 0 || s.dims[3] < 0 ? STRATA_UNKNOWN : s.dims[1] * s.dims[3];

  y = strata_transpose (b, y, orders[first][self->expand_dims]);
  if (self->expand_dims)
    return y;
  return strata_reshape (b, y, first ? &STRATA_SHAPE (s.dims[0], columns, s.dims[2])
                         : &STRATA_SHAPE (s.dims[0], s.dims[2], columns));
}

static void
spectrogram_call (StrataLayer   *layer,
                  StrataBuilder *b,
                  StrataCall    *call)
{
  Spectrogram *self = (Spectrogram *) layer;
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32), *y;
  StrataShape signal;

  if (!strata_is_channels_first (self->data_format))
    x = strata_transpose (b, x, (int[]){ 0, 2, 1 });
  if (strata_builder_has_failed (b))
    return;
  signal = x->shape;
  x = strata_reshape (b, x,
                      &STRATA_SHAPE (signal.dims[0] < 0 || signal.dims[1] < 0 ? STRATA_UNKNOWN
                                     : signal.dims[0] * signal.dims[1], signal.dims[2], 1));
  y = tell (self, b, x, &signal);
  if (!strata_builder_has_failed (b))
    strata_call_return (call, arrange (self, b, y));
}

const StrataLayerInfo strata_layer_stft_spectrogram = {
  .object = {
    .name = "STFTSpectrogram",
    .title = "Spectrogram",
    .category = "Preprocessing",
    .description = "Tells how strong each frequency is in each part of a sound or another signal",
    .formula = "y[t, f] = log |Σ x[t · step + n] · window[n] · exp(−2πi f n / length)|",
    .params = params,
    .instance_size = sizeof (Spectrogram),
    .samples = (const char *const[]){
      "{\"frame_length\": 4}",
      "{\"mode\": \"magnitude\", \"frame_length\": 5, \"frame_step\": 2, \"padding\": \"same\", \"expand_dims\": true}",
      "{\"mode\": \"psd\", \"frame_length\": 6, \"fft_length\": 8, \"window\": \"hamming\", \"scaling\": \"spectrum\"}",
      "{\"mode\": \"stft\", \"frame_length\": 4, \"data_format\": \"channels_first\", \"window\": null}",
      NULL },
    .configured = spectrogram_configured,
  },
  .min_rank = 3,
  .max_rank = 3,
  .sample_inputs = "2,9,9",
  .build = spectrogram_build,
  .call = spectrogram_call,
};
