/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tensor/seed.h"

#include "tensor/random.h"

static GMutex mutex;
static guint64 current;
static guint64 count;
static gboolean chosen;

/**
 * strata_seed_set:
 *
 * Makes all that is drawn from now on repeatable, as Keras's set_random_seed().
 */
void
strata_seed_set (guint64 seed)
{
  g_mutex_lock (&mutex);
  current = seed;
  count = 0;
  chosen = TRUE;
  g_mutex_unlock (&mutex);
}

/**
 * strata_seed_next:
 *
 * Returns: a seed for whoever has none of its own, another each time
 */
guint64
strata_seed_next (void)
{
  guint64 seed;

  g_mutex_lock (&mutex);
  if (!chosen)
    current = (guint64) g_random_int () << 32 | g_random_int ();
  chosen = TRUE;
  seed = strata_random_mix (current, ++count) >> 16;
  g_mutex_unlock (&mutex);
  return seed;
}
