/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What was learned is not lost: not by Ctrl+C, nor by a reader that leaves, nor by a name that is found wrong at the
 * end. */

#include <signal.h>

#include "check.h"

static char *
make_document (void)
{
  char *folder = make_folder ();

  assert_runs (folder, ARGS ("example", "iris", "i.keras"));
  return folder;
}

static GSubprocess *
begin (const char *folder)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_subprocess_launcher_set_cwd (launcher, folder);
  process = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("STRATA_CLI"), "train", "i.keras",
                                         "--epochs", "100000000",
                                         "--output", "t.keras", "--history", "h.json", NULL);
  g_assert_no_error (error);
  return process;
}

/* Waits for training to be on its way. */
static void
read_some (GSubprocess *process)
{
  GInputStream *stream = g_subprocess_get_stdout_pipe (process);
  char buffer[64];
  gsize n;

  g_assert_true (g_input_stream_read_all (stream, buffer, sizeof buffer, &n, NULL, NULL));
  g_assert_cmpuint (n, ==, sizeof buffer);
}

/* It has weights and an optimizer that has made steps, and the history that belongs to it. */
static void
assert_kept (const char *folder)
{
  g_autofree char *out = NULL, *err = NULL, *history = g_build_filename (folder, "h.json", NULL), *text = NULL;

  g_assert_cmpint (run_cli (folder, &out, &err, ARGS ("summary", "t.keras")), ==, 0);
  assert_says (out, "Optimizer params");
  g_assert_true (g_file_get_contents (history, &text, NULL, NULL));
  assert_says (text, "val_loss");
}

static void
test_signal (gconstpointer data)
{
  g_autofree char *folder = make_document ();
  g_autoptr (GSubprocess) process = begin (folder);

  read_some (process);
  g_subprocess_send_signal (process, GPOINTER_TO_INT (data));
  /* It goes on printing until it has seen the signal. */
  while (g_input_stream_skip (g_subprocess_get_stdout_pipe (process), 4096, NULL, NULL) > 0)
    continue;
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 130);
  assert_kept (folder);
  remove_folder (folder);
}

static void
test_pipe (void)
{
  g_autofree char *folder = make_document ();
  g_autoptr (GSubprocess) process = begin (folder);

  read_some (process);
  g_assert_true (g_input_stream_close (g_subprocess_get_stdout_pipe (process), NULL, NULL));
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_true (g_subprocess_get_if_exited (process));
  assert_kept (folder);
  remove_folder (folder);
}

/* Nothing is printed, as nothing was trained. */
static void
test_targets (void)
{
  static const char *const wrong[][2] = {
    { "--output", "nowhere/t.keras" }, { "--output", "t.model" }, { "--output", "." }, { "--history", "h.txt" },
    { "--history", "nowhere/h.json" },
  };
  g_autofree char *folder = make_document ();

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *out = NULL, *err = NULL;

      g_assert_cmpint (run_cli (folder, &out, &err, ARGS ("train", "i.keras", wrong[i][0], wrong[i][1])), ==, 1);
      g_assert_cmpstr (out, ==, "");
      assert_says (err, wrong[i][1]);
    }
  remove_folder (folder);
}

static void
test_numbers (void)
{
  static const char *const wrong[][2] = {
    { "--epochs", "0" }, { "--epochs", "-3" }, { "--batch-size", "0" }, { "--seed", "-5" },
    { "--steps-per-epoch", "-1" }, { "--epochs", "two" },
  };
  g_autofree char *folder = make_document ();

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *out = NULL, *err = NULL;

      g_assert_cmpint (run_cli (folder, &out, &err, ARGS ("train", "i.keras", wrong[i][0], wrong[i][1])), ==, 2);
      g_assert_cmpstr (out, ==, "");
      assert_says (err, wrong[i][0]);
    }
  remove_folder (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/interrupt/ctrl-c", GINT_TO_POINTER (SIGINT), test_signal);
  g_test_add_data_func ("/interrupt/kill", GINT_TO_POINTER (SIGTERM), test_signal);
  g_test_add_func ("/interrupt/pipe", test_pipe);
  g_test_add_func ("/interrupt/targets", test_targets);
  g_test_add_func ("/interrupt/numbers", test_numbers);
  return g_test_run ();
}
