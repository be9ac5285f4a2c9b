/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "graph/program.h"

#include <math.h>
#include <string.h>
#include <time.h>

#include "graph/gradient.h"
#include "graph/plan.h"
#include "ops/conv.h"
#include "ops/elementwise.h"
#include "ops/matmul.h"
#include "ops/pool.h"
#include "ops/reduce.h"
#include "ops/shaping.h"
#include "ops/softmax.h"
#include "tensor/memory.h"
#include "tensor/random.h"

static StrataVariable *
new_variable (const char *name,
              float       a,
              float       b)
{
  return strata_variable_new (name, strata_tensor_new_floats (&STRATA_SHAPE (2), (float[]){ a, b }), TRUE);
}

static StrataProgram *
compile (StrataBuilder      *b,
         StrataValue *const *outputs,
         guint               n)
{
  g_autoptr (GError) error = NULL;
  StrataProgram *program = strata_program_compile (b, outputs, n, &error);

  g_assert_no_error (error);
  return program;
}

static void
test_assign (void)
{
  g_autoptr (StrataVariable) w = new_variable ("w", 1, 2);
  StrataBuilder *b = strata_builder_new_recording ();
  StrataValue *before = strata_builder_read (b, w);
  StrataValue *after = strata_scale (b, before, 2);
  g_autoptr (StrataProgram) program = NULL;

  strata_builder_assign (b, w, after);
  g_assert_true (strata_builder_read (b, w) == after);
  program = compile (b, (StrataValue *[]){ before, after }, 2);
  for (int run = 0; run < 3; run++)
    {
      strata_program_run (program, 0, run);
      g_assert_cmpfloat (((const float *) strata_program_get_output_data (program, 0))[1], ==, 2 << run);
      g_assert_cmpfloat (((const float *) strata_program_get_output_data (program, 1))[1], ==, 4 << run);
      g_assert_cmpfloat (strata_variable_get_floats (w)[0], ==, 2 << run);
    }
}

/* Each gets the other's value from before. */
static void
test_swap (void)
{
  g_autoptr (StrataVariable) x = new_variable ("x", 1, 2), y = new_variable ("y", 3, 4);
  StrataBuilder *b = strata_builder_new_recording ();
  StrataValue *old_x = strata_builder_read (b, x), *old_y = strata_builder_read (b, y);
  g_autoptr (StrataProgram) program = NULL;

  strata_builder_assign (b, x, old_y);
  strata_builder_assign (b, y, old_x);
  program = compile (b, NULL, 0);
  strata_program_run (program, 0, 0);
  g_assert_cmpfloat (strata_variable_get_floats (x)[0], ==, 3);
  g_assert_cmpfloat (strata_variable_get_floats (y)[0], ==, 1);
}

/* A variable that is read after its new value is known must not be overwritten early. */
static void
test_late_read (void)
{
  g_autoptr (StrataVariable) w = new_variable ("w", 1, 2);
  StrataBuilder *b = strata_builder_new_recording ();
  StrataValue *old = strata_builder_read (b, w);
  StrataValue *fresh = strata_scale (b, old, 10);
  StrataValue *sum = strata_reduce_sum (b, fresh, STRATA_ALL_AXES, FALSE);
  StrataValue *late = strata_multiply (b, old, strata_broadcast_to (b, sum, &STRATA_SHAPE (2)));
  g_autoptr (StrataProgram) program = NULL;

  strata_builder_assign (b, w, fresh);
  program = compile (b, &late, 1);
  strata_program_run (program, 0, 0);
  g_assert_cmpfloat (((const float *) strata_program_get_output_data (program, 0))[1], ==, 60);
  g_assert_cmpfloat (strata_variable_get_floats (w)[1], ==, 20);
}

static void
test_folding (void)
{
  StrataBuilder *b = strata_builder_new_recording ();
  StrataValue *x = strata_builder_input (b, "x", STRATA_FLOAT32, &STRATA_SHAPE (4));
  StrataValue *two = strata_exp (b, strata_log (b, strata_builder_scalar (b, 2)));
  StrataValue *same = strata_multiply (b, x, strata_builder_scalar (b, 1));
  StrataValue *y = strata_add (b, strata_multiply (b, same, two), strata_multiply (b, x, two));
  g_autoptr (StrataProgram) program = compile (b, &y, 1);

  g_assert_cmpuint (strata_program_get_n_steps (program), ==, 1);
  for (int i = 0; i < 4; i++)
    ((float *) strata_program_get_input_data (program, strata_program_find_input (program, "x")))[i] = i;
  strata_program_run (program, 0, 0);
  g_assert_cmpfloat (fabsf (((const float *) strata_program_get_output_data (program, 0))[3] - 12), <, 1e-5f);
}

