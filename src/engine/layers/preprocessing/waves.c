/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/preprocessing/waves.h"

#include <inttypes.h>

#include "base/error.h"
#include "layers/json-numbers.h"
#include "ops/constants.h"
#include "ops/elementwise.h"
#include "ops/fourier.h"
#include "ops/shaping.h"

/* Numbers of a window, %NULL for none; @error is set where it is no window. */
static StrataTensor *
read_window (JsonNode  *node,
             gint64     length,
             GError   **error)
{
  g_autoptr (StrataTensor) window = NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    window = strata_window_new (json_node_get_string (node), length);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    window = strata_json_to_floats (node);
  if (window != NULL && strata_tensor_get_shape (window)->rank == 1 && strata_tensor_get_size (window) == length)
    return g_steal_pointer (&window);
  strata_set_error (error, STRATA_ERROR_VALUE,
                    "window must be “hann”, “hamming”, None or %" PRId64 " numbers", length);
  return NULL;
}

gboolean
strata_waves_check_window (JsonNode  *window,
                           gint64     length,
                           GError   **error)
{
  g_autoptr (GError) own = NULL;
  g_autoptr (StrataTensor) read = read_window (window, length, &own);

  if (own == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&own));
  return FALSE;
}

/* Zeros behind, or what is too much cut off: along the last dimension. */
static StrataValue *
fit (StrataBuilder *b,
     StrataValue   *x,
     gint64         n)
{
  gint64 before[STRATA_MAX_RANK] = { 0 }, after[STRATA_MAX_RANK] = { 0 }, had;

  if (strata_builder_has_failed (b))
    return x;
  had = x->shape.dims[x->shape.rank - 1];
  if (had > n)
    return strata_slice (b, x, x->shape.rank - 1, 0, n);
  after[x->shape.rank - 1] = n - had;
  return had < n ? strata_pad (b, x, before, after, 0) : x;
}

/**
 * strata_waves_transform: (skip)
 * @n: of how many numbers along the last dimension
 */
void
strata_waves_transform (StrataBuilder  *b,
                        StrataValue    *x,
                        gint64          n,
                        StrataValue   **real,
                        StrataValue   **imag)
{
  x = fit (b, x, n);
  strata_fourier (b, x, strata_scale (b, x, 0), FALSE, real, imag);
  *real = fit (b, *real, n / 2 + 1);
  *imag = fit (b, *imag, n / 2 + 1);
}

/**
 * strata_waves_restore: (skip)
 * @n: how many numbers come out
 *
 * What is not told are the other half of the frequencies, which mirror these.
 */
StrataValue *
strata_waves_restore (StrataBuilder *b,
                      StrataValue   *real,
                      StrataValue   *imag,
                      gint64         n)
{
  gint64 half = n / 2 + 1;
  g_autoptr (StrataTensor) places = strata_constant_new (b, STRATA_INT32, &STRATA_SHAPE (n));
  g_autoptr (StrataTensor) signs = strata_constant_new (b, STRATA_FLOAT32, &STRATA_SHAPE (n));
  StrataValue *y, *rest;

  if (places == NULL || signs == NULL)
    return real;
  for (gint64 i = 0; i < n; i++)
    {
      ((gint32 *) strata_tensor_get_data (places))[i] = i < half ? i : n - i;
      /* The first, and the middle one, are real. */
      strata_tensor_get_floats (signs)[i] = i == 0 || 2 * i == n ? 0 : i < half ? 1 : -1;
    }
  real = strata_take_last (b, fit (b, real, half), strata_tensor_ref (places));
  imag = strata_multiply (b, strata_take_last (b, fit (b, imag, half), strata_tensor_ref (places)),
                          strata_builder_constant (b, g_steal_pointer (&signs)));
  strata_fourier (b, real, imag, TRUE, &y, &rest);
  return y;
}

/* The window within as many samples as a part has, or NULL. */
static StrataValue *
place_window (const StrataWaves *self,
              StrataBuilder     *b)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataTensor) window = read_window (self->window, self->length, &error);
  gint64 before = (self->fft_length - self->length) / 2, after = self->fft_length - self->length - before;

  if (error != NULL)
    strata_builder_fail (b, STRATA_ERROR_VALUE, "%s", error->message);
  if (window == NULL)
    return NULL;
  return strata_pad (b, strata_builder_constant (b, g_steal_pointer (&window)), &before, &after, 0);
}

