/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/formats/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

#include "base/error.h"
#include "io/atomic-file.h"

#define MAX_MEMBERS 20000
#define MAX_NAME 4096
/* Weights hardly shrink when packed: what grows more than this, past a size, is made to fill the memory. */
#define MAX_RATIO 100
#define FREE_SIZE ((gsize) 64 << 20)
/* 1 January 1980, where ZIP's calendar begins: files are the same whenever they are written. */
#define EPOCH 315532800

struct _StrataArchive
{
  GPtrArray *names;     /* in order; owned by the table */
  GHashTable *members;  /* name -> GBytes */
};

/* libarchive spells names as the locale does; they are UTF-8 here, wherever the process runs. */
static locale_t
enter_utf8 (locale_t *utf8)
{
  *utf8 = newlocale (LC_CTYPE_MASK, "C.UTF-8", duplocale (LC_GLOBAL_LOCALE));
  return uselocale (*utf8);
}

static void
leave_utf8 (locale_t utf8,
            locale_t before)
{
  uselocale (before);
  if (utf8 != (locale_t) 0)
    freelocale (utf8);
}

StrataArchive *
strata_archive_new (void)
{
  StrataArchive *self = g_new0 (StrataArchive, 1);

  self->names = g_ptr_array_new ();
  self->members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  return self;
}

void
strata_archive_free (StrataArchive *self)
{
  g_ptr_array_unref (self->names);
  g_hash_table_unref (self->members);
  g_free (self);
}

/**
 * strata_archive_get_names:
 *
 * Returns: (transfer none) (element-type utf8): names of the members, in order
 */
const GPtrArray *
strata_archive_get_names (StrataArchive *self)
{
  return self->names;
}

/**
 * strata_archive_get:
 *
 * Returns: (transfer none) (nullable): the contents of a member
 */
GBytes *
strata_archive_get (StrataArchive *self,
                    const char    *name)
{
  return g_hash_table_lookup (self->members, name);
}

/**
 * strata_archive_set:
 * @name: the member to add or replace
 * @bytes: its contents
 */
void
strata_archive_set (StrataArchive *self,
                    const char    *name,
                    GBytes        *bytes)
{
  char *key;

  if (g_hash_table_contains (self->members, name))
    {
      g_hash_table_insert (self->members, g_strdup (name), g_bytes_ref (bytes));
      return;
    }
  key = g_strdup (name);
  g_ptr_array_add (self->names, key);
  g_hash_table_insert (self->members, key, g_bytes_ref (bytes));
}

/**
 * strata_archive_is: (skip)
 *
 * Returns: whether @bytes begin like a ZIP file
 */
gboolean
strata_archive_is (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return size >= 4 && memcmp (data, "PK\3\4", 4) == 0;
}

/* Names are relative paths without steps upward, as every tool but an attacker writes them. */
static gboolean
check_name (const char  *name,
            GError     **error)
{
  g_auto (GStrv) parts = NULL;
  gboolean good = name[0] != '\0' && name[0] != '/' && strlen (name) <= MAX_NAME && strpbrk (name, "\\:") == NULL;

  parts = g_strsplit (name, "/", -1);
  for (guint i = 0; good && parts[i] != NULL; i++)
    good = !g_str_equal (parts[i], "..") && !g_str_equal (parts[i], ".") &&
           (parts[i][0] != '\0' || parts[i + 1] == NULL);
  if (!good)
    strata_set_error (error, STRATA_ERROR_FORMAT, "it has a member whose name leads out of the file: “%.100s”", name);
  return good;
}

static gboolean
check_entry (StrataArchive         *self,
             struct archive_entry  *entry,
             GError               **error)
{
  const char *name = archive_entry_pathname_utf8 (entry);

  if (name == NULL || !g_utf8_validate (name, -1, NULL))
    {
      strata_set_error (error, STRATA_ERROR_FORMAT, "it has a member whose name is not text");
      return FALSE;
    }
  if (!check_name (name, error))
    return FALSE;
  if (archive_entry_symlink (entry) != NULL || archive_entry_hardlink (entry) != NULL ||
      (archive_entry_filetype (entry) != AE_IFREG && archive_entry_filetype (entry) != AE_IFDIR))
    strata_set_error (error, STRATA_ERROR_FORMAT, "its member “%s” is a link, not a file", name);
  else if (archive_entry_is_encrypted (entry))
    strata_set_error (error, STRATA_ERROR_UNSUPPORTED, "its member “%s” is encrypted", name);
  else if (strata_archive_get (self, name) != NULL)
    strata_set_error (error, STRATA_ERROR_FORMAT, "it has two members called “%s”", name);
  else if (self->names->len >= MAX_MEMBERS)
    strata_set_error (error, STRATA_ERROR_FORMAT, "it has more than %d members", MAX_MEMBERS);
  else
    return TRUE;
  return FALSE;
}

