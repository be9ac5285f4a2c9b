/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/blas.h"

static void
test_choose_core (void)
{
  static const struct
  {
    StrataIsa best;
    const char *core;
    const char *wanted;
  } cases[] = {
    { STRATA_ISA_AVX512, "Prescott", "SkylakeX" },
    { STRATA_ISA_AVX512, "Core2", "SkylakeX" },
    { STRATA_ISA_AVX512, "Sandybridge", "SkylakeX" },
    { STRATA_ISA_AVX512, "Haswell", "SkylakeX" },
    { STRATA_ISA_AVX512, "Zen", NULL },
    { STRATA_ISA_AVX512, "SkylakeX", NULL },
    { STRATA_ISA_AVX512, "Cooperlake", NULL },
    { STRATA_ISA_AVX512, "SAPPHIRERAPIDS", NULL },
    { STRATA_ISA_AVX2, "Prescott", "Haswell" },
    { STRATA_ISA_AVX2, "Nehalem", "Haswell" },
    { STRATA_ISA_AVX2, "Barcelona", "Haswell" },
    { STRATA_ISA_AVX2, "HASWELL", NULL },
    { STRATA_ISA_AVX2, "Zen", NULL },
    { STRATA_ISA_AVX2, "Excavator", NULL },
    { STRATA_ISA_BASE, "Prescott", NULL },
    { STRATA_ISA_BASE, "neoversen1", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (strata_blas_choose_core (cases[i].best, cases[i].core), ==, cases[i].wanted);
}

static void
test_load (void)
{
  g_autofree char *before = g_strdup (g_getenv ("OPENBLAS_CORETYPE"));
  const StrataBlas *blas = strata_blas_get ();
  float a[4] = { 1, 2, 3, 4 }, b[4] = { 5, 6, 7, 8 }, c[4];

  if (blas == NULL)
    {
      g_test_skip ("there is no OpenBLAS");
      return;
    }
  g_assert_cmpstr (g_getenv ("OPENBLAS_CORETYPE"), ==, before);
  blas->sgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, 2, 2, 2, 1.0f, a, 2, b, 2, 0.0f, c, 2);
  g_assert_cmpfloat (c[0], ==, 19.0f);
  g_assert_cmpfloat (c[3], ==, 50.0f);
  g_assert_true (blas == strata_blas_get ());
}

/* In a process of its own: what the user asked for stands, be it slow. */
static void
test_user_choice (void)
{
  if (g_test_subprocess ())
    {
      const StrataBlas *blas = strata_blas_get ();

      g_assert_true (blas == NULL || g_ascii_strcasecmp (blas->core, "Nehalem") == 0);
      return;
    }
  if (!strata_isa_is_available (STRATA_ISA_AVX2))
    {
      g_test_skip ("cores of another architecture");
      return;
    }
  g_setenv ("OPENBLAS_CORETYPE", "Nehalem", TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/blas/choose-core", test_choose_core);
  g_test_add_func ("/blas/load", test_load);
  g_test_add_func ("/blas/user-choice", test_user_choice);
  return g_test_run ();
}
