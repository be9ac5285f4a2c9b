/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/hdf5-probe-private.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* Seconds that reading a small file may take, and bytes a second of a large one. */
#define SECONDS 2
#define SPEED ((gsize) 50 << 20)

static herr_t
probe_attribute (hid_t             object,
                 const char       *name,
                 const H5A_info_t *info,
                 void             *data)
{
  gpointer *context = data;
  g_autoptr (GPtrArray) texts = strata_hdf5_get_strings (context[0], context[1], name, NULL);

  return 0;
}

static herr_t
probe_object (hid_t             file,
              const char       *name,
              const H5O_info_t *info,
              void             *data)
{
  StrataHdf5 *self = data;
  const char *path = g_str_equal (name, ".") ? "" : name;
  g_auto (StrataHdf5Id) object = strata_hdf5_open_path (self, path, H5I_BADID, NULL);
  gpointer context[] = { self, (gpointer) path };

  if (object < 0)
    return 0;
  H5Aiterate2 (object, H5_INDEX_NAME, H5_ITER_NATIVE, NULL, probe_attribute, context);
  if (H5Iget_type (object) == H5I_DATASET)
    {
      g_autoptr (StrataTensor) tensor = strata_hdf5_read (self, path, NULL);
    }
  return 0;
}

/* What the library does when it fails in here must not be seen: no handlers, messages or core files. */
static void
enter_child (gsize size)
{
  static const int signals[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGXCPU, SIGALRM, SIGTERM, SIGINT };
  struct rlimit none = { 0, 0 };
  struct rlimit time = { SECONDS + size / SPEED, SECONDS + size / SPEED + 1 };
  int null = open ("/dev/null", O_WRONLY);

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    signal (signals[i], SIG_DFL);
  setrlimit (RLIMIT_CORE, &none);
  setrlimit (RLIMIT_CPU, &time);
  /* A slow disk may take longer than the processor, but not for ever. */
  alarm (20 * time.rlim_cur);
  strata_hdf5_enter_child ();
  if (null >= 0)
    dup2 (null, STDERR_FILENO);
}

static void
read_all (StrataHdf5 *self,
          hid_t       (*open_file) (StrataHdf5 *self))
{
  hid_t file = open_file (self);

  if (file < 0)
    return;
  strata_hdf5_set_file (self, file);
  H5Ovisit2 (file, H5_INDEX_NAME, H5_ITER_NATIVE, probe_object, self, H5O_INFO_BASIC);
  H5Fclose (file);
}

/**
 * strata_hdf5_probe: (skip)
 * @self: a file that is not open
 * @open_file: opens it
 *
 * Reads all of the file in another process. The library is known to crash or
 * loop on some damaged files; so it does there, and this process lives on.
 * Returns: whether the file can be read, be it with errors
 */
gboolean
strata_hdf5_probe (StrataHdf5 *self,
                   hid_t       (*open_file) (StrataHdf5 *self))
{
  pid_t child = fork (), ended;
  int status = 0;

  if (child == 0)
    {
      enter_child (strata_hdf5_get_size (self));
      read_all (self, open_file);
      /* Nothing of the parent's is to be flushed or freed. */
      _exit (0);
    }
  if (child < 0)
    return TRUE;
  do
    ended = waitpid (child, &status, 0);
  while (ended < 0 && errno == EINTR);
  return ended < 0 || (WIFEXITED (status) && WEXITSTATUS (status) == 0);
}