/* What was read of a member. What is not packed lies in the file as it is, and is a part of that; of all else there is
 * a copy, in memory that grows as data comes, whatever size the member claims. */
typedef struct
{
  GBytes *file;
  const guint8 *begin;  /* in the file, while there is no copy */
  guint8 *copy;
  gsize size, room;
} Member;

static gboolean
continues_in_file (Member       *self,
                   const guint8 *block,
                   gsize         n)
{
  gsize size;
  const guint8 *file = g_bytes_get_data (self->file, &size);

  return self->copy == NULL && block >= file && block + n <= file + size &&
         (self->size == 0 || block == self->begin + self->size);
}

static void
member_add (Member       *self,
            const guint8 *block,
            gsize         n)
{
  if (continues_in_file (self, block, n))
    {
      self->begin = block - self->size;
      self->size += n;
      return;
    }
  if (self->copy == NULL || self->room - self->size < n)
    {
      self->room = MAX (self->room + self->room / 2, self->size + n);
      if (self->copy == NULL)
        self->copy = memcpy (g_malloc (self->room), self->size > 0 ? self->begin : block, self->size);
      else
        self->copy = g_realloc (self->copy, self->room);
    }
  memcpy (self->copy + self->size, block, n);
  self->size += n;
}

static GBytes *
member_end (Member *self)
{
  if (self->copy == NULL && self->size > 0)
    {
      const guint8 *file = g_bytes_get_data (self->file, NULL);

      return g_bytes_new_from_bytes (self->file, self->begin - file, self->size);
    }
  return g_bytes_new_take (g_realloc (self->copy, MAX (self->size, 1)), self->size);
}

static GBytes *
read_member (struct archive  *reader,
             GBytes          *file,
             gsize            limit,
             GError         **error)
{
  Member member = { .file = file };
  const void *block;
  la_int64_t offset;
  const char *why;
  gsize n;
  int result;

  while ((result = archive_read_data_block (reader, &block, &n, &offset)) == ARCHIVE_OK)
    {
      if (n > limit - member.size)
        {
          strata_set_error (error, STRATA_ERROR_FORMAT, "it unpacks to much more than its size");
          g_free (member.copy);
          return NULL;
        }
      if (n > 0)
        member_add (&member, block, n);
    }
  if (result == ARCHIVE_EOF)
    return member_end (&member);
  why = archive_error_string (reader);
  strata_set_error (error, STRATA_ERROR_FORMAT, "the file is damaged: %s", why != NULL ? why : _("it is cut off"));
  g_free (member.copy);
  return NULL;
}

static gboolean
read_members (StrataArchive   *self,
              struct archive  *reader,
              GBytes          *file,
              GError         **error)
{
  gsize packed = g_bytes_get_size (file);
  gsize left = MAX (FREE_SIZE, packed > G_MAXSIZE / MAX_RATIO ? G_MAXSIZE : packed * MAX_RATIO);
  struct archive_entry *entry;
  int result;

  /* A name that the process's locale cannot spell is but a warning: names are UTF-8 here. */
  while ((result = archive_read_next_header (reader, &entry)) == ARCHIVE_OK || result == ARCHIVE_WARN)
    {
      g_autoptr (GBytes) bytes = NULL;

      if (!check_entry (self, entry, error))
        return FALSE;
      if (archive_entry_filetype (entry) == AE_IFDIR)
        continue;
      bytes = read_member (reader, file, left, error);
      if (bytes == NULL)
        return FALSE;
      left -= g_bytes_get_size (bytes);
      strata_archive_set (self, archive_entry_pathname_utf8 (entry), bytes);
    }
  if (result != ARCHIVE_EOF)
    {
      const char *why = archive_error_string (reader);

      strata_set_error (error, STRATA_ERROR_FORMAT, "the file is damaged: %s", why != NULL ? why : _("it is cut off"));
      return FALSE;
    }
  if (self->names->len == 0)
    {
      strata_set_error (error, STRATA_ERROR_FORMAT, "it has no members");
      return FALSE;
    }
  return TRUE;
}

/**
 * strata_archive_parse:
 * @bytes: contents of a ZIP file
 * @name: what to call it in errors
 *
 * Returns: (transfer full): its members
 */
