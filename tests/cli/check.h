/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

/* Runs strata-cli with arguments in a folder; what it prints goes to @out and @err. Returns its exit status. */
static inline int
run_cli (const char        *folder,
         char             **out,
         char             **err,
         const char *const *arguments)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                                                        G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (argv, (gpointer) g_getenv ("STRATA_CLI"));
  for (; *arguments != NULL; arguments++)
    g_ptr_array_add (argv, (gpointer) *arguments);
  g_ptr_array_add (argv, NULL);
  g_subprocess_launcher_set_cwd (launcher, folder);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, out, err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  return g_subprocess_get_exit_status (process);
}

#define ARGS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static inline void
assert_says (const char *text,
             const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” does not say “%s”", text, part);
}

/* One line, as programs that read it expect. */
static inline void
assert_fails (const char        *folder,
              const char        *part,
              const char *const *arguments)
{
  g_autofree char *out = NULL, *err = NULL;

  g_assert_cmpint (run_cli (folder, &out, &err, arguments), ==, 1);
  assert_says (err, part);
  g_assert_true (strchr (err, '\n') == err + strlen (err) - 1);
}

static inline void
assert_runs (const char        *folder,
             const char *const *arguments)
{
  g_autofree char *out = NULL, *err = NULL;
  int status = run_cli (folder, &out, &err, arguments);

  if (status != 0)
    g_error ("exit status %d: %s", status, err);
}

static inline char *
make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("strata-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static inline void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_unlink (path) != 0)
        remove_folder (path);
    }
  g_rmdir (folder);
}
