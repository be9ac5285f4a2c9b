/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"

#include <inttypes.h>

#include "layers/preprocessing/waves.h"
#include "ops/elementwise.h"
#include "ops/fourier.h"
#include "ops/shaping.h"

/* Transforms between what is heard or seen and its frequencies; complex numbers are two tensors. */

static gboolean
get_pair (StrataOperands  *self,
          StrataValue    **real,
          StrataValue    **imag)
{
  StrataValue *parts[2];

  if (strata_operands_get_list (self, 0, parts, 2) != 2)
    {
      strata_operands_fail (self, "takes real and imaginary parts");
      return FALSE;
    }
  *real = strata_cast (self->b, parts[0], STRATA_FLOAT32);
  *imag = strata_cast (self->b, parts[1], STRATA_FLOAT32);
  return TRUE;
}

static gint64
get_whole (StrataOperands *self,
           const char     *name,
           gint64          fallback)
{
  gint64 n = strata_operands_param (self, name) != NULL ? strata_operands_integer (self, name) : fallback;

  if (n != STRATA_NONE_INT && (n < 1 || n > 1 << 24))
    {
      strata_operands_fail (self, "needs a whole number of 1 or more for “%s”", name);
      return 1;
    }
  return n;
}

static void
emit_fft (StrataOperands *self)
{
  gboolean inverse = self->operation->name[0] == 'I', plane = g_str_has_suffix (self->operation->name, "2");
  StrataValue *real, *imag;

  if (!get_pair (self, &real, &imag))
    return;
  strata_fourier (self->b, real, imag, inverse, &real, &imag);
  if (plane)
    {
      real = strata_swap_axes (self->b, real, -1, -2);
      imag = strata_swap_axes (self->b, imag, -1, -2);
      strata_fourier (self->b, real, imag, inverse, &real, &imag);
      real = strata_swap_axes (self->b, real, -1, -2);
      imag = strata_swap_axes (self->b, imag, -1, -2);
    }
  strata_operands_return (self, real, STRATA_FLOAT32);
  strata_operands_return (self, imag, STRATA_FLOAT32);
}

static void
emit_rfft (StrataOperands *self)
{
  StrataValue *x = strata_operands_get_float (self, 0), *real, *imag;
  gint64 had = x->shape.rank > 0 ? x->shape.dims[x->shape.rank - 1] : STRATA_UNKNOWN;

  if (had < 1)
    strata_operands_fail (self, "needs to know how many numbers there are along the last dimension");
  if (strata_builder_has_failed (self->b))
    return;
  strata_waves_transform (self->b, x, get_whole (self, "fft_length", had), &real, &imag);
  strata_operands_return (self, real, STRATA_FLOAT32);
  strata_operands_return (self, imag, STRATA_FLOAT32);
}

static void
emit_irfft (StrataOperands *self)
{
  StrataValue *real, *imag;
  gint64 had;

  if (!get_pair (self, &real, &imag))
    return;
  had = real->shape.rank > 0 ? real->shape.dims[real->shape.rank - 1] : STRATA_UNKNOWN;
  if (had < 2)
    strata_operands_fail (self, "needs to know how many frequencies there are, two or more");
  if (!strata_builder_has_failed (self->b))
    strata_operands_return (self,
                            strata_waves_restore (self->b, real, imag, get_whole (self, "fft_length", 2 * (had - 1))),
                            STRATA_FLOAT32);
}

static void
emit_extract_sequences (StrataOperands *self)
{
  StrataValue *x = strata_operands_get_float (self, 0);
  gint64 length = get_whole (self, "sequence_length", 1), step = get_whole (self, "sequence_stride", 1);

  if (!strata_builder_has_failed (self->b) && (x->shape.rank < 1 || x->shape.dims[x->shape.rank - 1] < 0))
    strata_operands_fail (self, "needs to know how many numbers there are along the last dimension");
  strata_operands_return (self, strata_frames (self->b, x, length, step), strata_operands_get_dtype (self));
}

static gboolean
read_waves (StrataOperands *self,
            StrataWaves    *waves)
{
  g_autoptr (GError) error = NULL;

  *waves = (StrataWaves){ get_whole (self, "sequence_length", 1), get_whole (self, "sequence_stride", 1),
                          get_whole (self, "fft_length", 1),
                          strata_operands_param (self, "window"), strata_operands_flag (self, "center") };
  if (waves->fft_length < waves->length)
    strata_operands_fail (self, "needs an fft_length that is not less than the sequence_length");
  else if (!strata_waves_check_window (waves->window, waves->length, &error))
    strata_operands_fail (self, "cannot be computed: %s", error->message);
  return !strata_builder_has_failed (self->b);
}

static void
emit_stft (StrataOperands *self)
{
  StrataValue *x = strata_operands_get_float (self, 0), *real, *imag;
  StrataWaves waves;

  if (!read_waves (self, &waves))
    return;
  strata_waves_analyze (&waves, self->b, x, &real, &imag);
  strata_operands_return (self, real, STRATA_FLOAT32);
  strata_operands_return (self, imag, STRATA_FLOAT32);
}

static void
emit_istft (StrataOperands *self)
{
  StrataValue *real, *imag;
  StrataWaves waves;

  if (!read_waves (self, &waves) || !get_pair (self, &real, &imag))
    return;
  if (real->shape.rank < 2 || real->shape.dims[real->shape.rank - 2] < 1 ||
      real->shape.dims[real->shape.rank - 1] != waves.fft_length / 2 + 1)
    strata_operands_fail (self, "needs parts whose number is known, of %" PRId64 " frequencies each",
                          waves.fft_length / 2 + 1);
  else
    strata_operands_return (self,
                            strata_waves_synthesize (&waves, self->b, real, imag,
                                                     get_whole (self, "length", STRATA_NONE_INT)), STRATA_FLOAT32);
}

#define MATH .module = "keras.src.ops.math"
#define WAVES "sequence_length,sequence_stride,fft_length"

const StrataOperation strata_operations_spectra[] = {
  { .name = "FFT", MATH, .python = "keras.ops.fft", .arguments = "x*", .emit = emit_fft },
  { .name = "FFT2", MATH, .python = "keras.ops.fft2", .arguments = "x*", .emit = emit_fft },
  { .name = "IFFT2", MATH, .python = "keras.ops.ifft2", .arguments = "x*", .emit = emit_fft },
  { .name = "RFFT", MATH, .python = "keras.ops.rfft", .parameters = "fft_length=null", .emit = emit_rfft },
  { .name = "IRFFT", MATH, .python = "keras.ops.irfft", .arguments = "x*", .parameters = "fft_length=null",
    .emit = emit_irfft },
  { .name = "ExtractSequences", MATH, .parameters = "sequence_length,sequence_stride", .emit = emit_extract_sequences },
  { .name = "STFT", MATH, .python = "keras.ops.stft", .parameters = WAVES ",window=\"hann\",center=true",
    .emit = emit_stft },
  { .name = "ISTFT", MATH, .python = "keras.ops.istft", .arguments = "x*",
    .parameters = WAVES ",length=null,window=\"hann\",center=true", .emit = emit_istft },
  { NULL },
};
