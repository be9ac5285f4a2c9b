/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Checks the gradient of every op with finite differences: no op is without a trial, or a reason why not. */

#include <string.h>

#include "graph/tape.h"
#include "ops/affine.h"
#include "ops/conv.h"
#include "ops/ctc-loss.h"
#include "ops/drawing.h"
#include "ops/einsum.h"
#include "ops/fourier.h"
#include "ops/indexing.h"
#include "ops/map-coordinates.h"
#include "ops/matmul.h"
#include "ops/matrices.h"
#include "ops/moments.h"
#include "ops/pool.h"
#include "ops/recurrent.h"
#include "ops/resize.h"
#include "ops/shaping.h"
#include "ops/softmax.h"
#include "ops/sorting.h"

#include "gradient-check.h"

typedef struct
{
  const char *op; /* the op that this is a trial of */
  const char *inputs; /* shapes such as 2,3;4 */
  StrataValue *(*emit) (StrataBuilder *b, StrataValue **x);
} OpTrial;

static const StrataConvOptions conv_options = { .stride = { 2, 1 }, .dilation = { 1, 2 }, .before = { 1, 0 },
                                                .after = { 0, 1 }, .groups = 2 };
static const StrataPoolOptions pool_options = { .window = { 3, 2 }, .stride = { 2, 1 }, .before = { 1, 0 },
                                                .after = { 0, 1 } };

/* Whole numbers that index three rows. */
static StrataValue *
new_indices (StrataBuilder *b)
{
  StrataTensor *indices = strata_tensor_new (STRATA_INT32, &STRATA_SHAPE (4));

  memcpy (strata_tensor_get_data (indices), (gint32[]){ 2, 0, 2, 1 }, 4 * sizeof (gint32));
  return strata_builder_constant (b, indices);
}

static StrataValue *
new_mask (StrataBuilder *b)
{
  return strata_builder_constant (b, strata_tensor_new_floats (&STRATA_SHAPE (3, 2), (float[]){ 1, 0, 0, 1, 1, 1 }));
}

static StrataValue *
add_up (StrataBuilder *b,
        StrataValue   *x,
        StrataValue   *y)
{
  return strata_add (b, x, strata_scale (b, y, 0.5));
}

#define EMIT(name) static StrataValue *name (StrataBuilder *b, StrataValue **x)

EMIT (broadcast) { return strata_broadcast_to (b, x[0], &STRATA_SHAPE (3, 2, 4)); }
EMIT (cast) { return strata_cast (b, strata_cast (b, x[0], STRATA_FLOAT32), STRATA_FLOAT32); }
EMIT (moments) { StrataValue *variance, *mean = strata_channel_moments (b, x[0], &variance);
                 return add_up (b, mean, variance); }
EMIT (sums) { StrataValue *sum, *products = strata_channel_sums (b, x[0], x[1], &sum);
              return add_up (b, products, sum); }
EMIT (concatenate) { return strata_concatenate (b, x, 2, 1); }
EMIT (conv) { return strata_conv (b, x[0], x[1], &conv_options); }
EMIT (conv_input) { return strata_conv_input_gradient (b, x[0], x[1], &conv_options, (gint64[]){ 5, 6 }); }
EMIT (conv_kernel) { return strata_conv_kernel_gradient (b, x[0], x[1], &conv_options, (gint64[]){ 2, 3 }); }
EMIT (gather) { return strata_gather (b, x[0], new_indices (b)); }

/* Two lookups in the order of time, and one in another. */
EMIT (gather_transposed)
{
  StrataValue *rows = strata_reshape (b, strata_gather (b, x[0], new_indices (b)), &STRATA_SHAPE (2, 2, 5));
  StrataValue *looked_up = strata_gather (b, x[0], strata_reshape (b, new_indices (b), &STRATA_SHAPE (2, 2)));
  StrataValue *timed = strata_transpose (b, looked_up, (int[]){ 1, 0, 2 });

  return add_up (b, strata_multiply (b, timed, timed), strata_multiply (b, rows, looked_up));
}
EMIT (scatter) { return strata_scatter_add (b, new_indices (b), x[0], 3); }
EMIT (sort) { return strata_sort (b, x[0], TRUE, NULL); }
EMIT (take_along)
{
  StrataTensor *places = strata_tensor_new (STRATA_INT32, &STRATA_SHAPE (2, 4));

  memcpy (strata_tensor_get_data (places), (gint32[]){ 2, 0, 2, -1, 1, 1, 0, 2 }, 8 * sizeof (gint32));
  return strata_take_along (b, x[0], strata_builder_constant (b, places));
}