/* Rows and planes that come again and again beside each other in one chain, whatever their sizes have in common. */
static void
test_cycles (void)
{
  static const gint64 sizes[][3] = { { 600, 4, 3 }, { 50, 7, 75 }, { 9, 32, 96 }, { 3, 5, 511 }, { 2, 3, 4000 } };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      const gint64 *n = sizes[i];
      StrataShape shape = STRATA_SHAPE (n[0], n[1], n[2]), row = STRATA_SHAPE (n[2]), plane = STRATA_SHAPE (n[1], n[2]);
      StrataShape column = STRATA_SHAPE (n[1], 1);
      StrataBuilder *b = strata_builder_new_recording ();
      StrataValue *x[4] = {
        strata_builder_input (b, "0", STRATA_FLOAT32, &shape), strata_builder_input (b, "1", STRATA_FLOAT32, &row),
        strata_builder_input (b, "2", STRATA_FLOAT32, &plane), strata_builder_input (b, "3", STRATA_FLOAT32, &column),
      };
      StrataValue *y = strata_add (b, strata_multiply (b, strata_subtract (b, x[0], x[1]), x[2]), x[3]);
      g_autoptr (StrataProgram) program = compile (b, &y, 1);
      float *data[4];
      const float *result;

      g_assert_cmpuint (strata_program_get_n_steps (program), ==, 1);
      for (int j = 0; j < 4; j++)
        {
          data[j] = strata_program_get_input_data (program, x[j]);
          for (gint64 at = 0; at < strata_shape_get_size (&x[j]->shape); at++)
            data[j][at] = (at * 7 + j) % 13 - 6;
        }
      strata_program_run (program, 0, 0);
      result = strata_program_get_output_data (program, 0);
      for (gint64 at = 0; at < strata_shape_get_size (&shape); at++)
        g_assert_cmpfloat (result[at], ==, (data[0][at] - data[1][at % n[2]]) * data[2][at % (n[1] * n[2])] +
                                             data[3][at / n[2] % n[1]]);
    }
}

/* Bias and activation of a product of sequences, which is one of a tall matrix, join it too. */
static void
test_bias_behind_view (void)
{
  g_autoptr (StrataVariable) w = strata_variable_new ("w", strata_tensor_new_floats (&STRATA_SHAPE (1, 2),
                                                                                     (float[]){ 2, -3 }), TRUE);
  g_autoptr (StrataVariable) bias = new_variable ("b", 1, 10);
  StrataBuilder *b = strata_builder_new_recording ();
  StrataValue *x = strata_builder_input (b, "x", STRATA_FLOAT32, &STRATA_SHAPE (2, 2, 1));
  StrataValue *product = strata_matmul (b, x, strata_builder_read (b, w), FALSE, FALSE);
  StrataValue *y = strata_relu (b, strata_add (b, product, strata_builder_read (b, bias)));
  g_autoptr (StrataProgram) program = compile (b, &y, 1);
  const float expected[] = { 1, 10, 3, 7, 5, 4, 11, 0 };

  g_assert_cmpuint (strata_program_get_n_steps (program), ==, 1);
  memcpy (strata_program_get_input_data (program, strata_program_find_input (program, "x")), (float[]){ 0, 1, 2, 5 },
          4 * sizeof (float));
  strata_program_run (program, 0, 0);
  g_assert_cmpmem (strata_program_get_output_data (program, 0), sizeof expected, expected, sizeof expected);
}

