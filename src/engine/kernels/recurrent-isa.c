/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/isa.h"
#include "kernels/recurrent.h"
#include "kernels/vmath.h"

extern const StrataRecurrentKernel STRATA_ISA_NAME (strata_recurrent_kernel);

/* Rows of a tensor each. They are apart, or the same number by number, which ivdep tells the
 * compiler: there are too many of them for it to find out while running. */
#define ROW(name, start) float *restrict name = (start)
#define CONST_ROW(name, start) const float *restrict name = (start)

static void
lstm (gint64       rows,
      gint64       units,
      float       *gates,
      const float *c_before,
      float       *c,
      float       *h)
{
  for (gint64 r = 0; r < rows; r++)
    {
      ROW (i, gates + r * 4 * units);
      ROW (f, i + units);
      ROW (g, i + 2 * units);
      ROW (o, i + 3 * units);
      CONST_ROW (before, c_before + r * units);
      ROW (cell, c + r * units);
      ROW (out, h + r * units);

#pragma GCC ivdep
      for (gint64 j = 0; j < units; j++)
        {
          float in = vm_sigmoid (i[j]), forget = vm_sigmoid (f[j]), value = vm_tanh (g[j]), open = vm_sigmoid (o[j]);
          float state = forget * before[j] + in * value;

          i[j] = in;
          f[j] = forget;
          g[j] = value;
          o[j] = open;
          cell[j] = state;
          out[j] = open * vm_tanh (state);
        }
    }
}

static void
lstm_backward (gint64       rows,
               gint64       units,
               const float *gates,
               const float *c_before,
               const float *c,
               const float *dh,
               float       *dc,
               float       *dgates)
{
  for (gint64 r = 0; r < rows; r++)
    {
      CONST_ROW (i, gates + r * 4 * units);
      CONST_ROW (f, i + units);
      CONST_ROW (g, i + 2 * units);
      CONST_ROW (o, i + 3 * units);
      CONST_ROW (before, c_before + r * units);
      CONST_ROW (cell, c + r * units);
      CONST_ROW (dout, dh + r * units);
      ROW (dcell, dc + r * units);
      ROW (di, dgates + r * 4 * units);
      ROW (df, di + units);
      ROW (dg, di + 2 * units);
      ROW (dopen, di + 3 * units);

#pragma GCC ivdep
      for (gint64 j = 0; j < units; j++)
        {
          float shown = vm_tanh (cell[j]);
          float dstate = dcell[j] + dout[j] * o[j] * (1 - shown * shown);

          di[j] = dstate * g[j] * i[j] * (1 - i[j]);
          df[j] = dstate * before[j] * f[j] * (1 - f[j]);
          dg[j] = dstate * i[j] * (1 - g[j] * g[j]);
          dopen[j] = dout[j] * shown * o[j] * (1 - o[j]);
          dcell[j] = dstate * f[j];
        }
    }
}

static void
gru (gint64       rows,
     gint64       units,
     const float *given,
     const float *kept,
     const float *h_before,
     float       *gates,
     float       *h)
{
  for (gint64 r = 0; r < rows; r++)
    {
      CONST_ROW (x, given + r * 3 * units);
      CONST_ROW (s, kept + r * 3 * units);
      CONST_ROW (before, h_before + r * units);
      ROW (z, gates + r * 4 * units);
      ROW (reset, z + units);
      ROW (candidate, z + 2 * units);
      ROW (part, z + 3 * units);
      ROW (out, h + r * units);

#pragma GCC ivdep
      for (gint64 j = 0; j < units; j++)
        {
          float keep = vm_sigmoid (x[j] + s[j]), use = vm_sigmoid (x[units + j] + s[units + j]), state = s[2 * units + j];
          float value = vm_tanh (x[2 * units + j] + use * state);

          z[j] = keep;
          reset[j] = use;
          candidate[j] = value;
          part[j] = state;
          out[j] = keep * before[j] + (1 - keep) * value;
        }
    }
}

static void
gru_backward (gint64       rows,
              gint64       units,
              const float *gates,
              const float *h_before,
              float       *dh,
              float       *dgiven,
              float       *dkept)
{
  for (gint64 r = 0; r < rows; r++)
    {
      CONST_ROW (z, gates + r * 4 * units);
      CONST_ROW (reset, z + units);
      CONST_ROW (candidate, z + 2 * units);
      CONST_ROW (part, z + 3 * units);
      CONST_ROW (before, h_before + r * units);
      ROW (dout, dh + r * units);
      ROW (dx, dgiven + r * 3 * units);
      ROW (ds, dkept + r * 3 * units);

#pragma GCC ivdep
      for (gint64 j = 0; j < units; j++)
        {
          float dz = dout[j] * (before[j] - candidate[j]) * z[j] * (1 - z[j]);
          float dvalue = dout[j] * (1 - z[j]) * (1 - candidate[j] * candidate[j]);
          float dreset = dvalue * part[j] * reset[j] * (1 - reset[j]);

          dx[j] = ds[j] = dz;
          dx[units + j] = ds[units + j] = dreset;
          dx[2 * units + j] = dvalue;
          ds[2 * units + j] = dvalue * reset[j];
          dout[j] *= z[j];
        }
    }
}

const StrataRecurrentKernel STRATA_ISA_NAME (strata_recurrent_kernel) = { lstm, lstm_backward, gru, gru_backward };
