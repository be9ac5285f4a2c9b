/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tensor/random.h"

#include <math.h>

/**
 * strata_philox:
 * @key: which generator
 * @stream: which stream of it
 * @counter: which block of four
 * @out: four random words
 */
void
strata_philox (guint64 key,
               guint64 stream,
               guint64 counter,
               guint32 out[4])
{
  guint32 c0 = (guint32) counter, c1 = (guint32) (counter >> 32);
  guint32 c2 = (guint32) stream, c3 = (guint32) (stream >> 32);
  guint32 k0 = (guint32) key, k1 = (guint32) (key >> 32);

  for (int round = 0; round < 10; round++)
    {
      guint64 p0 = (guint64) 0xD2511F53u * c0, p1 = (guint64) 0xCD9E8D57u * c2;

      c0 = (guint32) (p1 >> 32) ^ c1 ^ k0;
      c1 = (guint32) p1;
      c2 = (guint32) (p0 >> 32) ^ c3 ^ k1;
      c3 = (guint32) p0;
      k0 += 0x9E3779B9u;
      k1 += 0xBB67AE85u;
    }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/**
 * strata_random_mix:
 *
 * Returns: a key made of two numbers, different for different pairs
 */
guint64
strata_random_mix (guint64 a,
                   guint64 b)
{
  guint32 out[4];

  strata_philox (a, 0x5354524154410001u, b, out);
  return (guint64) out[0] << 32 | out[1];
}

static float
to_unit (guint32 word)
{
  return (word >> 8) * 0x1p-24f;
}

/* Box and Muller's transform of two numbers from 0 to 1; the first is kept from being zero. */
static void
to_normals (float a,
            float b,
            float out[2])
{
  float radius = sqrtf (-2.0f * logf (a + 0x1p-24f)), angle = 6.283185307179586f * b;

  out[0] = radius * cosf (angle);
  out[1] = radius * sinf (angle);
}

/**
 * strata_random_to_normal:
 * @a: a uniform number from 0 up to but not including 1
 * @b: another
 *
 * Returns: a number of mean 0 and standard deviation 1 made of both
 */
float
strata_random_to_normal (float a,
                         float b)
{
  return sqrtf (-2.0f * logf (a + 0x1p-24f)) * cosf (6.283185307179586f * b);
}

void
strata_random_init (StrataRandom *self,
                    guint64       seed)
{
  self->key = seed;
  self->counter = 0;
}

guint32
strata_random_next (StrataRandom *self)
{
  guint32 out[4];

  strata_philox (self->key, 0, self->counter / 4, out);
  return out[self->counter++ % 4];
}

/**
 * strata_random_below:
 *
 * Returns: an integer from 0 to @n - 1, all equally likely
 */
gint64
strata_random_below (StrataRandom *self,
                     gint64        n)
{
  guint64 range = n, limit = G_MAXUINT64 - G_MAXUINT64 % range, word;

  do
    word = (guint64) strata_random_next (self) << 32 | strata_random_next (self);
  while (word >= limit);
  return word % range;
}

double
strata_random_uniform (StrataRandom *self)
{
  return to_unit (strata_random_next (self));
}

double
strata_random_normal (StrataRandom *self)
{
  float a = strata_random_uniform (self), b = strata_random_uniform (self);

  return strata_random_to_normal (a, b);
}

/**
 * strata_random_shuffle:
 *
 * Puts @indices into random order (Fisher and Yates).
 */
void
strata_random_shuffle (StrataRandom *self,
                       gint64       *indices,
                       gint64        n)
{
  for (gint64 i = n - 1; i > 0; i--)
    {
      gint64 j = strata_random_below (self, i + 1), swapped = indices[i];

      indices[i] = indices[j];
      indices[j] = swapped;
    }
}

/**
 * strata_random_fill_uniform:
 * @key: which generator
 * @stream: which stream
 * @start: index of the first element in the stream
 * @out: @n numbers from 0 up to but not including 1
 */
void
strata_random_fill_uniform (guint64  key,
                            guint64  stream,
                            gint64   start,
                            float   *out,
                            gsize    n)
{
  guint32 words[4];

  for (gsize i = 0; i < n; i++)
    {
      if (i == 0 || (start + i) % 4 == 0)
        strata_philox (key, stream, (start + i) / 4, words);
      out[i] = to_unit (words[(start + i) % 4]);
    }
}

/**
 * strata_random_fill_normal:
 *
 * As strata_random_fill_uniform(), of mean 0 and standard deviation 1.
 */
void
strata_random_fill_normal (guint64  key,
                           guint64  stream,
                           gint64   start,
                           float   *out,
                           gsize    n)
{
  guint32 words[4];
  float normals[4];

  for (gsize i = 0; i < n; i++)
    {
      if (i == 0 || (start + i) % 4 == 0)
        {
          strata_philox (key, stream, (start + i) / 4, words);
          to_normals (to_unit (words[0]), to_unit (words[1]), normals);
          to_normals (to_unit (words[2]), to_unit (words[3]), normals + 2);
        }
      out[i] = normals[(start + i) % 4];
    }
}
