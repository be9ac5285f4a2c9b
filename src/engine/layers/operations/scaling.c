/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"

#include <float.h>

#include "base/json.h"
#include "ops/constants.h"
#include "ops/elementwise.h"
#include "ops/matmul.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

/* Images that are scaled and moved by numbers that may be computed. */

/* What a pixel counts at a distance. */
typedef StrataValue *(*Kernel) (StrataBuilder *b, StrataValue *x);

static StrataValue *
number (StrataBuilder *b,
        double         value)
{
  return strata_builder_scalar (b, value);
}

static StrataValue *
triangle (StrataBuilder *b,
          StrataValue   *x)
{
  return strata_relu (b, strata_subtract (b, number (b, 1), x));
}

/* ((a x + b) x + c) x + d */
static StrataValue *
polynomial (StrataBuilder *b,
            StrataValue   *x,
            const double  *factors)
{
  StrataValue *y = number (b, factors[0]);

  for (int i = 1; i < 4; i++)
    y = strata_offset (b, strata_multiply (b, y, x), factors[i]);
  return y;
}

/* Keys, "Cubic convolution interpolation for digital image processing", 1981, with a = -1/2. */
static StrataValue *
cubic (StrataBuilder *b,
       StrataValue   *x)
{
  StrataValue *near = polynomial (b, x, (double[]){ 1.5, -2.5, 0, 1 });
  StrataValue *far = polynomial (b, x, (double[]){ -0.5, 2.5, -4, 2 });

  near = strata_where (b, strata_less (b, x, number (b, 1)), near, far);
  return strata_where (b, strata_less (b, x, number (b, 2)), near, number (b, 0));
}

static StrataValue *
lanczos (StrataBuilder *b,
         StrataValue   *x,
         double         radius)
{
  StrataValue *waves = strata_multiply (b, strata_sin (b, strata_scale (b, x, G_PI)),
                                        strata_sin (b, strata_scale (b, x, G_PI / radius)));
  StrataValue *y = strata_divide_no_nan (b, strata_scale (b, waves, radius / (G_PI * G_PI)), strata_square (b, x));

  y = strata_where (b, strata_greater (b, x, number (b, 1e-3)), y, number (b, 1));
  return strata_where (b, strata_greater (b, x, number (b, radius)), number (b, 0), y);
}

static StrataValue *
lanczos3 (StrataBuilder *b,
          StrataValue   *x)
{
  return lanczos (b, x, 3);
}

static StrataValue *
lanczos5 (StrataBuilder *b,
          StrataValue   *x)
{
  return lanczos (b, x, 5);
}

static Kernel
find_kernel (const char *method)
{
  static const struct { const char *name; Kernel kernel; } methods[] = {
    { "linear", triangle }, { "bilinear", triangle }, { "trilinear", triangle }, { "triangle", triangle },
    { "cubic", cubic }, { "bicubic", cubic }, { "tricubic", cubic }, { "lanczos3", lanczos3 }, { "lanczos5", lanczos5 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (g_str_equal (methods[i].name, method))
      return methods[i].kernel;
  return NULL;
}

/* (in, out): how much each old pixel is of each new one. */
static StrataValue *
weigh (StrataOperands *self,
       Kernel          kernel,
       gint64          in,
       gint64          out,
       StrataValue    *scale,
       StrataValue    *translation)
{
  StrataBuilder *b = self->b;
  StrataValue *inverse = strata_reciprocal (b, scale), *place, *distance, *weights, *sum;

  place = strata_offset (b, strata_count_up (b, &STRATA_SHAPE (1, out)), 0.5);
  place = strata_subtract (b, strata_multiply (b, place, inverse), strata_multiply (b, translation, inverse));
  place = strata_offset (b, place, -0.5);
  distance = strata_absolute (b, strata_subtract (b, place, strata_count_up (b, &STRATA_SHAPE (in, 1))));
  if (strata_operands_flag (self, "antialias"))
    distance = strata_divide (b, distance, strata_maximum (b, inverse, number (b, 1)));
  weights = kernel (b, distance);
  sum = strata_reduce_sum (b, weights, STRATA_AXIS (0), TRUE);
  weights = strata_where (b, strata_greater (b, strata_absolute (b, sum), number (b, 1000 * FLT_EPSILON)),
                          strata_divide_no_nan (b, weights, sum), number (b, 0));
  place = strata_logical_and (b, strata_greater_equal (b, place, number (b, -0.5)),
                              strata_less_equal (b, place, number (b, in - 0.5)));
  return strata_where (b, place, weights, number (b, 0));
}

/* A list of whole numbers that the call has. */
static int
read_sizes (StrataOperands *self,
            guint           i,
            gint64         *sizes)
{
  JsonNode *node = strata_operands_find (self, i);
  g_autoptr (StrataTensor) numbers = node != NULL ? strata_operands_read_floats (node) : NULL;
  int n = numbers != NULL ? MIN (strata_tensor_get_size (numbers), STRATA_MAX_RANK + 1) : 0;

  for (int d = 0; d < MIN (n, STRATA_MAX_RANK); d++)
    sizes[d] = strata_tensor_get_number (numbers, d);
  return n;
}

static void
emit_scale_and_translate (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  StrataValue *x = strata_operands_get_float (self, 0), *scale = strata_operands_get_float (self, 2);
  StrataValue *translation = strata_operands_get_float (self, 3);
  Kernel kernel = find_kernel (strata_json_get_string (self->config, "method", ""));
  gint64 sizes[STRATA_MAX_RANK];
  int rank = x->shape.rank;
  StrataInts axes;

  if (kernel == NULL || read_sizes (self, 1, sizes) != rank || !strata_operands_ints (self, "spatial_dims", &axes) ||
      scale->shape.rank != 1 || translation->shape.rank != 1 || scale->shape.dims[0] < axes.n ||
      translation->shape.dims[0] < axes.n)
    strata_operands_fail (self,
                          "needs a method, a size for each dimension, and a scale and a translation for each that it "
                          "works along");
  for (int i = 0; i < axes.n && !strata_builder_has_failed (b); i++)
    {
      int d = axes.v[i] < 0 ? axes.v[i] + rank : axes.v[i];

      if (d < 0 || d >= rank || x->shape.dims[d] < 0 || sizes[d] < 1 || sizes[d] > G_MAXINT16)
        {
          strata_operands_fail (self, "needs dimensions whose sizes are known");
          break;
        }
      x = strata_swap_axes (b, x, d, -1);
      x = strata_matmul (b, x,
                         weigh (self, kernel, x->shape.dims[rank - 1], sizes[d], strata_slice (b, scale, 0, i, 1),
                                strata_slice (b, translation, 0, i, 1)), FALSE, FALSE);
      x = strata_swap_axes (b, x, d, -1);
    }
  strata_operands_return (self, x, STRATA_FLOAT32);
}

const StrataOperation strata_operations_scaling[] = {
  { .name = "ScaleAndTranslate", .module = "keras.src.ops.image", .python = "keras.ops.image.scale_and_translate",
    .arguments = "images,output_shape,scale,translation", .parameters = "spatial_dims,method,antialias=true",
    .emit = emit_scale_and_translate },
  { NULL },
};
