/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/blas.h"

#include <dlfcn.h>
#include <stdlib.h>

#define CORE_VARIABLE "OPENBLAS_CORETYPE"

/* What the cores of OpenBLAS with wide vectors are called; all others are older. */
static const struct
{
  const char *name;
  StrataIsa isa;
} cores[] = {
  { "Haswell", STRATA_ISA_AVX2 },
  { "Zen", STRATA_ISA_AVX2 },
  { "Excavator", STRATA_ISA_AVX2 },
  { "SkylakeX", STRATA_ISA_AVX512 },
  { "Cooperlake", STRATA_ISA_AVX512 },
  { "SapphireRapids", STRATA_ISA_AVX512 },
};

/**
 * strata_blas_choose_core:
 * @best: the best instruction set of the processor
 * @core: what OpenBLAS says it chose
 *
 * OpenBLAS takes a processor that is newer than itself for an old one, and
 * runs several times slower than it could.
 *
 * Returns: (nullable): the core to make it take instead, or %NULL if its
 *   choice is fine
 */
const char *
strata_blas_choose_core (StrataIsa   best,
                         const char *core)
{
  if (best == STRATA_ISA_BASE)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (cores); i++)
    if (g_ascii_strcasecmp (cores[i].name, core) == 0 &&
        (cores[i].isa == best || g_ascii_strcasecmp (core, "Zen") == 0))
      return NULL;
  return best == STRATA_ISA_AVX512 ? "SkylakeX" : "Haswell";
}

static StrataIsa
best_isa (void)
{
  int isa = STRATA_N_ISAS - 1;

  while (!strata_isa_is_available (isa))
    isa--;
  return isa;
}

static gpointer
open_library (void)
{
  return dlopen ("libopenblas.so.0", RTLD_NOW | RTLD_LOCAL);
}

static const char *
get_core (gpointer library)
{
  char *(*get_corename) (void) = (char *(*) (void)) dlsym (library, "openblas_get_corename");

  return get_corename != NULL ? get_corename () : NULL;
}

/* OpenBLAS reads the core to take from the environment when it is loaded, so
 * it is loaded again with that set. What the user set is left alone. */
static gpointer
reopen_with_core (gpointer    library,
                  const char *core)
{
  dlclose (library);
  g_setenv (CORE_VARIABLE, core, TRUE);
  library = open_library ();
  g_unsetenv (CORE_VARIABLE);
  return library;
}

static gpointer
load (gpointer data)
{
  static StrataBlas blas;
  gpointer library = open_library ();
  void (*set_num_threads) (int);

  if (library != NULL && g_getenv (CORE_VARIABLE) == NULL)
    {
      const char *core = get_core (library);
      const char *wanted = core != NULL ? strata_blas_choose_core (best_isa (), core) : NULL;

      if (wanted != NULL)
        library = reopen_with_core (library, wanted);
    }
  if (library == NULL)
    return NULL;

  set_num_threads = (void (*) (int)) dlsym (library, "openblas_set_num_threads");
  blas.sgemm = (typeof (blas.sgemm)) dlsym (library, "cblas_sgemm");
  blas.core = get_core (library);
  if (set_num_threads == NULL || blas.sgemm == NULL || blas.core == NULL)
    return NULL;
  set_num_threads (1);
  return &blas;
}

/**
 * strata_blas_get:
 *
 * Loads OpenBLAS, with the right core and to run on one thread: the engine's
 * pool shares out the work. It is loaded rather than linked because that is
 * the only way to have a say in the core without starting the program anew.
 *
 * Returns: (nullable): the functions, or %NULL if there is no OpenBLAS
 */
const StrataBlas *
strata_blas_get (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, load, NULL);
}