EMIT (put_along)
{
  StrataTensor *places = strata_tensor_new (STRATA_INT32, &STRATA_SHAPE (2, 3));

  memcpy (strata_tensor_get_data (places), (gint32[]){ 4, 0, 4, -1, 1, 2 }, 6 * sizeof (gint32));
  return strata_put_along (b, strata_builder_constant (b, places), x[0], 5);
}

/* Symmetric, with values far apart. */
static StrataValue *
new_symmetric (StrataBuilder *b,
               StrataValue   *x)
{
  StrataValue *row = strata_builder_constant (b, strata_tensor_new_floats (&STRATA_SHAPE (3), (float[]){ 1, 3, 6 }));

  return strata_add (b, strata_matmul (b, x, x, FALSE, TRUE), strata_matrix_from_diagonal (b, row));
}

EMIT (matrix_solve) { return strata_matrix_solve_system (b, new_symmetric (b, x[0]), x[1]); }
EMIT (cholesky) { return strata_matrix_root (b, new_symmetric (b, x[0])); }

EMIT (matrix_lu)
{
  StrataValue *order, *sign, *size, *factors = strata_matrix_factor (b, new_symmetric (b, x[0]), &order, &sign, &size);

  return strata_add (b, factors, strata_expand_dims (b, strata_expand_dims (b, size, -1), -1));
}

EMIT (qr)
{
  StrataValue *r, *q =
    strata_matrix_orthogonal (b, strata_multiply (b, x[0], strata_reverse (b, strata_square (b, x[0]), 0)), FALSE, &r);

  return strata_concatenate (b, (StrataValue *[]){ q, r }, 2, -2);
}

/* Squares, as the signs of vectors are nobody's. */
EMIT (eigh)
{
  StrataValue *vectors, *values = strata_matrix_eigen (b, new_symmetric (b, x[0]), &vectors);

  return strata_concatenate (b, (StrataValue *[]){ strata_expand_dims (b, values, -1), strata_square (b, vectors) }, 2,
                             -1);
}

EMIT (svd)
{
  StrataValue *u, *v, *s =
    strata_matrix_singular (b, strata_multiply (b, x[0], strata_reverse (b, strata_square (b, x[0]), 0)), &u, &v);

  return strata_concatenate (b, (StrataValue *[]){ strata_expand_dims (b, s, 0), strata_square (b, u),
                                                   strata_square (b, v) }, 3, 0);
}

EMIT (fft)
{
  StrataValue *re, *im;

  strata_fourier (b, x[0], x[1], FALSE, &re, &im);
  strata_fourier (b, strata_scale (b, re, 2), im, TRUE, &re, &im);
  return add_up (b, re, im);
}

EMIT (map_coordinates)
{
  StrataValue *y = NULL;

  for (int fill = STRATA_MAP_CONSTANT; fill <= STRATA_MAP_REFLECT; fill++)
    {
      StrataValue *at = strata_add (b, x[1], strata_builder_scalar (b, 1.37));
      StrataValue *mapped = strata_map_coordinates (b, x[0], at, &(StrataMapOptions){ fill, FALSE, 0.5 });

      y = y == NULL ? mapped : add_up (b, mapped, y);
    }
  return y;
}

EMIT (projection)
{
  float numbers[16] = { 0.8, -0.6, 1.3, 0.6, 0.8, -1.2, 0.05, -0.02, 1.2, 0.1, -2.4, 0, 0.9, 1.1, 0.01, 0.1 };
  StrataValue *matrix = strata_builder_constant (b, strata_tensor_new_floats (&STRATA_SHAPE (2, 8), numbers));

  return strata_affine (b, x[0], matrix, &(StrataAffineOptions){ STRATA_FILL_CONSTANT, FALSE, 0.5 });
}