StrataArchive *
strata_archive_parse (GBytes      *bytes,
                      const char  *name,
                      GError     **error)
{
  g_autoptr (StrataArchive) self = strata_archive_new ();
  struct archive *reader = archive_read_new ();
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  locale_t utf8, before = enter_utf8 (&utf8);
  gboolean good;

  archive_read_support_format_zip_seekable (reader);
  good = size >= 4 && memcmp (data, "PK", 2) == 0 && archive_read_open_memory (reader, data, size) == ARCHIVE_OK;
  if (!good)
    strata_set_error (error, STRATA_ERROR_FORMAT, "it is not a ZIP file");
  good = good && read_members (self, reader, bytes, error);
  archive_read_free (reader);
  leave_utf8 (utf8, before);
  if (!good)
    {
      g_prefix_error (error, "“%s”: ", name);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * strata_archive_read:
 * @path: a ZIP file
 *
 * Returns: (transfer full): its members
 */
StrataArchive *
strata_archive_read (const char  *path,
                     GError     **error)
{
  g_autoptr (GBytes) bytes = strata_file_read (path, error);

  return bytes != NULL ? strata_archive_parse (bytes, path, error) : NULL;
}

static gboolean
read_folder (StrataArchive  *self,
             const char     *path,
             const char     *prefix,
             guint           depth,
             GError        **error)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autofree char *member = g_strconcat (prefix, name, NULL);
      g_autoptr (GBytes) bytes = NULL;

      if (g_file_test (file, G_FILE_TEST_IS_SYMLINK) || !g_utf8_validate (member, -1, NULL))
        continue;
      if (g_file_test (file, G_FILE_TEST_IS_DIR))
        {
          g_autofree char *inner = g_strconcat (member, "/", NULL);

          if (depth < 16 && !read_folder (self, file, inner, depth + 1, error))
            return FALSE;
          continue;
        }
      if (self->names->len >= MAX_MEMBERS)
        {
          strata_set_error (error, STRATA_ERROR_FORMAT, "“%s” has more than %d files", path, MAX_MEMBERS);
          return FALSE;
        }
      bytes = strata_file_read (file, error);
      if (bytes == NULL)
        return FALSE;
      strata_archive_set (self, member, bytes);
    }
  return TRUE;
}

/**
 * strata_archive_read_folder:
 * @path: a folder that a ZIP file was unpacked to
 *
 * Returns: (transfer full): its files; links are left out
 */
StrataArchive *
strata_archive_read_folder (const char  *path,
                            GError     **error)
{
  g_autoptr (StrataArchive) self = strata_archive_new ();

  return read_folder (self, path, "", 0, error) ? g_steal_pointer (&self) : NULL;
}

static gboolean
write_member (struct archive *writer,
              const char     *name,
              GBytes         *bytes)
{
  struct archive_entry *entry = archive_entry_new ();
  gsize size, done = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  gboolean good;

  archive_entry_set_pathname_utf8 (entry, name);
  archive_entry_set_size (entry, size);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_mtime (entry, EPOCH, 0);
  good = archive_write_header (writer, entry) == ARCHIVE_OK;
  while (good && done < size)
    {
      la_ssize_t n = archive_write_data (writer, data + done, size - done);

      good = n > 0;
      done += good ? n : 0;
    }
  archive_entry_free (entry);
  return good;
}

/**
 * strata_archive_write:
 * @path: the file to write or replace
 *
 * Writes a ZIP file, its members not packed, as Keras does: weights hardly shrink.
 */
gboolean
strata_archive_write (StrataArchive  *self,
                      const char     *path,
                      GError        **error)
{
  g_autoptr (StrataAtomicFile) file = strata_atomic_file_new (path, error);
  struct archive *writer;
  locale_t utf8, before;
  gboolean good;

  if (file == NULL)
    return FALSE;

  before = enter_utf8 (&utf8);
  writer = archive_write_new ();
  archive_write_set_format_zip (writer);
  archive_write_set_options (writer, "zip:compression=store,hdrcharset=UTF-8");
  archive_write_set_bytes_in_last_block (writer, 1);
  good = archive_write_open_fd (writer, strata_atomic_file_get_fd (file)) == ARCHIVE_OK;
  for (guint i = 0; i < self->names->len && good; i++)
    good = write_member (writer, g_ptr_array_index (self->names, i),
                         strata_archive_get (self, g_ptr_array_index (self->names, i)));
  good = good && archive_write_close (writer) == ARCHIVE_OK;
  if (!good)
    strata_file_set_write_error (error, path, archive_errno (writer));
  archive_write_free (writer);
  leave_utf8 (utf8, before);
  return good && strata_atomic_file_commit (file, error);
}
