/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "text/fingerprint.h"

#include <string.h>

/* FarmHash's 64-bit fingerprint (Pike, 2014), which follows CityHash; its constants are primes between 2^63 and
 * 2^64. */
#define K0 G_GUINT64_CONSTANT (0xc3a5c85c97cb3127)
#define K1 G_GUINT64_CONSTANT (0xb492b66fbe98f273)
#define K2 G_GUINT64_CONSTANT (0x9ae16a3b2f90404f)

typedef struct
{
  guint64 first, second;
} Pair;

static guint64
fetch (const char *data)
{
  guint64 value;

  memcpy (&value, data, sizeof value);
  return GUINT64_FROM_LE (value);
}

static guint64
fetch32 (const char *data)
{
  guint32 value;

  memcpy (&value, data, sizeof value);
  return GUINT32_FROM_LE (value);
}

static guint64
rotate (guint64 value,
        int     shift)
{
  return value >> shift | value << (64 - shift);
}

static guint64
mix (guint64 value)
{
  return value ^ value >> 47;
}

static guint64
fold (guint64 u,
      guint64 v,
      guint64 factor)
{
  guint64 a = mix ((u ^ v) * factor), b = mix ((v ^ a) * factor);

  return b * factor;
}

static guint64
hash_up_to_16 (const char *data,
               gsize       n)
{
  guint64 factor = K2 + n * 2;

  if (n >= 8)
    {
      guint64 a = fetch (data) + K2, b = fetch (data + n - 8);

      return fold (rotate (b, 37) * factor + a, (rotate (a, 25) + b) * factor, factor);
    }
  if (n >= 4)
    return fold (n + (fetch32 (data) << 3), fetch32 (data + n - 4), factor);
  if (n > 0)
    {
      guint8 a = data[0], b = data[n >> 1], c = data[n - 1];
      guint32 y = a + ((guint32) b << 8), z = n + ((guint32) c << 2);

      return mix (y * K2 ^ z * K0) * K2;
    }
  return K2;
}

static guint64
hash_up_to_32 (const char *data,
               gsize       n)
{
  guint64 factor = K2 + n * 2, a = fetch (data) * K1, b = fetch (data + 8), c = fetch (data + n - 8) * factor;
  guint64 d = fetch (data + n - 16) * K2;

  return fold (rotate (a + b, 43) + rotate (c, 30) + d, a + rotate (b + K2, 18) + c, factor);
}

static guint64
hash_up_to_64 (const char *data,
               gsize       n)
{
  guint64 factor = K2 + n * 2, a = fetch (data) * K2, b = fetch (data + 8), c = fetch (data + n - 8) * factor;
  guint64 d = fetch (data + n - 16) * K2;
  guint64 y = rotate (a + b, 43) + rotate (c, 30) + d, z = fold (y, a + rotate (b + K2, 18) + c, factor);
  guint64 e = fetch (data + 16) * factor, f = fetch (data + 24), g = (y + fetch (data + n - 32)) * factor;
  guint64 h = (z + fetch (data + n - 24)) * factor;

  return fold (rotate (e + f, 43) + rotate (g, 30) + h, e + rotate (f + a, 18) + g, factor);
}

static Pair
hash_32_with (const char *data,
              guint64     a,
              guint64     b)
{
  guint64 c, z = fetch (data + 24);

  a += fetch (data);
  b = rotate (b + a + z, 21);
  c = a;
  a += fetch (data + 8) + fetch (data + 16);
  b += rotate (a, 44);
  return (Pair){ a + z, b + c };
}

static void
swap (guint64 *x,
      guint64 *z)
{
  guint64 kept = *x;

  *x = *z;
  *z = kept;
}