EMIT (erfinv) { return strata_erfinv (b, strata_scale (b, x[0], 0.5)); }
EMIT (log_softmax) { return strata_log_softmax (b, x[0]); }
EMIT (sparsemax) { return strata_sparsemax (b, x[0]); }
EMIT (softmax) { return strata_softmax_along (b, x[0], 1); }
EMIT (matmul) { return strata_matmul (b, x[0], x[1], FALSE, TRUE); }
EMIT (matmul_left) { return strata_matmul (b, x[0], x[1], TRUE, FALSE); }
EMIT (einsum) { return strata_einsum (b, "abcd,bce->aed", x[0], x[1]); }
EMIT (max_pool) { return strata_max_pool (b, x[0], &pool_options); }
EMIT (average_pool) { return strata_average_pool (b, x[0], &pool_options); }
EMIT (pad) { return strata_pad (b, x[0], (gint64[]){ 1, 0 }, (gint64[]){ 0, 2 }, 3); }
EMIT (affine)
{
  float numbers[12] = { 0.8, -0.6, 1.3, 0.6, 0.8, -1.2, 1.2, 0.1, -2.4, 0, 0.9, 1.1 };
  StrataValue *matrix = strata_builder_constant (b, strata_tensor_new_floats (&STRATA_SHAPE (2, 6), numbers));
  StrataValue *y = x[0];

  for (int fill = STRATA_FILL_CONSTANT; fill <= STRATA_FILL_WRAP; fill++)
    y = strata_affine (b, y, matrix, &(StrataAffineOptions){ fill, FALSE, 0.5 });
  return y;
}

EMIT (reduce_max) { return strata_reduce_max (b, x[0], STRATA_AXIS (1), FALSE); }
EMIT (reduce_min) { return strata_reduce_min (b, x[0], STRATA_AXIS (0) | STRATA_AXIS (2), TRUE); }
EMIT (reduce_prod) { return strata_reduce_prod (b, x[0], STRATA_AXIS (2), FALSE); }
EMIT (reduce_sum) { return strata_reduce_sum (b, x[0], STRATA_AXIS (0) | STRATA_AXIS (2), FALSE); }
EMIT (reshape) { return strata_reshape (b, x[0], &STRATA_SHAPE (6, 4)); }
EMIT (reverse) { return strata_reverse (b, x[0], 1); }
EMIT (slice) { return strata_slice (b, x[0], 1, 1, 2); }
EMIT (transpose) { return strata_transpose (b, x[0], (int[]){ 2, 0, 1 }); }
EMIT (resize) { return strata_resize (b, x[0], 1, 5, STRATA_RESIZE_BICUBIC, FALSE); }
EMIT (repeat) { return strata_repeat (b, x[0], 1, 3); }

EMIT (split)
{
  StrataValue *parts[5], *y = NULL;

  strata_unstack (b, x[0], parts);
  for (int i = 0; i < 5; i++)
    y = y == NULL ? parts[i] : strata_multiply (b, y, parts[i]);
  return y;
}

EMIT (ctc_loss)
{
  StrataTensor *labels = strata_tensor_new_floats (&STRATA_SHAPE (2, 3), (float[]){ 1, 2, 0, 2, 2, 1 });

  return strata_ctc_loss (b, strata_builder_constant (b, labels), x[0], NULL, 0);
}

/* Lengths say what counts, and the last class is silence. */
EMIT (ctc_loss_of_lengths)
{
  StrataTensor *labels = strata_tensor_new_floats (&STRATA_SHAPE (2, 3), (float[]){ 1, 2, 0, 2, 2, 1 });
  StrataValue *lengths[2] = { strata_builder_constant (b,
                                                       strata_tensor_new_floats (&STRATA_SHAPE (2), (float[]){ 3, 2 })),
                              strata_builder_constant (b, strata_tensor_new_floats (&STRATA_SHAPE (2),
                                                                                    (float[]){ 6, 4 })) };

  return strata_ctc_loss (b, strata_builder_constant (b, labels), x[0], lengths, 3);
}

EMIT (lstm)
{
  StrataValue *cells, *states = strata_lstm (b, x[0], x[1], x[2], x[3], NULL, &cells);

  return add_up (b, states, cells);
}

EMIT (lstm_masked)
{
  StrataValue *cells, *states = strata_lstm (b, x[0], x[1], x[2], x[3], new_mask (b), &cells);

  return add_up (b, states, cells);
}

EMIT (gru) { return strata_gru (b, x[0], x[1], x[2], x[3], NULL); }
EMIT (gru_masked) { return strata_gru (b, x[0], x[1], x[2], x[3], new_mask (b)); }

