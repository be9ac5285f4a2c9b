/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/isa.h"

static const char *const isa_names[STRATA_N_ISAS] = { "base", "avx2", "avx512" };

/* The set in use, one more than its StrataIsa; 0 until first asked for. */
static int current;

const char *
strata_isa_get_name (StrataIsa isa)
{
  g_return_val_if_fail (isa < STRATA_N_ISAS, NULL);

  return isa_names[isa];
}

/**
 * strata_isa_is_available:
 *
 * Returns: whether this processor can run kernels of @isa
 */
gboolean
strata_isa_is_available (StrataIsa isa)
{
  switch (isa)
    {
    case STRATA_ISA_BASE:
      return TRUE;
#ifdef __x86_64__
    case STRATA_ISA_AVX2:
      return __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma");
    case STRATA_ISA_AVX512:
      return strata_isa_is_available (STRATA_ISA_AVX2) && __builtin_cpu_supports ("avx512f") &&
             __builtin_cpu_supports ("avx512dq") && __builtin_cpu_supports ("avx512bw") &&
             __builtin_cpu_supports ("avx512vl");
#endif
    default:
      return FALSE;
    }
}

/* STRATA_ISA=avx2 in the environment forces a set, for tests and comparisons. */
static StrataIsa
choose (void)
{
  const char *wish = g_getenv ("STRATA_ISA");

  for (int isa = STRATA_N_ISAS - 1; isa > STRATA_ISA_BASE; isa--)
    if (strata_isa_is_available (isa) && (wish == NULL || g_str_equal (wish, isa_names[isa])))
      return isa;
  return STRATA_ISA_BASE;
}

/**
 * strata_isa_get:
 *
 * Returns: the instruction set that kernels run on, the best there is unless
 *   the environment variable `STRATA_ISA` or strata_isa_set() says otherwise
 */
StrataIsa
strata_isa_get (void)
{
  int isa = g_atomic_int_get (&current);

  if (isa == 0)
    {
      isa = choose () + 1;
      g_atomic_int_set (&current, isa);
    }
  return isa - 1;
}

/**
 * strata_isa_set:
 *
 * Makes kernels that start from now on run on @isa.
 * Returns: whether the processor has it
 */
gboolean
strata_isa_set (StrataIsa isa)
{
  if (!strata_isa_is_available (isa))
    return FALSE;
  g_atomic_int_set (&current, isa + 1);
  return TRUE;
}