/* There and back again is no work, but twice the same way is. */
static void
test_transpose_round_trip (void)
{
  StrataBuilder *b = strata_builder_new_recording ();
  StrataValue *x = strata_builder_input (b, "x", STRATA_FLOAT32, &STRATA_SHAPE (2, 3, 1));
  StrataValue *turned = strata_transpose (b, x, (int[]){ 1, 2, 0 });
  StrataValue *outputs[] = { strata_negative (b, strata_transpose (b, turned, (int[]){ 2, 0, 1 })),
                             strata_negative (b, strata_transpose (b, turned, (int[]){ 1, 2, 0 })) };
  g_autoptr (StrataProgram) program = compile (b, outputs, 2);
  const float back[] = { -0.0f, -1, -2, -3, -4, -5 };
  float *numbers = strata_program_get_input_data (program, strata_program_find_input (program, "x"));

  g_assert_cmpuint (strata_program_get_n_steps (program), ==, 4);
  for (int i = 0; i < 6; i++)
    numbers[i] = i;
  strata_program_run (program, 0, 0);
  g_assert_cmpmem (strata_program_get_output_data (program, 0), sizeof back, back, sizeof back);
}

/* Builds the same random graph on any builder: sums, products, reductions and views of three inputs. */
static StrataValue *
build_random (StrataBuilder      *b,
              StrataValue *const *inputs,
              guint64             seed)
{
  StrataRandom random;
  StrataValue *values[64];
  guint n = 3;

  strata_random_init (&random, seed);
  memcpy (values, inputs, 3 * sizeof values[0]);
  while (n < 40)
    {
      StrataValue *x = values[strata_random_below (&random, n)], *y = values[strata_random_below (&random, n)];

      switch (strata_random_below (&random, 9))
        {
        case 0:
          values[n++] = strata_add (b, x, y);
          break;
        case 1:
          values[n++] = strata_multiply (b, x, strata_tanh (b, y));
          break;
        case 2:
          values[n++] = strata_maximum (b, x, strata_negative (b, y));
          break;
        case 3:
          values[n++] = strata_subtract (b, x, strata_reduce_mean (b, x, STRATA_AXIS (0), TRUE));
          break;
        case 4:
          values[n++] = strata_relu (b, strata_add (b, strata_matmul (b, x, y, FALSE, TRUE), values[1]));
          break;
        case 5:
          values[n++] = strata_reshape (b, strata_reshape (b, x, &STRATA_SHAPE (4, 9)), &STRATA_SHAPE (6, 6));
          break;
        case 6:
          values[n++] = strata_transpose (b, x, (int[]){ 1, 0 });
          break;
        case 7:
          values[n++] = strata_sigmoid (b, strata_matmul (b, x, y, FALSE, FALSE));
          break;
        default:
          values[n++] = strata_add (b, x, strata_reduce_sum (b, y, STRATA_AXIS (1), TRUE));
          break;
        }
      values[n - 1] = strata_tanh (b, values[n - 1]);
    }
  return strata_reduce_sum (b, strata_multiply (b, values[n - 1], values[n - 2]), STRATA_ALL_AXES, FALSE);
}

static void
fill (float   *out,
      guint64  seed)
{
  strata_random_fill_normal (seed, 1, 0, out, 36);
}

/* Fusion, folding and the memory plan change no result: value and gradients are those of one op at a time. */
static void
test_random_graphs (void)
{
  for (guint64 seed = 0; seed < 200; seed++)
    {
      g_autoptr (StrataBuilder) eager = strata_builder_new_eager (0);
      StrataBuilder *b = strata_builder_new_recording ();
      StrataValue *inputs[3], *now[3], *outputs[4], *expected[4];
      g_autoptr (StrataProgram) program = NULL;

      for (int i = 0; i < 3; i++)
        {
          float numbers[36];
          const char *names[] = { "a", "b", "c" };

          fill (numbers, seed * 3 + i);
          now[i] = strata_builder_constant (eager, strata_tensor_new_floats (&STRATA_SHAPE (6, 6), numbers));
          inputs[i] = strata_builder_input (b, names[i], STRATA_FLOAT32, &STRATA_SHAPE (6, 6));
        }
      outputs[0] = build_random (b, inputs, seed);
      expected[0] = build_random (eager, now, seed);
      g_assert_true (strata_gradient (b, outputs[0], inputs, 3, outputs + 1));
      g_assert_true (strata_gradient (eager, expected[0], now, 3, expected + 1));
      for (int i = 1; i < 4; i++)
        if (outputs[i] == NULL)
          {
            g_assert_null (expected[i]);
            outputs[i] = outputs[0];
            expected[i] = expected[0];
          }

      program = compile (b, outputs, 4);
      for (int i = 0; i < 3; i++)
        fill (strata_program_get_input_data (program, inputs[i]), seed * 3 + i);
      for (int run = 0; run < 2; run++)
        {
          strata_program_run (program, 0, run);
          for (int o = 0; o < 4; o++)
            {
              const float *data = strata_program_get_output_data (program, o);

              for (gint64 i = 0; i < strata_tensor_get_size (expected[o]->tensor); i++)
                {
                  float wanted = strata_tensor_get_floats (expected[o]->tensor)[i];

                  g_assert_cmpfloat (fabsf (data[i] - wanted), <=, 1e-4f * (1 + fabsf (wanted)));
                }
            }
        }
    }
}

