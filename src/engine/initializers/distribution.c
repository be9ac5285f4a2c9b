/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "initializers/distribution.h"

#include <math.h>

#include "kernels/uniform.h"
#include "tensor/pool.h"

/* Numbers that a task draws. */
#define TASK_NUMBERS 4096
/* Numbers that are drawn at once where only some of them will do. */
#define BLOCK_NUMBERS (16 * TASK_NUMBERS)

typedef struct
{
  const StrataRandom *random;
  double start, scale;
  gint64 n;
  float *out;
} Drawing;

static void
draw_uniform (gpointer data,
              guint    task,
              guint    thread)
{
  const Drawing *self = data;
  gint64 first = (gint64) task * TASK_NUMBERS, n = MIN (TASK_NUMBERS, self->n - first);
  float *out = self->out + first;

  strata_uniform_fill (self->random->key, 0, self->random->counter + first, out, n);
  for (gint64 i = 0; i < n; i++)
    out[i] = self->start + self->scale * out[i];
}

/* Each is made of two words of the generator, as strata_random_normal() does it. */
static void
draw_normal (gpointer data,
             guint    task,
             guint    thread)
{
  const Drawing *self = data;
  gint64 first = (gint64) task * TASK_NUMBERS, n = MIN (TASK_NUMBERS, self->n - first);
  float *out = self->out + first, words[2 * TASK_NUMBERS];

  strata_uniform_fill (self->random->key, 0, self->random->counter + 2 * first, words, 2 * n);
  for (gint64 i = 0; i < n; i++)
    out[i] = self->start + self->scale * strata_random_to_normal (words[2 * i], words[2 * i + 1]);
}

static void
run (StrataTask    draw,
     StrataRandom *random,
     gint64        n_words,
     Drawing       drawing)
{
  drawing.random = random;
  strata_pool_run ((drawing.n + TASK_NUMBERS - 1) / TASK_NUMBERS, draw, &drawing);
  random->counter += n_words * drawing.n;
}

/* Those of a block that will do move up. What is drawn beyond the last is not needed. */
static void
draw_truncated (double        start,
                double        scale,
                StrataRandom *random,
                gint64        n,
                float        *out)
{
  gint64 most = MIN (n + n / 16 + 8, BLOCK_NUMBERS), done = 0;
  g_autofree float *block = g_new (float, most);

  while (done < n)
    {
      run (draw_normal, random, 2, (Drawing){ .scale = 1, .n = most, .out = block });
      for (gint64 i = 0; i < most && done < n; i++)
        if (fabsf (block[i]) <= 2)
          out[done++] = start + scale * block[i];
    }
}

/**
 * strata_distribution_draw: (skip)
 * @start: what is added to each number
 * @scale: what each number is multiplied by before
 * @random: what to draw from
 * @out: @n numbers, the same whatever the number of threads
 */
void
strata_distribution_draw (StrataDistribution  kind,
                          double              start,
                          double              scale,
                          StrataRandom       *random,
                          gint64              n,
                          float              *out)
{
  if (kind == STRATA_DISTRIBUTION_TRUNCATED_NORMAL)
    draw_truncated (start, scale, random, n, out);
  else if (kind == STRATA_DISTRIBUTION_NORMAL)
    run (draw_normal, random, 2, (Drawing){ .start = start, .scale = scale, .n = n, .out = out });
  else
    run (draw_uniform, random, 1, (Drawing){ .start = start, .scale = scale, .n = n, .out = out });
}
