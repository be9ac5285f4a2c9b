/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What training shows: a line that is written over on a terminal, however narrow, and plain lines elsewhere. */

#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "check.h"

#define WIDTH 40

static char *
make_document (void)
{
  char *folder = make_folder ();

  assert_runs (folder, ARGS ("example", "penguins", "p.keras"));
  return folder;
}

/* Another end of a terminal, which @slave writes to. */
static int
open_terminal (int *slave)
{
  struct winsize size = { .ws_row = 24, .ws_col = WIDTH };
  int master = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC);

  g_assert_cmpint (master, >=, 0);
  g_assert_cmpint (grantpt (master), ==, 0);
  g_assert_cmpint (unlockpt (master), ==, 0);
  *slave = open (ptsname (master), O_RDWR | O_NOCTTY | O_CLOEXEC);
  g_assert_cmpint (*slave, >=, 0);
  g_assert_cmpint (ioctl (*slave, TIOCSWINSZ, &size), ==, 0);
  return master;
}

/* Reading fails once nobody has the terminal open any more. */
static char *
train_on_terminal (const char *folder,
                   const char *kind)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GString) shown = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  int slave, master = open_terminal (&slave);
  char buffer[4096];
  gssize n;

  g_subprocess_launcher_set_cwd (launcher, folder);
  g_subprocess_launcher_setenv (launcher, "TERM", kind, TRUE);
  g_subprocess_launcher_take_stdout_fd (launcher, slave);
  process = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("STRATA_CLI"), "train", "p.keras", "--epochs", "2",
                                         NULL);
  g_assert_no_error (error);
  g_object_unref (g_steal_pointer (&launcher));
  while ((n = read (master, buffer, sizeof buffer)) > 0)
    g_string_append_len (shown, buffer, n);
  close (master);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  g_assert_no_error (error);
  return g_string_free (g_steal_pointer (&shown), FALSE);
}

static void
assert_plain (const char *text)
{
  g_assert_null (strchr (text, '\033'));
  g_assert_null (strstr (text, "━"));
  assert_says (text, "Epoch 1/2\n");
  assert_says (text, " - loss: ");
}

static void
test_piped (void)
{
  g_autofree char *folder = make_document (), *out = NULL, *err = NULL;

  g_assert_cmpint (run_cli (folder, &out, &err, ARGS ("train", "p.keras", "--epochs", "2")), ==, 0);
  g_assert_null (strchr (out, '\r'));
  assert_plain (out);
  g_assert_cmpstr (err, ==, "");
  remove_folder (folder);
}

/* What is written over fits the line, so that nothing of it is left; the last of an epoch is whole. */
static void
test_terminal (void)
{
  g_autofree char *folder = make_document (), *shown = train_on_terminal (folder, "xterm");
  g_auto (GStrv) pieces = g_strsplit (shown, "\r\033[K", -1);
  guint n = g_strv_length (pieces), n_whole = 0;

  g_assert_cmpuint (n, >, 3);
  for (guint i = 1; i < n; i++)
    {
      g_assert_true (g_utf8_validate (pieces[i], -1, NULL));
      if (strchr (pieces[i], '\n') == NULL)
        g_assert_cmpint (g_utf8_strlen (pieces[i], -1), <, WIDTH);
      else
        {
          assert_says (pieces[i], "━━━━━━━━━━━━━━━━━━━━");
          assert_says (pieces[i], " - loss: ");
          n_whole++;
        }
    }
  g_assert_cmpuint (n_whole, ==, 2);
  remove_folder (folder);
}

/* Terminals that cannot move back get plain lines, too. */
static void
test_dumb (void)
{
  g_autofree char *folder = make_document (), *shown = train_on_terminal (folder, "dumb");
  g_auto (GStrv) lines = g_strsplit (shown, "\r\n", -1);
  g_autofree char *text = g_strjoinv ("\n", lines);

  assert_plain (text);
  remove_folder (folder);
}

static gboolean
has_terminals (void)
{
  int master = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC);

  if (master >= 0)
    close (master);
  return master >= 0;
}

static void
skip (void)
{
  g_test_skip ("this system gives out no terminals");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/progress/piped", test_piped);
  g_test_add_func ("/cli/progress/terminal", has_terminals () ? test_terminal : skip);
  g_test_add_func ("/cli/progress/dumb", has_terminals () ? test_dumb : skip);
  return g_test_run ();
}
