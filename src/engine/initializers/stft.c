/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "initializers/initializer.h"

#include <math.h>

typedef struct
{
  StrataInitializer parent;
  char *side, *window, *scaling;
  gboolean periodic;
} Stft;

static const StrataParam params[] = {
  STRATA_PARAM (CHOICE, Stft, side, "\"real\"", .choices = STRATA_CHOICES ("real", "imag"), .title = "Side",
                .description = "Cosines or sines"),
  STRATA_PARAM (CHOICE, Stft, window, "\"hann\"", .nullable = TRUE,
                .choices = STRATA_CHOICES ("hann", "hamming", "blackman", "bartlett", "boxcar"), .title = "Window",
                .description = "How a frame fades in and out"),
  STRATA_PARAM (BOOL, Stft, periodic, "false", .title = "Periodic",
                .description = "Whether the window is one period of a longer one"),
  STRATA_PARAM (CHOICE, Stft, scaling, "\"density\"", .nullable = TRUE,
                .choices = STRATA_CHOICES ("density", "spectrum"),
                .title = "Scaling", .description = "What the window is divided by: its length or its sum"),
  { NULL },
};

static gboolean
stft_check (StrataInitializer  *self,
            const StrataShape  *shape,
            GError            **error)
{
  if (shape->rank == 3 && shape->dims[1] == 1)
    return TRUE;
  strata_set_error (error, STRATA_ERROR_SHAPE, "STFT makes weights of shape (frame length, 1, frequencies)");
  return FALSE;
}

/* The window at @t, as SciPy's get_window() has it. */
static double
weigh (const Stft *self,
       gint64      t,
       gint64      length)
{
  double period = self->periodic ? length : length - 1, phase;

  if (self->window == NULL || period <= 0 || g_str_equal (self->window, "boxcar"))
    return 1;
  phase = 2 * G_PI * t / period;
  if (g_str_equal (self->window, "hann"))
    return 0.5 - 0.5 * cos (phase);
  if (g_str_equal (self->window, "hamming"))
    return 0.54 - 0.46 * cos (phase);
  if (g_str_equal (self->window, "blackman"))
    return 0.42 - 0.5 * cos (phase) + 0.08 * cos (2 * phase);
  return 1 - fabs (2 * t / period - 1);
}

static double
get_divisor (const Stft *self,
             gint64      length)
{
  double sum = 0, squares = 0;

  if (self->window == NULL || self->scaling == NULL)
    return 1;
  for (gint64 t = 0; t < length; t++)
    {
      double weight = weigh (self, t, length);

      sum += fabs (weight);
      squares += weight * weight;
    }
  return g_str_equal (self->scaling, "density") ? sqrt (squares) : sum;
}

static void
stft_fill (StrataInitializer *initializer,
           const StrataShape *shape,
           StrataRandom      *random,
           float             *out)
{
  Stft *self = (Stft *) initializer;
  gint64 length = shape->dims[0], n = shape->dims[2];
  double divisor = get_divisor (self, length);

  for (gint64 t = 0; t < length; t++)
    for (gint64 f = 0; f < n; f++)
      {
        double phase = n > 1 ? -2 * G_PI * t * f / (2 * (n - 1)) : 0;

        *out++ = (g_str_equal (self->side, "real") ? cos (phase) : sin (phase)) * weigh (self, t, length) / divisor;
      }
}

const StrataInitializerInfo strata_initializer_stft = {
  .object = {
    .name = "STFT",
    .aliases = (const char *const[]){ "STFTInitializer", NULL },
    .title = "Short-time Fourier transform",
    .description = "Waves of all frequencies: a convolution with them makes a spectrogram",
    .formula = "window(t) · cos(2πft / length)",
    .params = params,
    .instance_size = sizeof (Stft),
    .samples = (const char *const[]){
      "{}",
      "{\"side\": \"imag\", \"window\": \"hamming\", \"scaling\": \"spectrum\"}",
      "{\"window\": null, \"periodic\": true}",
      NULL },
  },
  .check = stft_check,
  .fill = stft_fill,
};
