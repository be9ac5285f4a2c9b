/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/atomic-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

struct _StrataAtomicFile
{
  char *target;
  char *temporary; /* NULL once it has taken its place */
  int fd;
  mode_t mode;
};

/* Why nothing can be written, and what helps. */
static const char *
explain (int number)
{
  switch (number)
    {
    case ENOSPC:
    case EDQUOT:
      return _("the disk is full; make room, or save it elsewhere");
    case EFBIG:
      return _("it is larger than a file may be there; save it elsewhere");
    case EACCES:
    case EPERM:
      return _("you are not allowed to write there; save it elsewhere");
    case EROFS:
      return _("what is there can only be read; save it elsewhere");
    case ENOENT:
    case ENOTDIR:
      return _("there is no such folder");
    default:
      return number > 0 ? g_strerror (number) : _("unknown reason");
    }
}

/**
 * strata_file_set_write_error: (skip)
 * @number: the errno
 */
void
strata_file_set_write_error (GError     **error,
                             const char  *path,
                             int          number)
{
  strata_set_error (error, STRATA_ERROR_FILE, "Cannot write “%s”: %s", path, explain (number));
}

/* Where a link points, so that saving replaces what it points at and not the link. */
static char *
resolve (const char *path)
{
  char *real = realpath (path, NULL);
  char *copy = g_strdup (real != NULL ? real : path);

  free (real);
  return copy;
}

/* Of a file that is replaced, its mode; of a new one, what the process gives new files. */
static mode_t
choose_mode (const char *target)
{
  struct stat status;
  mode_t mask;

  if (stat (target, &status) == 0)
    return status.st_mode & 07777;

  mask = umask (022);
  umask (mask);
  return 0666 & ~mask;
}

/**
 * strata_atomic_file_new:
 * @path: the file to write or replace
 *
 * Returns: (transfer full): an empty file in the same folder; %NULL with @error set where none can be made
 */
StrataAtomicFile *
strata_atomic_file_new (const char  *path,
                        GError     **error)
{
  g_autofree char *target = resolve (path);
  g_autofree char *folder = g_path_get_dirname (target);
  g_autofree char *base = g_path_get_basename (target);
  g_autofree char *name = g_strdup_printf (".%.200s.XXXXXX", base);
  g_autofree char *temporary = g_build_filename (folder, name, NULL);
  StrataAtomicFile *self;
  int fd;

  if (g_file_test (target, G_FILE_TEST_IS_DIR))
    {
      strata_set_error (error, STRATA_ERROR_FILE, "Cannot write “%s”: it is a folder", path);
      return NULL;
    }
  fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      strata_file_set_write_error (error, path, errno);
      return NULL;
    }

  self = g_new0 (StrataAtomicFile, 1);
  self->mode = choose_mode (target);
  self->target = g_steal_pointer (&target);
  self->temporary = g_steal_pointer (&temporary);
  self->fd = fd;
  return self;
}

/**
 * strata_atomic_file_get_path:
 *
 * Returns: (transfer none): where the new contents are until strata_atomic_file_commit()
 */
const char *
strata_atomic_file_get_path (StrataAtomicFile *self)
{
  return self->temporary;
}

int
strata_atomic_file_get_fd (StrataAtomicFile *self)
{
  return self->fd;
}

/**
 * strata_atomic_file_write:
 *
 * Appends @size bytes.
 */
gboolean
strata_atomic_file_write (StrataAtomicFile  *self,
                          gconstpointer      data,
                          gsize              size,
                          GError           **error)
{
  const char *at = data;

  while (size > 0)
    {
      gssize written = write (self->fd, at, MIN (size, (gsize) 1 << 30));

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        {
          strata_file_set_write_error (error, self->target, errno);
          return FALSE;
        }
      at += written;
      size -= written;
    }
  return TRUE;
}

/* The rename itself must reach the disk, too; file systems that cannot do that are not at fault. */
static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

/**
 * strata_atomic_file_commit:
 *
 * Puts the file in its place. On error, the old one is there as before.
 */
gboolean
strata_atomic_file_commit (StrataAtomicFile  *self,
                           GError           **error)
{
  if (fchmod (self->fd, self->mode) != 0 || fsync (self->fd) != 0 || g_rename (self->temporary, self->target) != 0)
    {
      strata_file_set_write_error (error, self->target, errno);
      return FALSE;
    }

  g_clear_pointer (&self->temporary, g_free);
  sync_folder (self->target);
  return TRUE;
}

/**
 * strata_atomic_file_free:
 *
 * Forgets the new contents, unless they have taken their place.
 */
void
strata_atomic_file_free (StrataAtomicFile *self)
{
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  close (self->fd);
  g_free (self->temporary);
  g_free (self->target);
  g_free (self);
}

/**
 * strata_file_read:
 *
 * Returns: (transfer full): all of a file
 */
GBytes *
strata_file_read (const char  *path,
                  GError     **error)
{
  g_autoptr (GError) why = NULL;
  char *contents;
  gsize size;

  /* Read, not mapped: a file that shrinks under a map ends the program. */
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      strata_set_error (error, STRATA_ERROR_FILE, "Cannot read “%s”: it is a folder", path);
      return NULL;
    }
  if (!g_file_get_contents (path, &contents, &size, &why))
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_FILE, why->message);
      return NULL;
    }
  return g_bytes_new_take (contents, size);
}

/**
 * strata_file_write:
 *
 * Writes or replaces a file, whole or not at all.
 */
gboolean
strata_file_write (const char     *path,
                   gconstpointer   data,
                   gsize           size,
                   GError        **error)
{
  g_autoptr (StrataAtomicFile) file = strata_atomic_file_new (path, error);

  return file != NULL && strata_atomic_file_write (file, data, size, error) && strata_atomic_file_commit (file, error);
}