static void
test_plan (void)
{
  StrataRandom random;

  strata_random_init (&random, 5);
  for (int round = 0; round < 50; round++)
    {
      StrataInterval intervals[60];
      gsize total, largest = 0;

      for (int i = 0; i < 60; i++)
        {
          guint first = strata_random_below (&random, 100);

          intervals[i] = (StrataInterval){ .bytes = 1 + strata_random_below (&random, 5000), .first = first,
                                           .last = first + strata_random_below (&random, 20) };
        }
      total = strata_plan_arena (intervals, 60);
      for (int i = 0; i < 60; i++)
        {
          largest = MAX (largest, intervals[i].bytes);
          g_assert_cmpuint (intervals[i].offset % 64, ==, 0);
          g_assert_cmpuint (intervals[i].offset + intervals[i].bytes, <=, total);
          for (int j = 0; j < i; j++)
            if (intervals[i].first <= intervals[j].last && intervals[j].first <= intervals[i].last)
              g_assert_true (intervals[i].offset + intervals[i].bytes <= intervals[j].offset ||
                             intervals[j].offset + intervals[j].bytes <= intervals[i].offset);
        }
      g_assert_cmpuint (total, >=, largest);
    }
}

/* Processor seconds that it takes to compile a network of so many residual blocks and its gradient. */
static double
time_compiling (guint n_blocks)
{
  g_autoptr (StrataVariable) w = new_variable ("w", 1, 2);
  StrataBuilder *b = strata_builder_new_recording ();
  StrataValue *x = strata_builder_input (b, "x", STRATA_FLOAT32, &STRATA_SHAPE (3, 2)), *y = x, *loss, *grad, *weight;
  g_autoptr (StrataProgram) program = NULL;
  struct timespec start, end;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &start);
  weight = strata_builder_read (b, w);
  for (guint i = 0; i < n_blocks; i++)
    y = strata_add (b, y, strata_softmax (b, strata_multiply (b, y, weight)));
  loss = strata_reduce_sum (b, y, STRATA_ALL_AXES, FALSE);
  g_assert_true (strata_gradient (b, loss, &weight, 1, &grad));
  strata_builder_assign (b, w, grad);
  program = compile (b, &loss, 1);
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &end);
  return end.tv_sec - start.tv_sec + (end.tv_nsec - start.tv_nsec) * 1e-9;
}

typedef struct
{
  gint64 channels[2];
  guint n_steps;
  StrataConvOptions conv;
  StrataPoolOptions pool;
} Pooled;

/* The loss of one layer that convolves and pools, and its gradients at kernel and bias. */
static void
emit_pooled (StrataBuilder *b,
             const Pooled  *pooled,
             StrataValue   *x,
             StrataValue   *kernel,
             StrataValue   *bias,
             StrataValue   *results[3])
{
  StrataValue *y = strata_relu (b, strata_add (b, strata_conv (b, x, kernel, &pooled->conv), bias));
  StrataValue *max = strata_max_pool (b, y, &pooled->pool);

  results[0] = strata_reduce_sum (b, strata_square (b, max), STRATA_ALL_AXES, FALSE);
  g_assert_true (strata_gradient (b, results[0], (StrataValue *[]){ kernel, bias }, 2, results + 1));
}

/* The mask of a ReLU before max pooling is applied after it, its sum is taken there, and its gradient is spread only
 * where it is summed up: 7 steps in place of 9, and 6 where the convolution pools by itself. */
