/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"

#include <inttypes.h>
#include <math.h>

#include "base/json.h"
#include "layers/image/augment.h"
#include "ops/conv.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

/* Windows that slide over images. */

static const char *
get_format (StrataOperands *self)
{
  return strata_json_get_string (self->config, "data_format", "channels_last");
}

/* Images as (batch, ..., channels), of @rank dimensions with a batch, or one less without. */
static StrataValue *
enter (StrataOperands *self,
       guint           i,
       int             rank,
       gboolean       *single)
{
  StrataValue *x = strata_operands_get_float (self, i);

  *single = x->shape.rank == rank - 1;
  if (!strata_builder_has_failed (self->b) && x->shape.rank != rank && !*single)
    strata_operands_fail (self, "takes %d or %d dimensions", rank - 1, rank);
  if (strata_builder_has_failed (self->b))
    return NULL;
  return strata_to_channels_last (self->b, *single ? strata_expand_dims (self->b, x, 0) : x, get_format (self));
}

static void
leave (StrataOperands *self,
       StrataValue    *y,
       gboolean        single)
{
  y = strata_from_channels_last (self->b, y, get_format (self));
  strata_operands_return (self, single ? strata_squeeze (self->b, y, 0) : y, STRATA_FLOAT32);
}

/* By a convolution whose kernel sends each number of a window to a channel of its own, as Keras does. */
static void
emit_extract_patches (StrataOperands *self)
{
  StrataConvOptions options = { .groups = 1 };
  StrataInts size, strides = { 0 }, dilation = { 0 };
  gboolean same = g_ascii_strcasecmp (strata_json_get_string (self->config, "padding", "valid"), "same") == 0, single;
  StrataShape shape = { 0 };
  StrataTensor *kernel;
  StrataValue *x;
  gint64 n = 1;
  int dims;

  if (!strata_operands_ints (self, "size", &size) || (!size.scalar && (size.n < 2 || size.n > 3)))
    {
      strata_operands_fail (self, "needs a size of two or three numbers");
      return;
    }
  strata_operands_ints (self, "strides", &strides);
  strata_operands_ints (self, "dilation_rate", &dilation);
  dims = size.scalar ? 2 : size.n;
  x = enter (self, 0, dims + 2, &single);
  if (x == NULL || x->shape.dims[dims + 1] < 1)
    {
      strata_operands_fail (self, "needs to know how many channels there are");
      return;
    }
  for (int d = 0; d < dims; d++)
    {
      gint64 window = size.v[size.scalar ? 0 : d];

      options.stride[d] = strides.n == 0 ? window : strides.v[strides.scalar ? 0 : d];
      options.dilation[d] = dilation.n == 0 ? 1 : dilation.v[dilation.scalar ? 0 : d];
      if (window < 1 || window > 1024 || options.stride[d] < 1 || options.dilation[d] < 1)
        {
          strata_operands_fail (self, "needs windows, strides and dilations of 1 or more");
          return;
        }
      if (same && x->shape.dims[d + 1] >= 0)
        strata_get_same_margins (x->shape.dims[d + 1], window, options.stride[d], options.dilation[d],
                                 &options.before[d], &options.after[d]);
      strata_shape_append (&shape, window);
      n *= window;
    }
  n *= x->shape.dims[dims + 1];
  if (n > 8192)
    {
      strata_operands_fail (self, "takes windows of at most 8192 numbers");
      return;
    }
  strata_shape_append (&shape, x->shape.dims[dims + 1]);
  strata_shape_append (&shape, n);
  kernel = strata_tensor_new (STRATA_FLOAT32, &shape);
  for (gint64 i = 0; i < n * n; i++)
    strata_tensor_get_floats (kernel)[i] = i / n == i % n;
  leave (self, strata_conv (self->b, x, strata_builder_constant (self->b, kernel), &options), single);
}

static void
fill_bell (float  *bell,
           gint64  n,
           double  sigma)
{
  double sum = 0;

  for (gint64 i = 0; i < n; i++)
    sum += exp (-0.5 * pow ((i - (n - 1) / 2.0) / sigma, 2));
  for (gint64 i = 0; i < n; i++)
    bell[i] = exp (-0.5 * pow ((i - (n - 1) / 2.0) / sigma, 2)) / sum;
}

