/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"

#include "kernels/naive.h"

#define N_RANDOM 60

typedef struct
{
  gboolean trans_a, trans_b;
  gint64 n_batch, m, n, k;
  gint64 lda, ldb, ldc, stride_a, stride_b, stride_c;
  const float *a, *b;
  float beta;
  StrataEpilogue epilogue;
  gboolean in_place; /* the epilogue adds what C was */
  gboolean plain;    /* no epilogue */
} Gemm;

static void
compute_gemm (gconstpointer data,
              float        *c)
{
  const Gemm *g = data;
  StrataEpilogue epilogue = g->epilogue;

  if (g->in_place)
    epilogue.addend = c;
  strata_gemm_batched (g->trans_a, g->trans_b, g->n_batch, g->m, g->n, g->k, g->a, g->lda, g->stride_a,
                       g->b, g->ldb, g->stride_b, g->beta, c, g->ldc, g->stride_c, &epilogue);
}

/* Leading dimensions and strides get room to spare, which must stay as it is. */
static void
check_gemm (GRand *random,
            Gemm   g)
{
  gint64 spare = pick (random, 0, 3);
  g_autofree float *a = NULL, *b = NULL, *c = NULL, *expected = NULL, *bias = NULL, *addend = NULL;

  g.lda = (g.trans_a ? g.m : g.k) + spare;
  g.ldb = (g.trans_b ? g.k : g.n) + spare;
  g.ldc = g.n + spare;
  g.stride_a = g.lda * (g.trans_a ? g.k : g.m) + spare;
  g.stride_b = pick (random, 0, 2) == 0 ? 0 : g.ldb * (g.trans_b ? g.n : g.k);
  g.stride_c = g.ldc * g.m + spare;
  g.a = a = make_numbers (random, g.n_batch * g.stride_a);
  g.b = b = make_numbers (random, (g.n_batch - 1) * g.stride_b + g.ldb * (g.trans_b ? g.n : g.k));
  c = make_numbers (random, g.n_batch * g.stride_c);
  bias = make_numbers (random, g.n);
  addend = make_numbers (random, g.n_batch * g.stride_c);
  g.beta = pick (random, 0, 1);
  g.epilogue.bias = !g.plain && pick (random, 0, 1) ? bias : NULL;
  g.epilogue.kind = g.plain ? STRATA_EPILOGUE_NONE : pick (random, STRATA_EPILOGUE_NONE, STRATA_EPILOGUE_SILU);
  g.epilogue.addend = !g.plain && g.beta == 0 && pick (random, 0, 1) ? addend : NULL;
  g.in_place = g.epilogue.addend != NULL && pick (random, 0, 1);

  expected = g_memdup2 (c, g.n_batch * g.stride_c * sizeof (float));
  for (gint64 i = 0; i < g.n_batch; i++)
    {
      StrataEpilogue epilogue = g.epilogue;

      if (epilogue.addend != NULL)
        epilogue.addend = (g.in_place ? c : addend) + i * g.stride_c;
      strata_naive_gemm (g.trans_a, g.trans_b, g.m, g.n, g.k, a + i * g.stride_a, g.lda, b + i * g.stride_b, g.ldb,
                         g.beta, expected + i * g.stride_c, g.ldc, &epilogue);
    }
  check (compute_gemm, &g, c, expected, g.n_batch * g.stride_c);
}

static void
test_gemm_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (int i = 0; i < 4 * N_RANDOM; i++)
    check_gemm (random, (Gemm) { .trans_a = i & 1, .trans_b = i >> 1 & 1, .n_batch = 1, .m = pick (random, 1, 70),
                                 .n = pick (random, 1, 70), .k = pick (random, 0, 90) });
}

static void
test_gemm_batched (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2);

  for (int i = 0; i < N_RANDOM; i++)
    check_gemm (random, (Gemm) { .trans_a = i & 1, .trans_b = i >> 1 & 1, .n_batch = pick (random, 1, 20),
                                 .m = pick (random, 1, 40), .n = pick (random, 1, 40), .k = pick (random, 1, 40) });
}

