/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib/gstdio.h>
#include <libintl.h>
#include <locale.h>
#include <unistd.h>

/* A language that nobody speaks (pseudo.sh): a text outside of its brackets did not come from a translation. */
typedef struct
{
  char *root, *language, *folder, *file;
} Pseudo;

/* Before there are threads. The language of the locale C is never translated; this one is C in all else. */
static inline void
pseudo_begin (Pseudo *self)
{
  self->root = g_dir_make_tmp ("strata-XXXXXX", NULL);
  self->language = g_build_filename (self->root, "qps", NULL);
  self->folder = g_build_filename (self->language, "LC_MESSAGES", NULL);
  self->file = g_build_filename (self->folder, "strata.mo", NULL);
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  setlocale (LC_ALL, "");
  g_setenv ("LANGUAGE", "qps", TRUE);
  g_assert_cmpint (g_mkdir_with_parents (self->folder, 0755), ==, 0);
  g_assert_cmpint (symlink (g_getenv ("STRATA_TEST_TRANSLATION"), self->file), ==, 0);
  bindtextdomain ("strata", self->root);
  textdomain ("strata");
}

static inline void
pseudo_end (Pseudo *self)
{
  g_unlink (self->file);
  g_rmdir (self->folder);
  g_rmdir (self->language);
  g_rmdir (self->root);
  g_free (self->file);
  g_free (self->folder);
  g_free (self->language);
  g_free (self->root);
}

/* What remains of a text without its brackets and all in them; a stroke is where they were. */
static inline char *
pseudo_take_untranslated (const char *text)
{
  GString *rest = g_string_new (NULL);
  int depth = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      if (letter == 0x27e6 && depth++ == 0)
        g_string_append_c (rest, '|');
      else if (letter == 0x27e7)
        depth--;
      else if (letter != 0x27e6 && depth <= 0)
        g_string_append_unichar (rest, letter);
    }
  return g_string_free (rest, FALSE);
}
