/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mutation.h"

#include <string.h>

#define MAX_PIECE 64

/* Numbers at which counts and sizes go wrong, in the width that @rand draws. */
static void
overwrite_number (GByteArray *bytes,
                  GRand      *rand)
{
  static const guint64 values[] = { 0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff,
                                    0x7fffffffffffffff, 0x8000000000000000, 0xffffffffffffffff };
  guint64 value = GUINT64_TO_LE (values[g_rand_int_range (rand, 0, G_N_ELEMENTS (values))]);
  guint width = 1 << g_rand_int_range (rand, 0, 4);

  if (bytes->len >= width)
    memcpy (bytes->data + g_rand_int_range (rand, 0, bytes->len - width + 1), &value, width);
}

/* Texts at which numbers and nesting go wrong. */
static void
insert_word (GByteArray *bytes,
             GRand      *rand)
{
  static const char *const words[] = { "-1", "0", "1e999", "9223372036854775807", "4294967296", "null", "[[", "{}",
                                       "((", "\"", "\n", "\\u0000", "../" };
  const char *word = words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))];
  guint at = g_rand_int_range (rand, 0, bytes->len + 1), n = strlen (word), rest = bytes->len - at;

  g_byte_array_set_size (bytes, bytes->len + n);
  memmove (bytes->data + at + n, bytes->data + at, rest);
  memcpy (bytes->data + at, word, n);
}

/* A piece of one file over, or into, another. */
static void
splice (GByteArray *bytes,
        GBytes     *other,
        GRand      *rand)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (other, &size);
  guint drawn = g_rand_int_range (rand, 1, MAX_PIECE), n = MIN (MIN (size, bytes->len), drawn);

  if (n > 0)
    memmove (bytes->data + g_rand_int_range (rand, 0, bytes->len - n + 1),
             data + g_rand_int_range (rand, 0, size - n + 1), n);
}

static void
remove_piece (GByteArray *bytes,
              GRand      *rand)
{
  guint drawn = g_rand_int_range (rand, 1, MAX_PIECE), n = MIN (bytes->len, drawn);

  if (n > 0)
    g_byte_array_remove_range (bytes, g_rand_int_range (rand, 0, bytes->len - n + 1), n);
}

static void
damage (GByteArray *bytes,
        GBytes     *other,
        GRand      *rand)
{
  switch (g_rand_int_range (rand, 0, 8))
    {
    case 0:
      insert_word (bytes, rand);
      break;
    case 1:
      splice (bytes, other, rand);
      break;
    case 2:
      remove_piece (bytes, rand);
      break;
    case 3:
      overwrite_number (bytes, rand);
      break;
    case 4:
      /* Cut off, now and then. */
      if (g_rand_int_range (rand, 0, 8) == 0)
        g_byte_array_set_size (bytes, g_rand_int_range (rand, 0, bytes->len + 1));
      break;
    default:
      if (bytes->len > 0)
        bytes->data[g_rand_int_range (rand, 0, bytes->len)] ^= 1 << g_rand_int_range (rand, 0, 8);
    }
}

GByteArray *
fuzz_mutate (GBytes *seed,
             GBytes *other,
             GRand  *rand)
{
  GByteArray *bytes = g_byte_array_new ();
  gsize size;
  gconstpointer data = g_bytes_get_data (seed, &size);
  int n = g_rand_int_range (rand, 1, 9);

  g_byte_array_append (bytes, data, size);
  for (int i = 0; i < n; i++)
    damage (bytes, other, rand);
  return bytes;
}