static void
test_pooled (void)
{
  static const Pooled cases[] = {
    { { 2, 5 }, 7, { { 1, 1 }, { 1, 1 }, { 0, 0 }, { 0, 0 }, 1 }, { { 2, 2 }, { 2, 2 }, { 0, 0 }, { 0, 0 } } },
    { { 2, 5 }, 7, { { 1, 1 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, 1 }, { { 3, 3 }, { 2, 2 }, { 1, 1 }, { 1, 1 } } },
    { { 1, 16 }, 6, { { 1, 1 }, { 1, 1 }, { 0, 0 }, { 0, 0 }, 1 }, { { 2, 2 }, { 2, 2 }, { 0, 0 }, { 0, 0 } } },
    { { 1, 16 }, 6, { { 1, 1 }, { 1, 1 }, { 1, 1 }, { 1, 0 }, 1 }, { { 2, 2 }, { 2, 2 }, { 0, 0 }, { 0, 0 } } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 n_in = cases[i].channels[0], n_out = cases[i].channels[1];
      StrataShape shapes[] = { STRATA_SHAPE (5, 12, 10, n_in), STRATA_SHAPE (3, 3, n_in, n_out), STRATA_SHAPE (n_out) };
      StrataBuilder *b = strata_builder_new_recording ();
      g_autoptr (StrataBuilder) eager = strata_builder_new_eager (1);
      StrataValue *inputs[3], *now[3], *results[3], *expected[3];
      g_autoptr (StrataProgram) program = NULL;

      for (int j = 0; j < 3; j++)
        {
          StrataTensor *tensor = strata_tensor_new (STRATA_FLOAT32, &shapes[j]);

          for (gint64 at = 0; at < strata_tensor_get_size (tensor); at++)
            strata_tensor_get_floats (tensor)[at] = sinf (at * 1.7f + j);
          inputs[j] = strata_builder_input (b, (const char *[]){ "x", "kernel", "bias" }[j],
                                            STRATA_FLOAT32, &shapes[j]);
          now[j] = strata_builder_constant (eager, tensor);
        }
      emit_pooled (b, &cases[i], inputs[0], inputs[1], inputs[2], results);
      emit_pooled (eager, &cases[i], now[0], now[1], now[2], expected);
      program = compile (b, results, 3);
      g_assert_cmpuint (strata_program_get_n_steps (program), ==, cases[i].n_steps);
      for (int j = 0; j < 3; j++)
        memcpy (strata_program_get_input_data (program, inputs[j]), strata_tensor_get_data (now[j]->tensor),
                strata_tensor_get_bytes (now[j]->tensor));
      strata_program_run (program, 0, 0);
      for (int j = 0; j < 3; j++)
        for (gint64 at = 0; at < strata_tensor_get_size (expected[j]->tensor); at++)
          {
            float wanted = strata_tensor_get_floats (expected[j]->tensor)[at];
            float got = ((const float *) strata_program_get_output_data (program, j))[at];

            g_assert_cmpfloat (fabsf (got - wanted), <=, 1e-5f * (1 + fabsf (wanted)));
          }
    }
}

/* Eight times as many layers take about eight times as long: far from the 64 times of what looks at all pairs. */
static void
test_scaling (void)
{
  double small = G_MAXDOUBLE, large = G_MAXDOUBLE;

  for (int try = 0; try < 3; try++)
    {
      small = MIN (small, time_compiling (200));
      large = MIN (large, time_compiling (1600));
    }
  g_test_message ("%.2f ms, %.2f ms", small * 1e3, large * 1e3);
  g_assert_cmpfloat (large, <, 32 * small);
}

static void
test_errors (void)
{
  StrataBuilder *b = strata_builder_new_recording ();
  StrataValue *x = strata_builder_input (b, "x", STRATA_FLOAT32, &STRATA_SHAPE (2, 3));
  StrataValue *y;
  g_autoptr (GError) error = NULL;

  strata_builder_push_scope (b, "dense (Dense)");
  y = strata_matmul (b, x, x, FALSE, FALSE);
  strata_builder_pop_scope (b);
  y = strata_exp (b, strata_add (b, y, x));
  g_assert_null (strata_program_compile (b, &y, 1, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SHAPE);
  g_assert_nonnull (strstr (error->message, "dense (Dense): matmul expected"));
}

/* More memory than there is would be granted, and end the program when it is used. It is refused before anything
 * runs. */
static void
test_memory (void)
{
  gsize available = strata_memory_get_available ();
  StrataBuilder *b = strata_builder_new_recording ();
  StrataValue *x, *y;
  StrataShape shape;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (available, >, 0);
  if (available == G_MAXSIZE)
    {
      g_test_skip ("the system does not say how much memory there is");
      return;
    }
  shape = STRATA_SHAPE ((gint64) (available / sizeof (float)) + (256 << 20));
  g_assert_null (strata_tensor_try_new (STRATA_FLOAT32, &shape, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_DATA);
  g_clear_error (&error);

  x = strata_builder_input (b, "x", STRATA_FLOAT32, &shape);
  y = strata_exp (b, x);
  g_assert_null (strata_program_compile (b, &y, 1, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_DATA);
  g_assert_nonnull (strstr (error->message, "smaller batch"));
}

/* What is made of weights beforehand follows them: those set by hand, and those that another program trains. */
static void
test_prepared (void)
{
  g_autoptr (StrataVariable) kernel =
    strata_variable_new ("kernel", strata_tensor_new_floats (&STRATA_SHAPE (1, 1, 2), (float[]){ 2, 3 }), TRUE);
  g_autoptr (StrataVariable) bias = new_variable ("bias", 1, -1), factor = new_variable ("factor", 10, 100);
  g_autoptr (StrataVariable) shift = new_variable ("shift", 5, 6);
  StrataBuilder *b = strata_builder_new_recording (), *t = strata_builder_new_recording ();
  StrataConvOptions options = { .stride = { 1 }, .dilation = { 1 }, .groups = 1 };
  StrataValue *x = strata_builder_input (b, "x", STRATA_FLOAT32, &STRATA_SHAPE (1, 3, 1)), *squared, *y;
  g_autoptr (StrataProgram) program = NULL, training = NULL;
  float w = 2;

  squared = strata_square (b, strata_exp (b, strata_builder_read (b, shift)));
  y = strata_add (b, strata_conv (b, x, strata_builder_read (b, kernel), &options), strata_builder_read (b, bias));
  y = strata_multiply_add (b, y, strata_builder_read (b, factor), strata_builder_read (b, shift));
  program = compile (b, (StrataValue *[]){ y, squared }, 2);
  strata_builder_assign (t, kernel, strata_scale (t, strata_builder_read (t, kernel), 2));
  training = compile (t, NULL, 0);

  for (int run = 0; run < 6; run++)
    {
      const float *found;

      memcpy (strata_program_get_input_data (program, strata_program_get_input (program, 0)), (float[]){ 1, 7, -run },
              3 * sizeof (float));
      strata_program_run (program, 0, run);
      found = strata_program_get_output_data (program, 0);
      g_assert_cmpfloat (found[0], ==, (w + 1) * 10 + 5);
      g_assert_cmpfloat (found[3], ==, (w * 1.5f * 7 - 1) * 100 + 6);
      g_assert_cmpfloat (found[4], ==, (-run * w + 1) * 10 + 5);
      g_assert_cmpfloat (fabsf (((const float *) strata_program_get_output_data (program, 1))[0] - expf (10)), <=,
                         0.1f);
      if (run == 1)
        {
          w = strata_variable_get_floats (kernel)[0] = 4;
          strata_variable_get_floats (kernel)[1] = 6;
        }
      if (run == 3)
        {
          strata_program_run (training, 0, 0);
          w = 8;
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/graph/program/assign", test_assign);
  g_test_add_func ("/graph/program/swap", test_swap);
  g_test_add_func ("/graph/program/late-read", test_late_read);
  g_test_add_func ("/graph/program/folding", test_folding);
  g_test_add_func ("/graph/program/cycles", test_cycles);
  g_test_add_func ("/graph/program/pooled", test_pooled);
  g_test_add_func ("/graph/program/bias-behind-view", test_bias_behind_view);
  g_test_add_func ("/graph/program/transpose-round-trip", test_transpose_round_trip);
  g_test_add_func ("/graph/program/prepared", test_prepared);
  g_test_add_func ("/graph/program/random-graphs", test_random_graphs);
  /* Sanitizers take time of their own for each look at memory. */
  if (!STRATA_SANITIZED)
    g_test_add_func ("/graph/program/scaling", test_scaling);
  g_test_add_func ("/graph/program/errors", test_errors);
  g_test_add_func ("/graph/program/memory", test_memory);
  g_test_add_func ("/graph/plan", test_plan);
  return g_test_run ();
}
