/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>
#include <string.h>

#include "graph/program.h"
#include "ops/conv.h"
#include "ops/elementwise.h"
#include "ops/pool.h"
#include "ops/reduce.h"
#include "ops/shaping.h"
#include "tensor/random.h"

/* What a program joins to its convolutions gives the numbers that the ops give one by one. */

#define SIZE 13
#define CHANNELS 32

/* A case: emits ops on any builder. */
typedef StrataValue *(*Emit) (StrataBuilder *b, StrataValue *x, StrataValue *kernel, StrataValue *bias);

typedef struct
{
  const char *name;
  Emit emit;
  guint n_steps; /* left of it in each run */
} Case;

static const StrataConvOptions valid = { .stride = { 1, 1 }, .dilation = { 1, 1 }, .groups = 1 };
static const StrataConvOptions same = {
  .stride = { 1, 1 }, .dilation = { 1, 1 }, .before = { 1, 1 }, .after = { 1, 1 }, .groups = 1,
};

static StrataValue *
pad (StrataBuilder *b,
     StrataValue   *x,
     gint64         n)
{
  return strata_pad (b, x, (gint64[]){ 0, n, n, 0 }, (gint64[]){ 0, n, n, 0 }, 0);
}

/* The shape of a residual block: the shortcut is there before the convolution. */
static StrataValue *
emit_residual (StrataBuilder *b,
               StrataValue   *x,
               StrataValue   *kernel,
               StrataValue   *bias)
{
  StrataValue *shortcut = strata_relu (b, x);
  StrataValue *y = strata_add (b, strata_conv (b, shortcut, kernel, &same), bias);

  return strata_relu (b, strata_add (b, shortcut, y));
}

/* Both sides are convolutions: the later one adds the earlier. */
static StrataValue *
emit_two (StrataBuilder *b,
          StrataValue   *x,
          StrataValue   *kernel,
          StrataValue   *bias)
{
  StrataValue *first = strata_add (b, strata_conv (b, x, kernel, &same), bias);
  StrataValue *second = strata_add (b, strata_conv (b, strata_scale (b, x, 2), kernel, &same), bias);

  return strata_add (b, second, first);
}

/* The addend is read again later, and must survive. */
static StrataValue *
emit_kept (StrataBuilder *b,
           StrataValue   *x,
           StrataValue   *kernel,
           StrataValue   *bias)
{
  StrataValue *shortcut = strata_negative (b, x);
  StrataValue *y = strata_add (b, strata_add (b, strata_conv (b, shortcut, kernel, &same), bias), shortcut);

  return strata_multiply (b, strata_relu (b, y), shortcut);
}

static StrataValue *
emit_silu (StrataBuilder *b,
           StrataValue   *x,
           StrataValue   *kernel,
           StrataValue   *bias)
{
  StrataValue *y = strata_add (b, strata_conv (b, x, kernel, &valid), bias);

  return strata_multiply (b, y, strata_sigmoid (b, y));
}

/* Something else reads the sum, too: it must be there. */
static StrataValue *
emit_shared_silu (StrataBuilder *b,
                  StrataValue   *x,
                  StrataValue   *kernel,
                  StrataValue   *bias)
{
  StrataValue *y = strata_add (b, strata_conv (b, x, kernel, &valid), bias);

  return strata_add (b, strata_multiply (b, y, strata_sigmoid (b, y)), strata_square (b, y));
}

static StrataValue *
emit_relu6 (StrataBuilder *b,
            StrataValue   *x,
            StrataValue   *kernel,
            StrataValue   *bias)
{
  StrataValue *y = strata_add (b, strata_conv (b, x, kernel, &valid), bias);

  return strata_minimum (b, strata_relu (b, y), strata_builder_scalar (b, 6));
}

static StrataValue *
emit_relu5 (StrataBuilder *b,
            StrataValue   *x,
            StrataValue   *kernel,
            StrataValue   *bias)
{
  StrataValue *y = strata_add (b, strata_conv (b, x, kernel, &valid), bias);

  return strata_minimum (b, strata_relu (b, y), strata_builder_scalar (b, 5));
}

