/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/number.h"

#include <math.h>
#include <string.h>

/* From these exponents on, and below a ten-thousandth, numbers are written with an exponent. */
#define LARGE_EXPONENT 16
#define LARGE_SINGLE_EXPONENT 6
#define SMALL 1e-4

/* Digits around a point, which has one on either side at least. */
static void
append_plain (GString    *out,
              const char *digits,
              int         exponent)
{
  int n = (int) strlen (digits);

  if (exponent < 0)
    {
      g_string_append (out, "0.");
      for (int i = -1; i > exponent; i--)
        g_string_append_c (out, '0');
      g_string_append (out, digits);
      return;
    }
  for (int i = 0; i <= exponent; i++)
    g_string_append_c (out, i < n ? digits[i] : '0');
  g_string_append_c (out, '.');
  g_string_append (out, n > exponent + 1 ? digits + exponent + 1 : "0");
}

static void
append_scientific (GString    *out,
                   const char *digits,
                   int         exponent)
{
  g_string_append_c (out, digits[0]);
  if (digits[1] != '\0')
    g_string_append_printf (out, ".%s", digits + 1);
  g_string_append_printf (out, "e%c%02d", exponent < 0 ? '-' : '+', ABS (exponent));
}

/* As few digits as tell a number from all others of its precision. */
static char *
write_number (double   value,
              gboolean single)
{
  g_autoptr (GString) out = g_string_new (signbit (value) ? "-" : "");
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  char *mark;
  int exponent;

  if (isnan (value))
    return g_strdup ("nan");
  if (isinf (value))
    return g_strdup (value > 0 ? "inf" : "-inf");
  for (int digits = 0; digits < (single ? 9 : 17); digits++)
    {
      char format[8];
      double again;

      g_snprintf (format, sizeof format, "%%.%de", digits);
      again = g_ascii_strtod (g_ascii_formatd (buffer, sizeof buffer, format, fabs (value)), NULL);
      if (again == fabs (value) || (single && (float) again == (float) fabs (value)))
        break;
    }

  mark = strchr (buffer, 'e');
  exponent = (int) g_ascii_strtoll (mark + 1, NULL, 10);
  *mark = '\0';
  if (buffer[1] == '.')
    memmove (buffer + 1, buffer + 2, strlen (buffer + 2) + 1);
  if (value == 0 || (fabs (value) >= SMALL && exponent < (single ? LARGE_SINGLE_EXPONENT : LARGE_EXPONENT)))
    append_plain (out, buffer, exponent);
  else
    append_scientific (out, buffer, exponent);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * strata_number_to_text: (skip)
 *
 * Returns: (transfer full): the number as Python's `repr()` writes it
 */
char *
strata_number_to_text (double value)
{
  return write_number (value, FALSE);
}

/**
 * strata_single_number_to_text: (skip)
 *
 * Returns: (transfer full): the number as NumPy writes a float32
 */
char *
strata_single_number_to_text (float value)
{
  return write_number (value, TRUE);
}