/* Mirrors @margin samples to both sides, without those at the edges. */
static StrataValue *
mirror (StrataBuilder *b,
        StrataValue   *x,
        gint64         margin)
{
  gint64 n = x->shape.dims[x->shape.rank - 1], total = n + 2 * margin;
  StrataTensor *places;

  if (n >= 0 && margin >= n)
    {
      strata_builder_fail (b, STRATA_ERROR_SHAPE,
                           "expected more than %" PRId64 " samples, received %" PRId64, margin, n);
      return x;
    }
  if (n < 0)
    return x;
  places = strata_constant_new (b, STRATA_INT32, &STRATA_SHAPE (total));
  for (gint64 i = 0; places != NULL && i < total; i++)
    {
      gint64 at = ABS (i - margin);

      ((gint32 *) strata_tensor_get_data (places))[i] = at < n ? at : 2 * (n - 1) - at;
    }
  return strata_take_last (b, x, places);
}

/**
 * strata_waves_analyze: (skip)
 * @x: of shape (..., samples)
 * @real: (out): (..., parts, frequencies)
 */
void
strata_waves_analyze (const StrataWaves  *self,
                      StrataBuilder      *b,
                      StrataValue        *x,
                      StrataValue       **real,
                      StrataValue       **imag)
{
  StrataValue *window = place_window (self, b);

  *real = *imag = x;
  if (strata_builder_has_failed (b))
    return;
  if (x->shape.dims[x->shape.rank - 1] < 0)
    {
      StrataShape shape = x->shape;

      strata_shape_append (&shape, self->fft_length / 2 + 1);
      *real = *imag = strata_reshape (b, x, &shape);
      return;
    }
  x = self->center ? mirror (b, x, self->fft_length / 2) : x;
  x = strata_frames (b, x, self->fft_length, self->step);
  if (window != NULL)
    x = strata_multiply (b, x, window);
  strata_waves_transform (b, x, self->fft_length, real, imag);
}

/* What all windows together let through at each sample of a part, by which it is divided. */
static StrataValue *
invert_window (const StrataWaves *self,
               StrataBuilder     *b)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataTensor) window = read_window (self->window, self->length, &error);
  gint64 before = (self->fft_length - self->length) / 2, n = self->fft_length;
  g_autofree double *whole = g_new0 (double, n);
  g_autofree double *sums = g_new0 (double, n);
  StrataTensor *inverse;

  if (error != NULL)
    strata_builder_fail (b, STRATA_ERROR_VALUE, "%s", error->message);
  if (window == NULL)
    return NULL;
  inverse = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (n));
  for (gint64 i = 0; i < self->length; i++)
    whole[before + i] = strata_tensor_get_floats (window)[i];
  for (gint64 i = 0; i < n; i++)
    sums[i % self->step] += whole[i] * whole[i];
  for (gint64 i = 0; i < n; i++)
    strata_tensor_get_floats (inverse)[i] = whole[i] / sums[i % self->step];
  return strata_builder_constant (b, inverse);
}

/**
 * strata_waves_synthesize: (skip)
 * @real: of shape (..., parts, frequencies), whose parts are known
 * @length: how many samples come out, or %STRATA_NONE_INT for all
 *
 * Returns: (transfer none): (..., samples)
 */
StrataValue *
strata_waves_synthesize (const StrataWaves *self,
                         StrataBuilder     *b,
                         StrataValue       *real,
                         StrataValue       *imag,
                         gint64             length)
{
  StrataValue *window = invert_window (self, b), *y = strata_waves_restore (b, real, imag, self->fft_length);
  gint64 start = self->center ? self->fft_length / 2 : 0, total, n;

  if (window != NULL)
    y = strata_multiply (b, y, window);
  y = strata_overlap_add (b, y, self->step);
  if (strata_builder_has_failed (b))
    return y;
  total = y->shape.dims[y->shape.rank - 1];
  n = length != STRATA_NONE_INT ? length : total - 2 * start;
  n = CLAMP (n, 0, MAX (total - start, 0));
  return strata_slice (b, y, y->shape.rank - 1, MIN (start, total), n);
}