static StrataValue *
emit_padded (StrataBuilder *b,
             StrataValue   *x,
             StrataValue   *kernel,
             StrataValue   *bias)
{
  return strata_add (b, strata_conv (b, pad (b, x, 1), kernel, &same), bias);
}

/* More padding than a window is wide stays a step. */
static StrataValue *
emit_far_padded (StrataBuilder *b,
                 StrataValue   *x,
                 StrataValue   *kernel,
                 StrataValue   *bias)
{
  return strata_add (b, strata_conv (b, pad (b, x, 3), kernel, &valid), bias);
}

static StrataValue *
pool (StrataBuilder *b,
      StrataValue   *x)
{
  return strata_max_pool (b, pad (b, x, 1), &(StrataPoolOptions){ .window = { 3, 3 }, .stride = { 2, 2 } });
}

static StrataValue *
emit_pooled (StrataBuilder *b,
             StrataValue   *x,
             StrataValue   *kernel,
             StrataValue   *bias)
{
  return pool (b, strata_relu (b, strata_add (b, strata_conv (b, x, kernel, &valid), bias)));
}

/* Where all numbers around are negative, zeros are the largest. */
static StrataValue *
emit_pooled_negatives (StrataBuilder *b,
                       StrataValue   *x,
                       StrataValue   *kernel,
                       StrataValue   *bias)
{
  StrataValue *y = strata_add (b, strata_conv (b, x, kernel, &valid), bias);

  return pool (b, strata_negative (b, strata_square (b, y)));
}

/* The inverted residual of MobileNetV2: channels are made by a product, convolved each by itself, and added up. */
static StrataValue *
invert (StrataBuilder  *b,
        StrataValue    *x,
        StrataValue    *kernel,
        StrataValue    *bias,
        StrataValue   **expanded)
{
  StrataConvOptions apart = same;
  StrataValue *square = strata_reduce_sum (b, kernel, STRATA_AXIS (0) | STRATA_AXIS (1), FALSE);
  StrataValue *pointwise = strata_reshape (b, square, &STRATA_SHAPE (1, 1, CHANNELS, CHANNELS));
  StrataValue *depthwise = strata_reduce_sum (b, kernel, STRATA_AXIS (2), TRUE);

  apart.groups = CHANNELS;
  *expanded = strata_relu (b, strata_add (b, strata_conv (b, x, pointwise, &valid), bias));
  return strata_relu (b, strata_add (b, strata_conv (b, *expanded, depthwise, &apart), bias));
}

static StrataValue *
emit_inverted (StrataBuilder *b,
               StrataValue   *x,
               StrataValue   *kernel,
               StrataValue   *bias)
{
  StrataValue *expanded;

  return invert (b, x, kernel, bias, &expanded);
}

/* What is in between is read by something else, too. */
static StrataValue *
emit_shared_inverted (StrataBuilder *b,
                      StrataValue   *x,
                      StrataValue   *kernel,
                      StrataValue   *bias)
{
  StrataValue *expanded, *y = invert (b, x, kernel, bias, &expanded);

  return strata_multiply (b, y, expanded);
}

/* Squeeze-and-excitation: each channel of an image by a number of its own, then a product. */
static StrataValue *
gate (StrataBuilder *b,
      StrataValue   *x,
      StrataValue   *kernel,
      StrataValue   *bias,
      guint          axes)
{
  StrataValue *square = strata_reduce_sum (b, kernel, STRATA_AXIS (0) | STRATA_AXIS (1), FALSE);
  StrataValue *pointwise = strata_reshape (b, square, &STRATA_SHAPE (1, 1, CHANNELS, CHANNELS));
  StrataValue *gated = strata_multiply (b, strata_reduce_sum (b, x, axes, TRUE), x);

  return strata_relu (b, strata_add (b, strata_add (b, strata_conv (b, gated, pointwise, &valid), bias), x));
}

static StrataValue *
emit_gated (StrataBuilder *b,
            StrataValue   *x,
            StrataValue   *kernel,
            StrataValue   *bias)
{
  return gate (b, x, kernel, bias, STRATA_AXIS (1) | STRATA_AXIS (2));
}

/* A number a cell is no gate. */
static StrataValue *
emit_weighed (StrataBuilder *b,
              StrataValue   *x,
              StrataValue   *kernel,
              StrataValue   *bias)
{
  return gate (b, x, kernel, bias, STRATA_AXIS (3));
}