/* Large enough for several steps of depth, packing on both sides, aliased strides, and sums in parts. */
static void
test_gemm_large (void)
{
  static const gint64 sizes[][3] = {
    { 300, 200, 600 }, { 257, 513, 300 }, { 128, 512, 512 }, { 1024, 40, 512 }, { 14, 1100, 70 }, { 1, 300, 1000 },
    { 300, 1, 1000 },
    { 32, 128, 784 }, { 3, 401, 4001 }, { 1, 515, 1031 },
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (int trans = 0; trans < 4; trans++)
      check_gemm (random, (Gemm) { .trans_a = trans & 1, .trans_b = trans >> 1, .n_batch = 1,
                                   .m = sizes[i][0], .n = sizes[i][1], .k = sizes[i][2] });
}

/* A few columns beyond whole vectors, over one and over several steps of depth. */
static void
test_gemm_narrow (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4);

  for (gint64 n = 1; n <= 40; n++)
    for (gint64 k = 1; k <= 601; k += 150)
      check_gemm (random,
                  (Gemm) { .trans_b = TRUE, .n_batch = 1, .m = pick (random, 1, 30), .n = n, .k = k, .plain = TRUE });
}

typedef struct
{
  gint64 n_batch, m, n, k;
  const float *a, *b, *gates;
  StrataEpilogue epilogue;
} Gated;

static void
compute_gated (gconstpointer data,
               float        *c)
{
  const Gated *g = data;

  strata_gemm_gated (g->n_batch, g->m, g->n, g->k, g->a, g->gates, g->b, c, &g->epilogue);
}

/* The naive version multiplies the left factor first. */
static void
test_gemm_gated (void)
{
  static const gint64 sizes[][4] = { { 1, 49, 192, 1152 }, { 8, 49, 24, 300 }, { 3, 2, 3, 5 }, { 4, 196, 80, 48 },
                                     { 7, 1, 20, 33 } };
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      gint64 rows = sizes[i][1], m = sizes[i][0] * rows, n = sizes[i][2], k = sizes[i][3];
      g_autofree float *a = make_numbers (random, m * k), *b = make_numbers (random, k * n);
      g_autofree float *gates = make_numbers (random, m / rows * k), *bias = make_numbers (random, n);
      g_autofree float *addend = make_numbers (random, m * n), *expected = g_new (float, m * n);
      Gated g = { m / rows, rows, n, k, a, b, gates,
                  { bias, pick (random, STRATA_EPILOGUE_NONE, STRATA_EPILOGUE_SILU), addend } };
      g_autofree float *product = g_memdup2 (a, m * k * sizeof (float));

      for (gint64 at = 0; at < m * k; at++)
        product[at] *= gates[at / k / rows * k + at % k];
      strata_naive_gemm (FALSE, FALSE, m, n, k, product, k, b, n, 0, expected, n, &g.epilogue);
      check_scaled (compute_gated, &g, expected, expected, m * n, sqrtf (k) / 4);
    }
}

static void
test_gemm_empty (void)
{
  float c[6] = { 1, 2, 3, 4, 5, 6 };
  float bias[3] = { 1, -9, 1 };
  StrataEpilogue epilogue = { bias, STRATA_EPILOGUE_RELU };

  strata_gemm (FALSE, FALSE, 0, 3, 2, c, 2, c, 3, 0.0f, c, 3, NULL);
  strata_gemm (FALSE, FALSE, 2, 0, 2, c, 2, c, 3, 0.0f, c, 3, NULL);
  g_assert_cmpfloat (c[0], ==, 1.0f);
  strata_gemm (FALSE, FALSE, 2, 3, 0, NULL, 1, NULL, 3, 1.0f, c, 3, &epilogue);
  g_assert_cmpfloat (c[0], ==, 2.0f);
  g_assert_cmpfloat (c[1], ==, 0.0f);
  g_assert_cmpfloat (c[5], ==, 7.0f);
  strata_gemm (FALSE, FALSE, 2, 3, 0, NULL, 1, NULL, 3, 0.0f, c, 3, NULL);
  g_assert_cmpfloat (c[0], ==, 0.0f);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gemm/random", test_gemm_random);
  g_test_add_func ("/gemm/batched", test_gemm_batched);
  g_test_add_func ("/gemm/large", test_gemm_large);
  g_test_add_func ("/gemm/narrow", test_gemm_narrow);
  g_test_add_func ("/gemm/gated", test_gemm_gated);
  g_test_add_func ("/gemm/empty", test_gemm_empty);
  return g_test_run ();
}