static const OpTrial trials[] = {
  { "affine", "2,4,5,2", affine },
  { "broadcast_to", "2,1", broadcast },
  { "cast", "2,3", cast },
  { "channel_moments", "40,5,3", moments },
  { "channel_sums", "40,5,3;40,5,3", sums },
  { "concatenate", "2,3;2,4", concatenate },
  { "conv", "2,5,6,4;2,3,2,6", conv },
  { "conv_input_gradient", "2,3,3,6;2,3,2,6", conv_input },
  { "conv_kernel_gradient", "2,5,6,4;2,3,3,6", conv_kernel },
  { "gather", "3,5", gather },
  { "gather_transposed", "3,5", gather_transposed },
  { "scatter_add", "4,5", scatter },
  { "sort", "3,7", sort },
  { "matrix_solve", "2,3,3;2,3,2", matrix_solve },
  { "cholesky", "2,3,3", cholesky },
  { "matrix_lu", "2,3,3", matrix_lu },
  { "qr", "4,3", qr },
  { "eigh", "2,3,3", eigh },
  { "erfinv", "2,3", erfinv },
  { "svd", "4,3", svd },
  { "fft", "2,8;2,8", fft },
  { "fft", "2,7;2,7", fft },
  { "map_coordinates", "3,4;2,5", map_coordinates },
  { "affine", "2,4,5,2", projection },
  { "take_along", "2,3", take_along },
  { "put_along", "2,3", put_along },
  { "log_softmax", "3,4", log_softmax },
  { "softmax", "2,4,3", softmax },
  { "sparsemax", "3,5", sparsemax },
  { "ctc_loss", "2,6,4", ctc_loss },
  { "ctc_loss", "2,6,4", ctc_loss_of_lengths },
  { "matmul", "2,3,4;2,5,4", matmul },
  { "matmul", "4,3;4,5", matmul_left },
  { "matmul", "2,3,4,2;3,4,5", einsum },
  { "max_pool", "2,5,6,3", max_pool },
  { "average_pool", "2,5,6,3", average_pool },
  { "pad", "2,3", pad },
  { "reduce_max", "2,3,4", reduce_max },
  { "reduce_min", "2,3,4", reduce_min },
  { "reduce_prod", "2,3,4", reduce_prod },
  { "reduce_sum", "2,3,4", reduce_sum },
  { "reshape", "2,3,4", reshape },
  { "reverse", "2,3,4", reverse },
  { "slice", "2,3,4", slice },
  { "split", "5,2,3", split },
  { "transpose", "2,3,4", transpose },
  { "lstm", "3,2,16;4,16;2,4;2,4", lstm },
  { "lstm", "3,2,16;4,16;2,4;2,4", lstm_masked },
  { "gru", "3,2,12;4,12;12;2,4", gru },
  { "gru", "3,2,12;4,12;12;2,4", gru_masked },
  { "matmul", "2,4,3", resize },
  { "broadcast_to", "2,4,3", repeat },
};

/* Through these no gradient flows, or they are the gradients of others, which the trials above run. */
static const char *const without[] = {
  "adam_slices", "affine_gradient", "argmax", "average_pool_backward", "confusion_matrix", "conv_weights",
  "count_tokens",
  "cross_tokens", "ctc_decode", "draw_log_gamma", "draw_normal", "draw_uniform", "equalize", "equalize_tiles",
  "expanded_conv", "find_tokens", "gated_conv", "gru_backward", "hash_tokens", "increment", "lstm_backward",
  "map_coordinates_gradient", "max_pool_backward", "name_tokens", "narrow", "one_hot", "pooled_cells_gradient",
  "pooled_conv", "pooled_kernel_gradient", "read_bits",
  "recurrent_kernel_gradient", "split_tokens", "stand_in",
  "stop_gradient", "threshold_sums", "top_k_mask", "unique", "whole", NULL,
};