static guint64
hash_long (const char *data,
           gsize       n)
{
  const char *end = data + (n - 1) / 64 * 64, *last = end + ((n - 1) & 63) - 63;
  guint64 x = 81, y = 81 * K1 + 113, z = mix (y * K2 + 113) * K2, factor;
  Pair v = { 0, 0 }, w = { 0, 0 };

  x = x * K2 + fetch (data);
  for (; data != end; data += 64)
    {
      x = rotate (x + y + v.first + fetch (data + 8), 37) * K1;
      y = rotate (y + v.second + fetch (data + 48), 42) * K1;
      x ^= w.second;
      y += v.first + fetch (data + 40);
      z = rotate (z + w.first, 33) * K1;
      v = hash_32_with (data, v.second * K1, x + w.first);
      w = hash_32_with (data + 32, z + w.second, y + fetch (data + 16));
      swap (&x, &z);
    }
  factor = K1 + ((z & 0xff) << 1);
  data = last;
  w.first += (n - 1) & 63;
  v.first += w.first;
  w.first += v.first;
  x = rotate (x + y + v.first + fetch (data + 8), 37) * factor;
  y = rotate (y + v.second + fetch (data + 48), 42) * factor;
  x ^= w.second * 9;
  y += v.first * 9 + fetch (data + 40);
  z = rotate (z + w.first, 33) * factor;
  v = hash_32_with (data, v.second * factor, x + w.first);
  w = hash_32_with (data + 32, z + w.second, y + fetch (data + 16));
  swap (&x, &z);
  return fold (fold (v.first, w.first, factor) + mix (y) * K0 + z, fold (v.second, w.second, factor) + x, factor);
}

/**
 * strata_fingerprint: (skip)
 *
 * Returns: FarmHash's fingerprint of some bytes, which never changes
 */
guint64
strata_fingerprint (const char *data,
                    gsize       n)
{
  if (n <= 16)
    return hash_up_to_16 (data, n);
  if (n <= 32)
    return hash_up_to_32 (data, n);
  return n <= 64 ? hash_up_to_64 (data, n) : hash_long (data, n);
}

/**
 * strata_fingerprint_write: (skip)
 * @text: (out): the number in decimal digits
 *
 * Returns: how many characters
 */
gsize
strata_fingerprint_write (gint64 number,
                          char   text[24])
{
  return g_snprintf (text, 24, "%" G_GINT64_FORMAT, number);
}

/**
 * strata_fingerprint_number: (skip)
 *
 * Returns: the fingerprint of a number as it is written
 */
guint64
strata_fingerprint_number (gint64 number)
{
  char text[24];
  gsize n = strata_fingerprint_write (number, text);

  return strata_fingerprint (text, n);
}

/**
 * strata_fingerprint_join: (skip)
 *
 * Returns: TensorFlow's fingerprint of two that follow each other
 */
guint64
strata_fingerprint_join (guint64 a,
                         guint64 b)
{
  const guint64 factor = G_GUINT64_CONSTANT (0xc6a4a7935bd1e995);
  guint64 result = (a ^ factor ^ mix (b * factor) * factor) * factor;

  return mix (mix (result) * factor);
}

static void
sip_round (guint64 v[4])
{
  v[0] += v[1];
  v[2] += v[3];
  v[1] = rotate (v[1], 51) ^ v[0];
  v[3] = rotate (v[3], 48) ^ v[2];
  v[0] = rotate (v[0], 32);
  v[2] += v[1];
  v[0] += v[3];
  v[1] = rotate (v[1], 47) ^ v[2];
  v[3] = rotate (v[3], 43) ^ v[0];
  v[2] = rotate (v[2], 32);
}

static void
sip_absorb (guint64 v[4],
            guint64 word)
{
  v[3] ^= word;
  sip_round (v);
  sip_round (v);
  v[0] ^= word;
}

/**
 * strata_fingerprint_salted: (skip)
 *
 * Returns: SipHash-2-4 (Aumasson and Bernstein, 2012) of some bytes under a key
 */
guint64
strata_fingerprint_salted (const char *data,
                           gsize       n,
                           guint64     key0,
                           guint64     key1)
{
  guint64 v[4] = { key0 ^ G_GUINT64_CONSTANT (0x736f6d6570736575), key1 ^ G_GUINT64_CONSTANT (0x646f72616e646f6d),
                   key0 ^ G_GUINT64_CONSTANT (0x6c7967656e657261), key1 ^ G_GUINT64_CONSTANT (0x7465646279746573) };
  guint64 rest = (guint64) n << 56;
  gsize i = 0;

  for (; i + 8 <= n; i += 8)
    sip_absorb (v, fetch (data + i));
  for (gsize k = 0; i + k < n; k++)
    rest |= (guint64) (guint8) data[i + k] << (8 * k);
  sip_absorb (v, rest);
  v[2] ^= 0xff;
  for (int k = 0; k < 4; k++)
    sip_round (v);
  return v[0] ^ v[1] ^ v[2] ^ v[3];
}
