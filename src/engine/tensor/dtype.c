/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tensor/dtype.h"

#include "base/error.h"

static const struct
{
  const char *name;
  gsize size;
} dtypes[STRATA_N_DTYPES] = {
  [STRATA_FLOAT32] = { "float32", 4 }, [STRATA_INT32] = { "int32", 4 },     [STRATA_INT64] = { "int64", 8 },
  [STRATA_UINT8] = { "uint8", 1 },     [STRATA_BOOL] = { "bool", 1 },       [STRATA_FLOAT16] = { "float16", 2 },
  [STRATA_BFLOAT16] = { "bfloat16", 2 }, [STRATA_FLOAT64] = { "float64", 8 },
  [STRATA_STRING] = { "string", sizeof (char *) },
};

const char *
strata_dtype_get_name (StrataDType self)
{
  g_return_val_if_fail (self < STRATA_N_DTYPES, NULL);

  return dtypes[self].name;
}

/**
 * strata_dtype_get_size:
 *
 * Returns: bytes an element takes in memory
 */
gsize
strata_dtype_get_size (StrataDType self)
{
  g_return_val_if_fail (self < STRATA_N_DTYPES, 0);

  return dtypes[self].size;
}

gboolean
strata_dtype_is_float (StrataDType self)
{
  return self == STRATA_FLOAT32 || self == STRATA_FLOAT16 || self == STRATA_BFLOAT16 || self == STRATA_FLOAT64;
}

/**
 * strata_dtype_from_name:
 * @name: as NumPy and Keras spell it
 * @dtype: (out): the type
 */
gboolean
strata_dtype_from_name (const char   *name,
                        StrataDType  *dtype,
                        GError      **error)
{
  for (guint i = 0; i < STRATA_N_DTYPES; i++)
    if (g_str_equal (dtypes[i].name, name))
      {
        *dtype = i;
        return TRUE;
      }

  strata_set_error (error, STRATA_ERROR_TYPE, "There is no data type called “%s”", name);
  return FALSE;
}
