/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/spatial.h"

#include "ops/shaping.h"

gboolean
strata_is_channels_first (const char *data_format)
{
  return g_strcmp0 (data_format, "channels_first") == 0;
}

/**
 * strata_to_channels_last: (skip)
 * @x: of shape (batch, channels, spatial...) or (batch, spatial..., channels)
 *
 * Returns: (transfer none): (batch, spatial..., channels)
 */
StrataValue *
strata_to_channels_last (StrataBuilder *b,
                         StrataValue   *x,
                         const char    *data_format)
{
  int permutation[STRATA_MAX_RANK] = { 0 }, rank = x->shape.rank;

  if (!strata_is_channels_first (data_format) || rank < 3)
    return x;
  for (int i = 1; i < rank - 1; i++)
    permutation[i] = i + 1;
  permutation[rank - 1] = 1;
  return strata_transpose (b, x, permutation);
}

/**
 * strata_from_channels_last: (skip)
 *
 * Undoes strata_to_channels_last().
 */
StrataValue *
strata_from_channels_last (StrataBuilder *b,
                           StrataValue   *x,
                           const char    *data_format)
{
  int permutation[STRATA_MAX_RANK] = { 0 }, rank = x->shape.rank;

  if (!strata_is_channels_first (data_format) || rank < 3)
    return x;
  permutation[1] = rank - 1;
  for (int i = 2; i < rank; i++)
    permutation[i] = i - 1;
  return strata_transpose (b, x, permutation);
}

int
strata_get_channel_axis (const char *data_format,
                         int         rank)
{
  return strata_is_channels_first (data_format) ? 1 : rank - 1;
}

/**
 * strata_get_spatial_axis: (skip)
 *
 * Returns: which dimension is the spatial one numbered @d
 */
int
strata_get_spatial_axis (const char *data_format,
                         int         d)
{
  return d + (strata_is_channels_first (data_format) ? 2 : 1);
}

/**
 * strata_get_same_margins: (skip)
 * @in: the input's size, or unknown
 * @before: (out): what "same" padding adds in front
 * @after: (out): what it adds behind; the larger part where it is odd
 */
void
strata_get_same_margins (gint64  in,
                         gint64  window,
                         gint64  stride,
                         gint64  dilation,
                         gint64 *before,
                         gint64 *after)
{
  gint64 out = (in + stride - 1) / stride, total = (out - 1) * stride + (window - 1) * dilation + 1 - in;

  *before = *after = 0;
  if (in == STRATA_UNKNOWN || total <= 0)
    return;
  *before = total / 2;
  *after = total - total / 2;
}
