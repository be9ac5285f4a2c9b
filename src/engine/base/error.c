/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Of a sentence, in bytes. */
#define LONGEST 2000

G_DEFINE_QUARK (strata-error-quark, strata_error)

/* Before main(), so that a program may still say that its translations are elsewhere. */
static void __attribute__ ((constructor))
bind_translations (void)
{
  const char *folder = g_getenv ("STRATA_LOCALE_DIR");

  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : STRATA_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
}

/* What stands in a file, and is put into a sentence, may be of any length. */
static char *
shorten (const char *message)
{
  gsize size = strlen (message);
  const char *head, *tail;

  if (size <= LONGEST)
    return g_strdup (message);
  head = g_utf8_find_prev_char (message, message + LONGEST * 3 / 4);
  tail = g_utf8_find_next_char (message + size - LONGEST / 4, NULL);
  return g_strdup_printf ("%.*s … %s", (int) (head - message), message, tail);
}

/**
 * strata_set_error: (skip)
 * @error: (out) (optional): where it goes
 * @code: what kind of error it is
 * @format: a sentence for people, in English
 * @...: what is put into @format
 *
 * Sets @error to the sentence in the user's language. The template that translations are made from gets every @format
 * by the name of this function, and so it does for those that end in `_fail`, `_mismatch` or `_warn` (po/template.sh).
 */
void
strata_set_error (GError      **error,
                  StrataError   code,
                  const char   *format,
                  ...)
{
  g_autofree char *message = NULL, *shortened = NULL;
  va_list args;

  if (error == NULL)
    return;
  va_start (args, format);
  message = g_strdup_vprintf (_(format), args);
  va_end (args);
  shortened = shorten (message);
  g_set_error_literal (error, STRATA_ERROR, code, shortened);
}
