/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/keras/shards.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "io/atomic-file.h"

#define SUFFIX ".weights.json"
#define MAX_SHARDS 100000
#define MAX_DEPTH 64

/* A shard lies beside the list: its name is a plain one. */
static StrataHdf5 *
open_shard (const char  *path,
            const char  *name,
            GHashTable  *shards,
            GError     **error)
{
  StrataHdf5 *shard = name != NULL ? g_hash_table_lookup (shards, name) : NULL;
  g_autofree char *folder = g_path_get_dirname (path), *place = NULL;

  if (shard != NULL)
    return shard;
  if (name == NULL || strpbrk (name, "/\\") != NULL || !g_str_has_suffix (name, ".h5") ||
      g_hash_table_size (shards) >= MAX_SHARDS)
    {
      strata_set_error (error, STRATA_ERROR_FORMAT, "“%s”: “%.200s” is no file of weights beside it", path,
                        name != NULL ? name : "?");
      return NULL;
    }
  place = g_build_filename (folder, name, NULL);
  shard = strata_hdf5_open (place, error);
  if (shard != NULL)
    g_hash_table_insert (shards, g_strdup (name), shard);
  return shard;
}

static gboolean
copy_group (StrataHdf5  *from,
            StrataHdf5  *to,
            const char  *group,
            GError     **error)
{
  g_autoptr (GPtrArray) names = strata_hdf5_list (from, group, error);

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      g_autofree char *place = g_strdup_printf ("%s/%s", group, (const char *) g_ptr_array_index (names, i));
      g_autoptr (StrataTensor) array = NULL;

      if (strata_hdf5_is_group (from, place))
        continue;
      array = strata_hdf5_read (from, place, error);
      if (array == NULL || !strata_hdf5_write (to, place, array, error))
        return FALSE;
    }
  return names != NULL;
}

