/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"

#include <inttypes.h>
#include <string.h>

#include "ops/constants.h"
#include "ops/conv.h"
#include "ops/shaping.h"

/* Windows of images, laid out as columns, and back: images have their channels first here. */

/* A window whose numbers each become a channel: by a convolution, or by the one turned around. */
typedef struct
{
  StrataConvOptions options;
  gint64 kernel[2], stride[2], dilation[2], padding[2];
} Window;

static gboolean
read_pair (StrataOperands *self,
           const char     *name,
           gint64          least,
           gint64         *pair)
{
  StrataInts ints;

  if (!strata_operands_ints (self, name, &ints) || (!ints.scalar && ints.n != 2))
    return FALSE;
  for (int d = 0; d < 2; d++)
    {
      pair[d] = ints.v[ints.scalar ? 0 : d];
      if (pair[d] < least || pair[d] > G_MAXINT16)
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_window (StrataOperands *self,
             Window         *window)
{
  *window = (Window){ .options.groups = 1 };
  if (!read_pair (self, "kernel_size", 1, window->kernel) || !read_pair (self, "stride", 1, window->stride) ||
      !read_pair (self, "dilation", 1, window->dilation) || !read_pair (self, "padding", 0, window->padding) ||
      window->kernel[0] * window->kernel[1] > G_MAXINT16)
    {
      strata_operands_fail (self, "needs one or two whole numbers for kernel size, stride, dilation and padding");
      return FALSE;
    }
  for (int d = 0; d < 2; d++)
    {
      window->options.stride[d] = window->stride[d];
      window->options.dilation[d] = window->dilation[d];
      window->options.before[d] = window->options.after[d] = window->padding[d];
    }
  return !strata_builder_has_failed (self->b);
}

/* How many windows there are along a dimension of @n, or unknown. */
static gint64
count (const Window *window,
       int           d,
       gint64        n)
{
  return n < 0
         ? n : (n + 2 * window->padding[d] - (window->kernel[d] - 1) * window->dilation[d] - 1) / window->stride[d] + 1;
}

/* (rows, columns, 1, rows x columns): 1 where the channel is the place. */
static StrataValue *
new_kernel (StrataOperands *self,
            const Window   *window)
{
  gint64 n = window->kernel[0] * window->kernel[1];
  StrataTensor *kernel = strata_constant_new (self->b, STRATA_FLOAT32,
                                           &STRATA_SHAPE (window->kernel[0], window->kernel[1], 1, n));

  if (kernel == NULL)
    return strata_builder_nothing (self->b);
  for (gint64 i = 0; i < n; i++)
    strata_tensor_get_floats (kernel)[i * n + i] = 1;
  return strata_builder_constant (self->b, kernel);
}

/* The images' sizes are known here, those of batches need not be. */
static gboolean
check (StrataOperands *self,
       StrataValue    *x,
       int             rank)
{
  if (!strata_builder_has_failed (self->b) && (x->shape.rank != rank || strata_shape_get_span (&x->shape, 1, rank) < 0))
    strata_operands_fail (self, "takes %d dimensions, whose sizes but the first are known", rank);
  return !strata_builder_has_failed (self->b);
}

static void
emit_unfold (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  StrataValue *x = strata_operands_get_float (self, 0);
  Window window;
  gint64 channels, places, n;

  if (!check (self, x, 4) || !read_window (self, &window))
    return;
  channels = x->shape.dims[1];
  n = window.kernel[0] * window.kernel[1];
  places = count (&window, 0, x->shape.dims[2]) * count (&window, 1, x->shape.dims[3]);
  x = strata_reshape (b, x, &STRATA_SHAPE (STRATA_UNKNOWN, x->shape.dims[2], x->shape.dims[3], 1));
  x = strata_conv (b, x, new_kernel (self, &window), &window.options);
  x = strata_transpose (b, strata_reshape (b, x, &STRATA_SHAPE (STRATA_UNKNOWN, places, n)), (int[]){ 0, 2, 1 });
  strata_operands_return (self, strata_reshape (b, x, &STRATA_SHAPE (STRATA_UNKNOWN, channels * n, places)),
                          STRATA_FLOAT32);
}

/* Numbers that meet in one place are added. */
static void
emit_fold (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  StrataValue *x = strata_operands_get_float (self, 0);
  gint64 size[2], places[2], n;
  Window window;

  if (!check (self, x, 3) || !read_window (self, &window))
    return;
  n = window.kernel[0] * window.kernel[1];
  if (!read_pair (self, "output_size", 1, size) || x->shape.dims[1] % n != 0)
    {
      strata_operands_fail (self,
                            "needs an output size, and a multiple of the %" PRId64 " numbers of a window", n);
      return;
    }
  for (int d = 0; d < 2; d++)
    places[d] = count (&window, d, size[d]);
  if (places[0] < 1 || places[1] < 1 || places[0] * places[1] != x->shape.dims[2])
    {
      strata_operands_fail (self, "needs as many windows as the output has");
      return;
    }
  n = x->shape.dims[1] / n;
  if (n < 1)
    {
      strata_operands_fail (self, "needs channels");
      return;
    }
  x = strata_reshape (b, x, &STRATA_SHAPE (STRATA_UNKNOWN, x->shape.dims[1] / n, x->shape.dims[2]));
  x = strata_reshape (b, strata_transpose (b, x, (int[]){ 0, 2, 1 }),
                      &STRATA_SHAPE (STRATA_UNKNOWN, places[0], places[1], x->shape.dims[1]));
  x = strata_conv_input_gradient (b, x, new_kernel (self, &window), &window.options, size);
  strata_operands_return (self, strata_reshape (b, x, &STRATA_SHAPE (STRATA_UNKNOWN, n, size[0], size[1])),
                          STRATA_FLOAT32);
}

#define WINDOW "dilation=1,padding=0,stride=1"

const StrataOperation strata_operations_blocks[] = {
  { .name = "Unfold", .module = "keras.src.ops.nn", .parameters = "kernel_size," WINDOW, .emit = emit_unfold },
  { .name = "Fold", .module = "keras.src.ops.nn", .parameters = "output_size,kernel_size," WINDOW, .emit = emit_fold },
  { NULL },
};
