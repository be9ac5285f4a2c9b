/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/formats/hdf5-probe-private.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROGRAM "strata-hdf5-probe"
/* What a shell and the linker exit with when a program cannot be run. */
#define CANNOT_RUN 127

extern char **environ;

/* Beside the library, as it is built, or where it is installed. */
static char *
find_program (void)
{
  Dl_info info;

  if (dladdr (find_program, &info) != 0 && info.dli_fname != NULL)
    {
      g_autofree char *folder = g_path_get_dirname (info.dli_fname);
      g_autofree char *path = g_build_filename (folder, PROGRAM, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&path);
    }
  return g_build_filename (STRATA_LIBEXEC_DIR, PROGRAM, NULL);
}

/* Reading needs no team of threads, whose start takes longer than it. */
static char **
get_environment (void)
{
  return g_environ_setenv (g_strdupv (environ), "OPENBLAS_NUM_THREADS", "1", TRUE);
}

/**
 * strata_hdf5_probe: (skip)
 * @name: what to call the file in errors
 * @path: the file
 *
 * Reads all of a file in another program. The HDF5 library is known to crash or loop on some damaged files; so it does
 * there, and this process lives on. It is a program of its own and not this one forked: a fork of a process with
 * threads may wait for ever for a lock that one of them held.
 * Returns: whether the file can be read, be it with errors
 */
gboolean
strata_hdf5_probe (const char  *name,
                   const char  *path,
                   GError     **error)
{
  g_autofree char *program = find_program ();
  g_auto (GStrv) environment = get_environment ();
  char *argv[] = { program, (char *) path, NULL };
  int failure, status = 0;
  pid_t child, ended;

  failure = posix_spawn (&child, program, NULL, NULL, argv, environment);
  if (failure == 0)
    do
      ended = waitpid (child, &status, 0);
    while (ended < 0 && errno == EINTR);
  if (failure != 0 || (WIFEXITED (status) && WEXITSTATUS (status) == CANNOT_RUN))
    {
      strata_set_error (error, STRATA_ERROR_FILE,
                        "“%s” cannot be read: it is first looked over by “%s”, which cannot be run (%s); "
                        "install Strata "
                        "again",
                        name, program, g_strerror (failure != 0 ? failure : ENOENT));
      return FALSE;
    }
  /* A program that ignores its children has no status of them. */
  if (ended < 0 || (WIFEXITED (status) && WEXITSTATUS (status) == 0))
    return TRUE;
  strata_set_error (error, STRATA_ERROR_FORMAT, "“%s”: it is not an HDF5 file, or it is damaged", name);
  return FALSE;
}

static gboolean
write_all (int           fd,
           const guint8 *data,
           gsize         size)
{
  while (size > 0)
    {
      ssize_t n = write (fd, data, size);

      if (n < 0 && errno != EINTR)
        return FALSE;
      if (n > 0)
        {
          data += n;
          size -= n;
        }
    }
  return TRUE;
}

/**
 * strata_hdf5_probe_bytes: (skip)
 *
 * Does strata_hdf5_probe() with the contents of a file.
 */
gboolean
strata_hdf5_probe_bytes (const char  *name,
                         GBytes      *bytes,
                         GError     **error)
{
  g_autofree char *path = NULL;
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  int fd = memfd_create (PROGRAM, MFD_CLOEXEC);
  gboolean good;

  if (fd < 0 || !write_all (fd, data, size))
    {
      strata_set_error (error, STRATA_ERROR_FILE, "“%s” cannot be read: %s", name, g_strerror (errno));
      if (fd >= 0)
        close (fd);
      return FALSE;
    }
  path = g_strdup_printf ("/proc/%d/fd/%d", (int) getpid (), fd);
  good = strata_hdf5_probe (name, path, error);
  close (fd);
  return good;
}
