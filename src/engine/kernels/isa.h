/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Instruction sets. A source listed under `isa_sources` in meson.build is
 * compiled once for each, with STRATA_ISA defined as base, avx2 or avx512.
 * What it exports is named by STRATA_ISA_NAME(); whoever calls it declares all
 * variants, and picks one from STRATA_ISA_TABLE() by strata_isa_get().
 * Base is what every processor of the architecture has: SSE2, NEON and so on.
 */
typedef enum
{
  STRATA_ISA_BASE,
  STRATA_ISA_AVX2,
  STRATA_ISA_AVX512,
} StrataIsa;

#define STRATA_N_ISAS (STRATA_ISA_AVX512 + 1)

#define STRATA_ISA_PASTE2(name, isa) name##_##isa
#define STRATA_ISA_PASTE(name, isa) STRATA_ISA_PASTE2 (name, isa)
#ifdef STRATA_ISA
#define STRATA_ISA_NAME(name) STRATA_ISA_PASTE (name, STRATA_ISA)
#endif

#ifdef __x86_64__
#define STRATA_ISA_DECLARE(type, name, ...) \
  extern type name##_base __VA_ARGS__;      \
  extern type name##_avx2 __VA_ARGS__;      \
  extern type name##_avx512 __VA_ARGS__;
#define STRATA_ISA_TABLE(name) { name##_base, name##_avx2, name##_avx512 }
#else
#define STRATA_ISA_DECLARE(type, name, ...) extern type name##_base __VA_ARGS__;
#define STRATA_ISA_TABLE(name) { name##_base, name##_base, name##_base }
#endif

StrataIsa   strata_isa_get          (void);
gboolean    strata_isa_set          (StrataIsa isa);
gboolean    strata_isa_is_available (StrataIsa isa);
const char *strata_isa_get_name     (StrataIsa isa);

G_END_DECLS
