/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/isa.h"
#include "kernels/uniform.h"
#include "tensor/random.h"

#include <string.h>

#define MOST 700

/* The vectorised kernel writes the very bits of the plain one, from any start and of any length. */
static void
test_same_bits (gconstpointer data)
{
  static const gint64 starts[] = { 0, 1, 2, 3, 4, 128, 1001, ((gint64) 1 << 34) - 130 };
  static const gsize lengths[] = { 0, 1, 3, 4, 127, 128, 131, 256, MOST };
  float expected[MOST + 1], found[MOST + 1];

  if (!strata_isa_set (GPOINTER_TO_INT (data)))
    {
      g_test_skip ("this processor has no such instructions");
      return;
    }
  for (guint s = 0; s < G_N_ELEMENTS (starts); s++)
    for (guint l = 0; l < G_N_ELEMENTS (lengths); l++)
      {
        memset (expected, 0x55, sizeof expected);
        memset (found, 0x55, sizeof found);
        strata_random_fill_uniform (0x123456789abcdefu, 0xfedcba9876543210u, starts[s], expected, lengths[l]);
        strata_uniform_fill (0x123456789abcdefu, 0xfedcba9876543210u, starts[s], found, lengths[l]);
        g_assert_cmpmem (found, sizeof found, expected, sizeof expected);
      }
}

/* Salmon and others, "Parallel random numbers", kat_vectors: philox4x32 10. */
static void
test_known_answers (void)
{
  guint32 out[4];

  strata_philox (0, 0, 0, out);
  g_assert_cmphex (out[0], ==, 0x6627e8d5);
  g_assert_cmphex (out[1], ==, 0xe169c58d);
  g_assert_cmphex (out[2], ==, 0xbc57ac4c);
  g_assert_cmphex (out[3], ==, 0x9b00dbd8);
  strata_philox (G_MAXUINT64, G_MAXUINT64, G_MAXUINT64, out);
  g_assert_cmphex (out[0], ==, 0x408f276d);
  g_assert_cmphex (out[1], ==, 0x41c83b0e);
  g_assert_cmphex (out[2], ==, 0xa20bc7c6);
  g_assert_cmphex (out[3], ==, 0x6d5451fd);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/uniform/known-answers", test_known_answers);
  for (int isa = 0; isa < STRATA_N_ISAS; isa++)
    {
      g_autofree char *path = g_strdup_printf ("/uniform/same-bits/%s", strata_isa_get_name (isa));

      g_test_add_data_func (path, GINT_TO_POINTER (isa), test_same_bits);
    }
  return g_test_run ();
}