/* The numbers of steps include the one that prepares weights; elementwise ops that are left are one. */
static const Case cases[] = {
  { "residual", emit_residual, 3 },
  { "two", emit_two, 5 },
  { "kept", emit_kept, 4 },
  { "silu", emit_silu, 2 },
  { "shared-silu", emit_shared_silu, 3 },
  { "relu6", emit_relu6, 2 },
  { "relu5", emit_relu5, 3 },
  { "padded", emit_padded, 2 },
  { "far-padded", emit_far_padded, 3 },
  { "inverted", emit_inverted, 3 },
  { "shared-inverted", emit_shared_inverted, 5 },
  { "gated", emit_gated, 3 },
  { "weighed", emit_weighed, 4 },
  { "pooled", emit_pooled, 3 },
  { "pooled-negatives", emit_pooled_negatives, 5 },
};

static void
fill (float   *numbers,
      gint64   n,
      guint64  seed,
      double   size)
{
  StrataRandom random;

  strata_random_init (&random, seed);
  for (gint64 i = 0; i < n; i++)
    numbers[i] = size * (2 * strata_random_uniform (&random) - 1);
}

static StrataVariable *
new_variable (const char        *name,
              const StrataShape *shape,
              double             size)
{
  g_autoptr (StrataTensor) tensor = strata_tensor_new (STRATA_FLOAT32, shape);

  fill (strata_tensor_get_floats (tensor), strata_tensor_get_size (tensor), size * 100, size);
  return strata_variable_new (name, g_steal_pointer (&tensor), TRUE);
}

static void
check_run (StrataProgram  *program,
           const Case     *example,
           StrataVariable *kernel,
           StrataVariable *bias,
           StrataTensor   *x)
{
  g_autoptr (StrataBuilder) b = strata_builder_new_eager (1);
  StrataValue *input = strata_builder_constant (b, strata_tensor_ref (x));
  StrataValue *expected = example->emit (b, input, strata_builder_read (b, kernel), strata_builder_read (b, bias));
  const float *got;

  strata_program_run (program, 0, 0);
  got = strata_program_get_output_data (program, 0);
  for (gint64 i = 0; i < strata_tensor_get_size (expected->tensor); i++)
    {
      float wanted = strata_tensor_get_floats (expected->tensor)[i];

      g_assert_cmpfloat (fabsf (got[i] - wanted), <=, 2e-5f * (1 + fabsf (wanted)));
    }
}

/* Runs again after the weights changed: what was prepared must follow. */
static void
test_case (gconstpointer data)
{
  const Case *example = data;
  StrataShape shape = STRATA_SHAPE (2, SIZE, SIZE, CHANNELS);
  g_autoptr (StrataVariable) kernel = new_variable ("kernel", &STRATA_SHAPE (3, 3, CHANNELS, CHANNELS), 0.2);
  g_autoptr (StrataVariable) bias = new_variable ("bias", &STRATA_SHAPE (CHANNELS), 1);
  g_autoptr (StrataTensor) x = strata_tensor_new (STRATA_FLOAT32, &shape), other = NULL;
  StrataBuilder *b = strata_builder_new_recording ();
  StrataValue *input = strata_builder_input (b, "x", STRATA_FLOAT32, &shape);
  StrataValue *y = example->emit (b, input, strata_builder_read (b, kernel), strata_builder_read (b, bias));
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataProgram) program = strata_program_compile (b, &y, 1, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (strata_program_get_n_steps (program), ==, example->n_steps);
  fill (strata_tensor_get_floats (x), strata_tensor_get_size (x), 1, 2);
  memcpy (strata_program_get_input_data (program, strata_program_find_input (program, "x")), strata_tensor_get_data (x),
          strata_tensor_get_bytes (x));
  check_run (program, example, kernel, bias, x);
  other = strata_tensor_new (STRATA_FLOAT32, strata_variable_get_shape (kernel));
  fill (strata_tensor_get_floats (other), strata_tensor_get_size (other), 9, 0.1);
  g_assert_true (strata_variable_assign (kernel, other, &error));
  check_run (program, example, kernel, bias, x);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/graph/epilogues/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