/* (n, m, 1, 1): the product of two bells; TensorFlow's backend takes it as it lies, whichever of both is longer. */
static StrataValue *
make_bells (StrataBuilder *b,
            const gint64   sizes[2],
            const double   sigmas[2])
{
  g_autofree float *across = g_new (float, sizes[0]), *down = g_new (float, sizes[1]);
  StrataTensor *kernel = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (sizes[0], sizes[1], 1, 1));

  fill_bell (across, sizes[0], sigmas[0]);
  fill_bell (down, sizes[1], sigmas[1]);
  for (gint64 i = 0; i < sizes[0] * sizes[1]; i++)
    strata_tensor_get_floats (kernel)[i] = down[i / sizes[0]] * across[i % sizes[0]];
  return strata_builder_constant (b, kernel);
}

static void
emit_gaussian_blur (StrataOperands *self)
{
  JsonNode *sigma = strata_operands_param (self, "sigma");
  g_autoptr (StrataTensor) sigmas = sigma != NULL ? strata_operands_read_floats (sigma) : NULL;
  StrataInts size;
  gboolean single;
  StrataValue *x = enter (self, 0, 4, &single);

  if (x == NULL)
    return;
  if (!strata_operands_ints (self, "kernel_size", &size) || size.n != 2 || size.v[0] < 1 || size.v[1] < 1 ||
      size.v[0] > 999 || size.v[1] > 999 ||
      sigmas == NULL || strata_tensor_get_size (sigmas) != 2)
    strata_operands_fail (self, "needs two sizes and two sigmas");
  else
    leave (self,
           strata_augment_filter (self->b, x,
                                  make_bells (self->b, size.v,
                                              (double[]){ strata_tensor_get_number (sigmas, 0),
                                                          strata_tensor_get_number (sigmas, 1) })),
           single);
}

/* Mirrors a row and a column to each side, so that edges stay what they are. */
static StrataValue *
mirror_edges (StrataBuilder *b,
              StrataValue   *x)
{
  for (int d = 1; d < 3 && !strata_builder_has_failed (b); d++)
    {
      gint64 n = x->shape.dims[d];

      x = strata_concatenate (b, (StrataValue *[]){ strata_slice (b, x, d, 1, 1), x, strata_slice (b, x, d, n - 2, 1) },
                              3, d);
    }
  return x;
}

/* Slopes down and along, as one dimension more. */
static void
emit_sobel_edges (StrataOperands *self)
{
  static const float kernels[2][9] = { { -1, -2, -1, 0, 0, 0, 1, 2, 1 }, { -1, 0, 1, -2, 0, 2, -1, 0, 1 } };
  StrataValue *x = strata_operands_get_float (self, 0), *slopes[2];
  gboolean first = strata_is_channels_first (get_format (self));

  if (!strata_builder_has_failed (self->b) && x->shape.rank != 4)
    strata_operands_fail (self, "takes batches of images: 4 dimensions");
  x = strata_to_channels_last (self->b, x, get_format (self));
  if (!strata_builder_has_failed (self->b) && (x->shape.dims[1] < 2 || x->shape.dims[2] < 2))
    strata_operands_fail (self, "needs images of a size that is known, two rows and columns or more");
  if (strata_builder_has_failed (self->b))
    return;
  for (int i = 0; i < 2; i++)
    {
      StrataConvOptions options = { .stride = { 1, 1 }, .dilation = { 1, 1 }, .groups = x->shape.dims[3] };
      StrataValue *kernel = strata_builder_constant (self->b,
                                                     strata_tensor_new_floats (&STRATA_SHAPE (3, 3, 1, 1), kernels[i]));

      kernel = strata_broadcast_to (self->b, kernel, &STRATA_SHAPE (3, 3, 1, x->shape.dims[3]));
      slopes[i] = strata_expand_dims (self->b, strata_conv (self->b, mirror_edges (self->b, x), kernel, &options), -1);
    }
  x = strata_concatenate (self->b, slopes, 2, -1);
  strata_operands_return (self, first ? strata_transpose (self->b, x, (int[]){ 0, 3, 1, 2, 4 }) : x, STRATA_FLOAT32);
}

