/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charts/figures.h"

#include <glib/gi18n.h>
#include <math.h>

static const char *
odd_name (double value)
{
  if (isnan (value))
    return "NaN";
  return value > 0 ? "∞" : "−∞";
}

/* A true minus is as wide as a digit; a hyphen is not. */
static char *
with_minus (char *text)
{
  char *result;

  if (text[0] != '-')
    return text;
  /* What rounds to zero has no sign. */
  if (strpbrk (text, "123456789") == NULL)
    result = g_strdup (text + 1);
  else
    result = g_strconcat ("−", text + 1, NULL);
  g_free (text);
  return result;
}

/**
 * strata_figures_fixed:
 * @value: a number
 * @decimals: digits after the point
 *
 * Returns: (transfer full): @value with that many digits; thousands are grouped
 */
char *
strata_figures_fixed (double value,
                      int    decimals)
{
  if (!isfinite (value))
    return g_strdup (odd_name (value));
  return with_minus (g_strdup_printf ("%'.*f", CLAMP (decimals, 0, 15), value));
}

static char *
superscript (int number)
{
  static const char *const digits[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
  g_autofree char *plain = g_strdup_printf ("%d", number);
  GString *text = g_string_new (NULL);

  for (const char *p = plain; *p != '\0'; p++)
    g_string_append (text, *p == '-' ? "⁻" : digits[*p - '0']);
  return g_string_free (text, FALSE);
}

/**
 * strata_figures_power:
 * @value: a number
 *
 * Returns: (transfer full): @value as plain digits if few do, thousands grouped, or else with a power of ten
 */
char *
strata_figures_power (double value)
{
  g_autofree char *exponent = NULL;
  g_autofree char *factor = NULL;
  int power;

  if (!isfinite (value))
    return g_strdup (odd_name (value));
  if (value == 0)
    return g_strdup ("0");
  power = (int) floor (log10 (fabs (value)) + 1e-9);
  if (power >= -3 && power <= 4)
    return with_minus (g_strdup_printf ("%'.6g", value));
  exponent = superscript (power);
  factor = with_minus (g_strdup_printf ("%.3g", value / pow (10, power)));
  if (g_str_equal (factor, "1"))
    return g_strconcat ("10", exponent, NULL);
  return g_strconcat (factor, "·10", exponent, NULL);
}

/**
 * strata_figures_short:
 * @value: a number
 *
 * Returns: (transfer full): @value with three or four digits that count
 */
char *
strata_figures_short (double value)
{
  double size = fabs (value);

  if (!isfinite (value))
    return g_strdup (odd_name (value));
  if (value == 0)
    return g_strdup ("0");
  if (size >= 1e7 || size < 1e-4)
    return strata_figures_power (value);
  if (size >= 1000)
    return strata_figures_fixed (value, 0);
  return strata_figures_fixed (value, size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : size >= 0.01
                               ? 4 : size >= 0.001 ? 5 : 6);
}

/**
 * strata_figures_duration:
 * @seconds: a time
 *
 * Returns: (transfer full): @seconds in the one or two units that matter
 */
char *
strata_figures_duration (double seconds)
{
  gint64 whole;

  if (!isfinite (seconds) || seconds < 0 || seconds > 1e9)
    return g_strdup ("—");
  if (seconds > 0 && seconds < 0.095)
    /* Translators: a very short time in milliseconds, as "20 ms". */
    return g_strdup_printf (_("%d ms"), (int) MAX (1000 * seconds + 0.5, 1));
  if (seconds < 10)
    {
      g_autofree char *number = strata_figures_fixed (seconds, 1);

      /* Translators: a short time in seconds, as "3.2 s". */
      return g_strdup_printf (_("%s s"), number);
    }
  whole = (gint64) (seconds + 0.5);
  if (whole < 60)
    return g_strdup_printf (_("%d s"), (int) whole);
  if (whole < 3600)
    return g_strdup_printf (_("%d\u00a0min %02d\u00a0s"), (int) (whole / 60), (int) (whole % 60));
  return g_strdup_printf (_("%d h %02d min"), (int) (whole / 3600), (int) (whole / 60 % 60));
}
