/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/recovery.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/error.h"
#include "base/json.h"
#include "io/atomic-file.h"

#define COPY "copy.keras"
#define ABOUT "about.json"
#define LOCK "lock"
/* A folder that is being made, or taken away, is not looked into. */
#define NEW ".new"
#define REMOVED ".removed"

/**
 * StrataRecovery:
 *
 * A folder below the user's state folder with a copy of one document, a note of what it is,
 * and a lock. The lock ends with the program, however that ends, so what is not locked was left
 * behind.
 */
struct _StrataRecovery
{
  GObject parent_instance;

  char *id, *folder, *path;
  int lock;

  char *title;
  GFile *file;
  GDateTime *time;
};

G_DEFINE_FINAL_TYPE (StrataRecovery, strata_recovery, G_TYPE_OBJECT)

static void
strata_recovery_finalize (GObject *object)
{
  StrataRecovery *self = STRATA_RECOVERY (object);

  if (self->lock >= 0)
    close (self->lock);
  g_free (self->id);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->title);
  g_clear_object (&self->file);
  g_clear_pointer (&self->time, g_date_time_unref);

  G_OBJECT_CLASS (strata_recovery_parent_class)->finalize (object);
}

static void
strata_recovery_class_init (StrataRecoveryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_recovery_finalize;
}

static void
strata_recovery_init (StrataRecovery *self)
{
  self->lock = -1;
}

static char *
get_root (void)
{
  return g_build_filename (g_get_user_state_dir (), "strata", "recovery", NULL);
}

/* Opens and locks a folder's lock; -1 where another program has it. */
static int
take_lock (const char *folder,
           int         flags)
{
  g_autofree char *path = g_build_filename (folder, LOCK, NULL);
  int fd = g_open (path, O_RDWR | O_CLOEXEC | flags, 0600);

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;
  if (fd >= 0)
    close (fd);
  return -1;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static StrataRecovery *
new_for_folder (const char *root,
                const char *id)
{
  StrataRecovery *self = g_object_new (STRATA_TYPE_RECOVERY, NULL);

  self->id = g_strdup (id);
  self->folder = g_build_filename (root, id, NULL);
  self->path = g_build_filename (self->folder, COPY, NULL);
  return self;
}

/**
 * strata_recovery_new:
 *
 * Returns: (transfer full): an empty place, or %NULL with @error set
 */
StrataRecovery *
strata_recovery_new (GError **error)
{
  g_autofree char *root = get_root (), *id = g_uuid_string_random ();
  g_autoptr (StrataRecovery) self = new_for_folder (root, id);
  g_autofree char *unready = g_strconcat (self->folder, NEW, NULL);

  /* Locked before it has its name: nobody else can take it for one that was left behind. */
  if (g_mkdir_with_parents (unready, 0700) != 0 || (self->lock = take_lock (unready, O_CREAT)) < 0 ||
      g_rename (unready, self->folder) != 0)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_FILE, _("Cannot write in “%s”: %s"), root, g_strerror (errno));
      remove_folder (unready);
      return NULL;
    }
  return g_steal_pointer (&self);
}

const char *
strata_recovery_get_id (StrataRecovery *self)
{
  return self->id;
}

/**
 * strata_recovery_get_path:
 *
 * Returns: where the copy is, or is to be
 */
const char *
strata_recovery_get_path (StrataRecovery *self)
{
  return self->path;
}

/**
 * strata_recovery_exists:
 *
 * Returns: whether the place is still there
 */
gboolean
strata_recovery_exists (StrataRecovery *self)
{
  return g_file_test (self->folder, G_FILE_TEST_IS_DIR);
}

/**
 * strata_recovery_get_title:
 *
 * Returns: (nullable): what the document was called
 */
const char *
strata_recovery_get_title (StrataRecovery *self)
{
  return self->title;
}

/**
 * strata_recovery_get_file:
 *
 * Returns: (transfer none) (nullable): the document's own file, which does not have the changes
 */
GFile *
strata_recovery_get_file (StrataRecovery *self)
{
  return self->file;
}

/**
 * strata_recovery_get_time:
 *
 * Returns: (transfer none) (nullable): when the copy that was found was written
 */
GDateTime *
strata_recovery_get_time (StrataRecovery *self)
{
  return self->time;
}

/**
 * strata_recovery_describe:
 * @title: what the document is called
 * @file: (nullable): its file
 *
 * Notes what the copy will be of, in any thread.
 */