static guint
make_inputs (const char    *text,
             StrataTensor **tensors)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  StrataRandom random;
  guint n = 0;

  strata_random_init (&random, 3);
  for (; parts[n] != NULL; n++)
    {
      g_auto (GStrv) sizes = g_strsplit (parts[n], ",", -1);
      StrataShape shape = { 0 };

      for (guint i = 0; sizes[i] != NULL; i++)
        strata_shape_append (&shape, g_ascii_strtoll (sizes[i], NULL, 10));
      tensors[n] = strata_tensor_new (STRATA_FLOAT32, &shape);
      /* Of one sign and not too small, so that logarithms and roots are smooth. */
      for (gint64 i = 0; i < strata_tensor_get_size (tensors[n]); i++)
        strata_tensor_get_floats (tensors[n])[i] = 0.3 + 1.4 * strata_random_uniform (&random);
    }
  return n;
}

typedef struct
{
  const OpTrial *trial;
  const StrataOp *op;
  guint n;
} Emission;

static void
emit (StrataBuilder       *b,
      StrataTensor *const *tensors,
      GPtrArray           *outputs,
      GPtrArray           *wrt,
      gpointer             data)
{
  const Emission *emission = data;
  StrataValue *x[8];

  for (guint i = 0; i < emission->n; i++)
    {
      x[i] = strata_builder_constant (b, strata_tensor_copy (tensors[i]));
      g_ptr_array_add (wrt, x[i]);
    }
  g_ptr_array_add (outputs, emission->trial != NULL ? emission->trial->emit (b, x)
                                                    : strata_builder_emit (b, emission->op, NULL, x, emission->n));
}

static void
check (const char *name,
       const char *inputs,
       Emission   *emission)
{
  StrataTensor *tensors[8];
  double worst = 0;

  emission->n = make_inputs (inputs, tensors);
  for (guint64 seed = 1; seed <= 3; seed++)
    worst = MAX (worst, gradient_check (emit, emission, tensors, emission->n, seed));
  if (worst > GRADIENT_TOLERANCE)
    {
      g_test_message ("%s: the gradient is off by %g", name, worst);
      g_test_fail ();
    }
  for (guint i = 0; i < emission->n; i++)
    strata_tensor_unref (tensors[i]);
}

static void
test_op (gconstpointer data)
{
  const StrataOp *op = data;
  static const char *const inputs[] = { "", "2,3", "2,3;2,3", "2,3;2,3;2,3" };
  static const char *const spread[] = { "", "2,3", "2,3;3", "2,1;2,3;3" };
  gboolean tried = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (trials); i++)
    if (g_str_equal (trials[i].op, op->name))
      {
        Emission emission = { .trial = &trials[i] };

        check (op->name, trials[i].inputs, &emission);
        tried = TRUE;
      }
  if (!tried && strata_op_is_elementwise (op) && !g_strv_contains (without, op->name))
    {
      Emission emission = { .op = op };

      if (op->gradient == NULL)
        return;
      check (op->name, inputs[op->n_inputs], &emission);
      check (op->name, spread[op->n_inputs], &emission);
      return;
    }
  if (!tried && !g_strv_contains (without, op->name))
    {
      g_test_message ("%s has no trial here", op->name);
      g_test_fail ();
    }
}

/* An op that cannot be done is refused in words, eager or not, and nothing runs. */
static void
test_mismatch (void)
{
  static const char *const inputs[] = { "2,5,6,4;2,3,3,6", "2,3;4,5", "2,3;2,4,5", "2,1,6,4" };

  for (guint i = 0; i < G_N_ELEMENTS (inputs); i++)
    {
      g_autoptr (StrataBuilder) b = strata_builder_new_eager (1);
      g_autoptr (GError) error = NULL;
      StrataTensor *tensors[8];
      StrataValue *x[8];
      guint n = make_inputs (inputs[i], tensors);

      for (guint k = 0; k < n; k++)
        x[k] = strata_builder_constant (b, tensors[k]);
      if (i == 0)
        conv (b, x);
      else if (i == 1)
        strata_matmul (b, x[0], x[1], FALSE, FALSE);
      else if (i == 2)
        strata_concatenate (b, x, 2, 1);
      else
        strata_max_pool (b, x[0], &(StrataPoolOptions){ .window = { 3, 3 }, .stride = { 1, 1 } });
      g_assert_false (strata_builder_take_error (b, &error));
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SHAPE);
      g_assert_nonnull (strstr (error->message, "expected"));
      g_assert_nonnull (strstr (error->message, "received"));
    }
}