/* The arrays of one group, from the one or more shards they are in. */
static gboolean
gather_group (const char  *path,
              const char  *group,
              JsonNode    *files,
              StrataHdf5  *whole,
              GHashTable  *shards,
              GError     **error)
{
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (files) ? json_node_get_array (files) : NULL;
  guint n = list != NULL ? json_array_get_length (list) : 1;

  while (*group == '/')
    group++;
  if (!strata_hdf5_make_group (whole, group, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      const char *name = list != NULL               ? strata_json_element_string (list, i)
                         : strata_json_is_string (files) ? json_node_get_string (files) : NULL;
      StrataHdf5 *shard = open_shard (path, name, shards, error);

      if (shard == NULL || !copy_group (shard, whole, group, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * strata_shards_read: (skip)
 * @path: the list, `x.weights.json`
 *
 * Returns: (transfer full): all weights in one file in memory
 */
StrataHdf5 *
strata_shards_read (const char  *path,
                    GError     **error)
{
  g_autoptr (GBytes) bytes = strata_file_read (path, error);
  g_autoptr (JsonNode) root = bytes != NULL ? strata_json_parse (g_bytes_get_data (bytes, NULL),
                                                                 g_bytes_get_size (bytes), error) : NULL;
  JsonObject *map = root != NULL && JSON_NODE_HOLDS_OBJECT (root)
                    ? strata_json_get_object (json_node_get_object (root), "weight_map") : NULL;
  g_autoptr (GHashTable) shards = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                         (GDestroyNotify) strata_hdf5_free);
  g_autoptr (StrataHdf5) whole = NULL;
  g_autoptr (GBytes) merged = NULL;
  g_autoptr (GList) groups = NULL;
  g_autofree char *name = g_strdup_printf ("%s: weights", path); /* of no file: HDF5 would look into one of that name */

  if (map == NULL)
    {
      if (error != NULL && *error == NULL)
        strata_set_error (error, STRATA_ERROR_FORMAT, "“%s” does not list where weights are", path);
      return NULL;
    }
  whole = strata_hdf5_create_bytes (error);
  groups = json_object_get_members (map);
  for (GList *l = groups; l != NULL && whole != NULL; l = l->next)
    if (!gather_group (path, l->data, json_object_get_member (map, l->data), whole, shards, error))
      return NULL;
  merged = whole != NULL ? strata_hdf5_to_bytes (whole, error) : NULL;
  return merged != NULL ? strata_hdf5_open_bytes (merged, name, error) : NULL;
}

/* What is written: where to, and how much of the present shard there is. */
typedef struct
{
  StrataHdf5 *whole;
  const char *path;
  char *stem;
  gint64 max_bytes, bytes, total;
  guint n;
  StrataAtomicFile *atomic;
  StrataHdf5 *shard;
  JsonObject *map;
} Writer;

static gboolean
finish_shard (Writer  *self,
              GError **error)
{
  gboolean good = self->shard == NULL ||
                  (strata_hdf5_close (self->shard, error) && strata_atomic_file_commit (self->atomic, error));

  g_clear_pointer (&self->shard, strata_hdf5_free);
  g_clear_pointer (&self->atomic, strata_atomic_file_free);
  self->bytes = 0;
  return good;
}

static char *
name_shard (Writer *self,
            guint   i)
{
  return g_strdup_printf ("%s_%05u.weights.h5", self->stem, i);
}

static gboolean
begin_shard (Writer  *self,
             GError **error)
{
  g_autofree char *name = name_shard (self, self->n++), *folder = g_path_get_dirname (self->path);
  g_autofree char *place = g_build_filename (folder, name, NULL);

  self->atomic = strata_atomic_file_new (place, error);
  if (self->atomic != NULL)
    self->shard = strata_hdf5_create (strata_atomic_file_get_path (self->atomic), error);
  return self->shard != NULL;
}

/* Notes that the present shard has some of a group. */
static void
note (Writer     *self,
      const char *group)
{
  g_autofree char *key = g_strconcat ("/", group, NULL), *name = name_shard (self, self->n - 1);
  JsonArray *files = strata_json_get_array (self->map, key);

  if (files == NULL)
    {
      files = json_array_new ();
      json_object_set_array_member (self->map, key, files);
    }
  if (json_array_get_length (files) == 0 ||
      !g_str_equal (strata_json_element_string (files, json_array_get_length (files) - 1), name))
    json_array_add_string_element (files, name);
}

static gboolean
write_array (Writer      *self,
             const char  *group,
             const char  *place,
             GError     **error)
{
  g_autoptr (StrataTensor) array = strata_hdf5_read (self->whole, place, error);
  gint64 bytes = array != NULL ? (gint64) strata_tensor_get_bytes (array) : 0;

  if (array == NULL)
    return FALSE;
  if (self->bytes > 0 && self->bytes + bytes > self->max_bytes && !finish_shard (self, error))
    return FALSE;
  if (self->shard == NULL && !begin_shard (self, error))
    return FALSE;
  self->bytes += bytes;
  self->total += bytes;
  note (self, group);
  return strata_hdf5_write (self->shard, place, array, error);
}

static gboolean
write_group (Writer      *self,
             const char  *group,
             guint        depth,
             GError     **error)
{
  g_autoptr (GPtrArray) names = strata_hdf5_list (self->whole, group, error);

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *place = group[0] != '\0' ? g_strdup_printf ("%s/%s", group, name) : g_strdup (name);

      if (strata_hdf5_is_group (self->whole, place) ? depth < MAX_DEPTH && !write_group (self, place, depth + 1, error)
                                                    : !write_array (self, group, place, error))
        return FALSE;
    }
  return names != NULL;
}

/**
 * strata_shards_write: (skip)
 * @whole: weights, as a file
 * @path: the list to write, `x.weights.json`; the shards `x_00000.weights.h5` and so on come beside it
 * @max_bytes: how much a shard holds at most, unless a single weight is larger
 *
 * Writes weights into several files. The list comes last, so that what it lists is there.
 */
gboolean
strata_shards_write (StrataHdf5  *whole,
                     const char  *path,
                     gint64       max_bytes,
                     GError     **error)
{
  g_autofree char *base = g_path_get_basename (path), *text = NULL;
  g_autoptr (JsonObject) root = json_object_new ();
  g_autoptr (JsonNode) node = NULL;
  JsonObject *metadata = json_object_new ();
  Writer self = { .whole = whole, .path = path, .max_bytes = max_bytes, .map = json_object_new () };
  gboolean good;

  self.stem = g_strndup (base, strlen (base) - strlen (SUFFIX));
  json_object_set_object_member (root, "metadata", metadata);
  json_object_set_object_member (root, "weight_map", self.map);
  good = write_group (&self, "", 0, error) && finish_shard (&self, error);
  g_clear_pointer (&self.shard, strata_hdf5_free);
  g_clear_pointer (&self.atomic, strata_atomic_file_free);
  g_free (self.stem);
  json_object_set_int_member (metadata, "total_size", self.total);
  node = strata_json_wrap (json_object_ref (root));
  text = strata_json_to_text (node, TRUE);
  return good && strata_file_write (path, text, strlen (text), error);
}