gboolean
strata_recovery_describe (StrataRecovery  *self,
                          const char      *title,
                          GFile           *file,
                          GError         **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) json = json_node_init_object (json_node_alloc (), object);
  g_autofree char *path = g_build_filename (self->folder, ABOUT, NULL);
  g_autofree char *uri = file != NULL ? g_file_get_uri (file) : NULL;
  g_autofree char *text = NULL;

  json_object_set_string_member (object, "title", title);
  if (uri != NULL)
    json_object_set_string_member (object, "file", uri);
  text = strata_json_to_text (json, FALSE);
  return strata_file_write (path, text, strlen (text), error);
}

/**
 * strata_recovery_remove:
 *
 * Takes the place away, also from a thread that is writing to it: what that writes is lost.
 */
void
strata_recovery_remove (StrataRecovery *self)
{
  g_autofree char *removed = g_strconcat (self->folder, REMOVED, NULL);

  if (g_rename (self->folder, removed) == 0)
    remove_folder (removed);
}

static void
read_about (StrataRecovery *self)
{
  g_autofree char *path = g_build_filename (self->folder, ABOUT, NULL), *text = NULL;
  g_autoptr (JsonNode) json = NULL;
  const char *uri;
  gsize size;

  if (!g_file_get_contents (path, &text, &size, NULL))
    return;
  json = strata_json_parse (text, (gssize) size, NULL);
  if (json == NULL || !JSON_NODE_HOLDS_OBJECT (json))
    return;
  self->title = g_strdup (strata_json_get_string (json_node_get_object (json), "title", NULL));
  uri = strata_json_get_string (json_node_get_object (json), "file", NULL);
  self->file = uri != NULL ? g_file_new_for_uri (uri) : NULL;
}

/* Takes over what nobody has; what holds no copy is cleared away. */
static StrataRecovery *
adopt (const char *root,
       const char *id)
{
  g_autoptr (StrataRecovery) self = new_for_folder (root, id);
  GStatBuf status;

  self->lock = take_lock (self->folder, 0);
  if (self->lock < 0)
    return NULL;
  if (g_stat (self->path, &status) != 0)
    {
      strata_recovery_remove (self);
      return NULL;
    }
  self->time = g_date_time_new_from_unix_local (status.st_mtime);
  read_about (self);
  return g_steal_pointer (&self);
}

static int
compare_times (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  return g_date_time_compare (((StrataRecovery *) b)->time, ((StrataRecovery *) a)->time);
}

static void
find_all (GListStore *store)
{
  g_autofree char *root = get_root ();
  g_autoptr (GDir) dir = g_dir_open (root, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autoptr (StrataRecovery) found = NULL;

      if (g_str_has_suffix (name, REMOVED))
        {
          g_autofree char *folder = g_build_filename (root, name, NULL);

          remove_folder (folder);
        }
      else if (g_uuid_string_is_valid (name) && (found = adopt (root, name)) != NULL)
        g_list_store_insert_sorted (store, found, compare_times, NULL);
    }
}

/**
 * strata_recovery_get_left:
 *
 * Looks once, when first asked. What is found belongs to this program until it ends.
 * Returns: (transfer none): a list of StrataRecovery, the newest first
 */
GListModel *
strata_recovery_get_left (void)
{
  static GListStore *left;

  if (left == NULL)
    {
      left = g_list_store_new (STRATA_TYPE_RECOVERY);
      find_all (left);
    }
  return G_LIST_MODEL (left);
}

/**
 * strata_recovery_find_left:
 *
 * Returns: (transfer full) (nullable): the one in the list that has that number
 */
StrataRecovery *
strata_recovery_find_left (const char *id)
{
  GListModel *left = strata_recovery_get_left ();

  for (guint i = 0; i < g_list_model_get_n_items (left); i++)
    {
      g_autoptr (StrataRecovery) item = g_list_model_get_item (left, i);

      if (g_str_equal (item->id, id))
        return g_steal_pointer (&item);
    }
  return NULL;
}

/**
 * strata_recovery_put_back:
 *
 * Lists one again that was taken and could not be read.
 */
void
strata_recovery_put_back (StrataRecovery *self)
{
  g_list_store_insert_sorted (G_LIST_STORE (strata_recovery_get_left ()), self, compare_times, NULL);
}

/**
 * strata_recovery_take:
 *
 * Takes one out of the list: it is being edited again, or was given up.
 */
void
strata_recovery_take (StrataRecovery *self)
{
  GListStore *left = G_LIST_STORE (strata_recovery_get_left ());
  guint position;

  if (g_list_store_find (left, self, &position))
    g_list_store_remove (left, position);
}
