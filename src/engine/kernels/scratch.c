/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/scratch.h"

/* A block holds what was pushed since it was added. Blocks double in size, so
 * after some steps of a training all scratch memory comes from one block. */
typedef struct _Block Block;

struct _Block
{
  Block *below;
  gsize size;
  gsize used;
  _Alignas (STRATA_SCRATCH_ALIGNMENT) float data[];
};

#define MIN_FLOATS (64 * 1024)

static void
free_blocks (gpointer data)
{
  Block *block = data;

  while (block != NULL)
    {
      Block *below = block->below;

      g_aligned_free (block);
      block = below;
    }
}

static GPrivate top_block = G_PRIVATE_INIT (free_blocks);

static gsize
round_up (gsize n_floats)
{
  return (MAX (n_floats, 1) + 15) & ~(gsize) 15;
}

static Block *
add_block (Block *below,
           gsize  size)
{
  gsize floats = MAX (MAX (size, MIN_FLOATS), below != NULL ? 2 * below->size : 0);
  Block *block = g_aligned_alloc (1, sizeof (Block) + floats * sizeof (float), STRATA_SCRATCH_ALIGNMENT);

  block->below = below;
  block->size = floats;
  block->used = 0;
  return block;
}

/**
 * strata_scratch_push:
 *
 * Returns: (transfer none): memory of the calling thread for @n_floats numbers,
 *   aligned to STRATA_SCRATCH_ALIGNMENT and not cleared, until the
 *   strata_scratch_pop() of the same size; last in, first out
 */
float *
strata_scratch_push (gsize n_floats)
{
  Block *block = g_private_get (&top_block);
  gsize size = round_up (n_floats);
  float *data;

  if (block == NULL || block->size - block->used < size)
    {
      /* An empty block that is too small will never be needed again. */
      if (block != NULL && block->used == 0)
        {
          Block *below = block->below;

          g_aligned_free (block);
          block = below;
        }
      block = add_block (block, size);
      g_private_set (&top_block, block);
    }
  data = block->data + block->used;
  block->used += size;
  return data;
}

void
strata_scratch_pop (gsize n_floats)
{
  Block *block = g_private_get (&top_block);

  /* A block that was added later stays on top, empty, and serves what comes next. */
  while (block->used == 0)
    block = block->below;
  block->used -= round_up (n_floats);
}