typedef struct
{
  StrataBuilder *b;
  StrataValue *kernel;
  const StrataConvOptions *options;
} Window;

static StrataValue *
average (const Window *self,
         StrataValue  *x,
         StrataValue  *y)
{
  return strata_conv (self->b, strata_multiply (self->b, x, y), self->kernel, self->options);
}

/* How alike two images look (Wang and others, 2004). */
static void
emit_ssim (StrataOperands *self)
{
  gint64 size = strata_operands_integer (self, "filter_size");
  double sigma = strata_operands_number (self, "filter_sigma"), most = strata_operands_number (self, "max_val");
  double c1 = pow (strata_operands_number (self, "k1") * most, 2);
  double c2 = pow (strata_operands_number (self, "k2") * most, 2);
  StrataBuilder *b = self->b;
  gboolean single;
  StrataValue *x = enter (self, 0, 4, &single), *y = enter (self, 1, 4, &single), *one = strata_builder_scalar (b, 1);
  StrataValue *means[2], *squares, *product, *above, *below;
  StrataConvOptions options = { .stride = { 1, 1 }, .dilation = { 1, 1 } };
  Window window = { b, NULL, &options };

  if (x == NULL || y == NULL)
    return;
  if (size < 1 || size > 999 || x->shape.dims[1] < size || x->shape.dims[2] < size)
    {
      strata_operands_fail (self,
                            "needs images that are known to be at least %" PRId64 " pixels high and wide",
                            size);
      return;
    }
  options.groups = x->shape.dims[3];
  window.kernel = make_bells (b, (gint64[]){ size, size }, (double[]){ sigma, sigma });
  window.kernel = strata_broadcast_to (b, window.kernel, &STRATA_SHAPE (size, size, 1, x->shape.dims[3]));
  means[0] = average (&window, x, one);
  means[1] = average (&window, y, one);
  product = strata_multiply (b, means[0], means[1]);
  squares = strata_add (b, strata_square (b, means[0]), strata_square (b, means[1]));
  above = strata_offset (b, strata_scale (b, strata_subtract (b, average (&window, x, y), product), 2), c2);
  below = strata_offset (b,
                         strata_subtract (b, strata_add (b, average (&window, x, x), average (&window, y, y)), squares),
                         c2);
  above = strata_multiply (b, above, strata_offset (b, strata_scale (b, product, 2), c1));
  below = strata_multiply (b, below, strata_offset (b, squares, c1));
  x = strata_reduce_mean (b, strata_divide (b, above, below), STRATA_AXIS (1) | STRATA_AXIS (2) | STRATA_AXIS (3),
                          FALSE);
  strata_operands_return (self, single ? strata_squeeze (b, x, 0) : x, STRATA_FLOAT32);
}

#define IMAGE(function) .module = "keras.src.ops.image", .python = "keras.ops.image." function

const StrataOperation strata_operations_filters[] = {
  { .name = "ExtractPatches", IMAGE ("extract_patches"), .arguments = "images",
    .parameters = "size,strides=null,dilation_rate=1,padding=\"valid\",data_format=null",
    .emit = emit_extract_patches },
  { .name = "GaussianBlur", IMAGE ("gaussian_blur"), .arguments = "images",
    .parameters = "kernel_size=[3,3],sigma=[1.0,1.0],data_format=null", .emit = emit_gaussian_blur },
  { .name = "SobelEdges", IMAGE ("sobel_edges"), .arguments = "images", .parameters = "data_format=null",
    .emit = emit_sobel_edges },
  { .name = "SSIM", IMAGE ("ssim"), .arguments = "image1,image2",
    .parameters = "max_val=1.0,filter_size=11,filter_sigma=1.5,k1=0.01,k2=0.03,data_format=null",
    .emit = emit_ssim },
  { NULL },
};