/* The same numbers for the same seed and step, others for others, however many there are before. */
static void
test_drawing (void)
{
  float first[2][64];

  for (int run = 0; run < 2; run++)
    {
      g_autoptr (StrataBuilder) b = strata_builder_new_eager (5);
      StrataValue *x = strata_draw_uniform (b, &STRATA_SHAPE (64), STRATA_NONE_INT);
      StrataValue *y = strata_draw_uniform (b, &STRATA_SHAPE (64), STRATA_NONE_INT);
      StrataValue *normal = strata_draw_normal (b, &STRATA_SHAPE (20000), STRATA_NONE_INT);
      double sum = 0, squares = 0;

      memcpy (first[run], strata_tensor_get_floats (x->tensor), sizeof first[run]);
      g_assert_cmpint (memcmp (first[run], strata_tensor_get_floats (y->tensor), sizeof first[run]), !=, 0);
      for (int i = 0; i < 64; i++)
        g_assert_true (first[run][i] >= 0 && first[run][i] < 1);
      for (int i = 0; i < 20000; i++)
        {
          double number = strata_tensor_get_floats (normal->tensor)[i];

          sum += number;
          squares += number * number;
        }
      g_assert_cmpfloat_with_epsilon (sum / 20000, 0, 0.03);
      g_assert_cmpfloat_with_epsilon (squares / 20000, 1, 0.05);
    }
  g_assert_cmpint (memcmp (first[0], first[1], sizeof first[0]), ==, 0);
}

static void
test_indices (void)
{
  g_autoptr (StrataBuilder) b = strata_builder_new_eager (1);
  StrataValue *x = strata_builder_constant (b, strata_tensor_new_floats (&STRATA_SHAPE (2, 3),
                                                                         (float[]){ 1, 5, 5, 7, 2, 3 }));
  StrataValue *last = strata_argmax (b, x, -1), *first = strata_argmax (b, x, 0), *hot = strata_one_hot (b, last, 3);
  StrataValue *beyond = strata_gather (b, x, new_indices (b));

  g_assert_cmpint (((gint32 *) strata_tensor_get_data (last->tensor))[0], ==, 1);
  g_assert_cmpint (((gint32 *) strata_tensor_get_data (last->tensor))[1], ==, 0);
  g_assert_cmpint (((gint32 *) strata_tensor_get_data (first->tensor))[0], ==, 1);
  g_assert_cmpint (((gint32 *) strata_tensor_get_data (first->tensor))[2], ==, 0);
  g_assert_cmpfloat (strata_tensor_get_floats (hot->tensor)[1], ==, 1);
  g_assert_cmpfloat (strata_tensor_get_floats (hot->tensor)[0], ==, 0);
  g_assert_true (isnan (strata_tensor_get_floats (beyond->tensor)[0]));
  g_assert_cmpfloat (strata_tensor_get_floats (beyond->tensor)[3], ==, 1);
}

/* Where no gradient comes nothing flows, though a root or reciprocal has no slope at zero. */
static void
test_nothing (void)
{
  static const struct
  {
    const char *name;
    StrataValue *(*func) (StrataBuilder *b, StrataValue *x);
  } cases[] = { { "sqrt", strata_sqrt }, { "rsqrt", strata_rsqrt }, { "reciprocal", strata_reciprocal } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (StrataTape) tape = strata_tape_new (0);
      StrataBuilder *b = strata_tape_get_builder (tape);
      g_autoptr (StrataTensor) zero = strata_tensor_new_scalar (0);
      StrataValue *x = strata_tape_watch (tape, zero), *y, *grad;

      g_test_message ("%s", cases[i].name);
      y = strata_minimum (b, cases[i].func (b, x), strata_builder_scalar (b, -1));
      g_assert_true (strata_gradient (b, y, &x, 1, &grad));
      g_assert_cmpfloat (strata_tensor_get_floats (grad->tensor)[0], ==, 0);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (const StrataOp *const *ops = strata_op_list (); *ops != NULL; ops++)
    {
      g_autofree char *path = g_strdup_printf ("/ops/gradients/%s", (*ops)->name);

      g_test_add_data_func (path, *ops, test_op);
    }
  g_test_add_func ("/ops/mismatch", test_mismatch);
  g_test_add_func ("/ops/drawing", test_drawing);
  g_test_add_func ("/ops/indices", test_indices);
  g_test_add_func ("/ops/nothing", test_nothing);
  return g_test_run ();
}
