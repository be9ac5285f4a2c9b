/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/example.h"

#include "base/error.h"
#include "base/json.h"
#include "data/places.h"
#include "io/atomic-file.h"

void
strata_example_free (StrataExample *self)
{
  g_free (self->name);
  g_free (self->title);
  g_free (self->description);
  g_clear_pointer (&self->model, json_node_unref);
  g_clear_pointer (&self->settings, json_node_unref);
  g_free (self);
}

/* Where examples may be, best first. */
static char *
get_folder (guint i)
{
  const char *data = g_getenv ("STRATA_DATA_DIR");

  if (i == 0)
    return data != NULL ? g_build_filename (data, "examples", NULL) : NULL;
  return g_build_filename (i == 1 ? STRATA_SOURCE_DATA_DIR : STRATA_INSTALLED_DATA_DIR, "examples", NULL);
}

static char *
find_folder (void)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *folder = get_folder (i);

      if (folder != NULL && g_file_test (folder, G_FILE_TEST_IS_DIR))
        return g_steal_pointer (&folder);
    }
  return NULL;
}

static StrataExample *
read_example (const char  *folder,
              const char  *name,
              gint64      *position,
              GError     **error)
{
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GBytes) bytes = strata_file_read (path, error);
  g_autoptr (JsonNode) json = NULL;
  StrataExample *self;
  JsonObject *object;

  if (bytes == NULL)
    return NULL;
  json = strata_json_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
  if (json == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  object = JSON_NODE_HOLDS_OBJECT (json) ? json_node_get_object (json) : NULL;
  if (object == NULL || strata_json_get_object (object, "model") == NULL ||
      strata_json_get_object (object, "settings") == NULL)
    {
      strata_set_error (error, STRATA_ERROR_FORMAT, "“%s” is not an example: it lacks a model or settings", path);
      return NULL;
    }

  self = g_new0 (StrataExample, 1);
  self->name = g_strdup (name);
  self->title = g_strdup (strata_json_get_string (object, "title", name));
  self->description = g_strdup (strata_json_get_string (object, "description", ""));
  self->model = json_object_dup_member (object, "model");
  self->settings = json_object_dup_member (object, "settings");
  *position = strata_json_get_int (object, "position", G_MAXINT64);
  return self;
}

typedef struct
{
  StrataExample *example;
  gint64 position;
} Entry;

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const Entry *x = a, *y = b;

  if (x->position != y->position)
    return x->position < y->position ? -1 : 1;
  return g_strcmp0 (x->example->name, y->example->name);
}

/**
 * strata_example_list:
 *
 * Returns: (transfer full) (element-type StrataExample): all examples, the first to try first
 */
GPtrArray *
strata_example_list (void)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_example_free);
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_autofree char *folder = find_folder ();
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *file;

  while (dir != NULL && (file = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *name = g_str_has_suffix (file, ".json") ? g_strndup (file, strlen (file) - 5) : NULL;
      Entry entry = { 0 };

      if (name == NULL)
        continue;
      entry.example = read_example (folder, name, &entry.position, NULL);
      if (entry.example != NULL)
        g_array_append_val (entries, entry);
    }
  g_array_sort (entries, compare);
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (list, g_array_index (entries, Entry, i).example);
  return list;
}

/**
 * strata_example_load: (skip)
 * @name: such as "digits"
 *
 * Returns: (transfer full): the example, or %NULL with @error set
 */
StrataExample *
strata_example_load (const char  *name,
                     GError     **error)
{
  g_autofree char *folder = find_folder ();
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GString) known = NULL;
  gint64 position;

  if (folder == NULL)
    {
      strata_set_error (error, STRATA_ERROR_FILE, "The examples are not there; set STRATA_DATA_DIR to the folder that "
                        "has them in its folder “examples”");
      return NULL;
    }

  all = strata_example_list ();
  known = g_string_new (NULL);
  for (guint i = 0; i < all->len; i++)
    {
      StrataExample *example = g_ptr_array_index (all, i);

      if (g_strcmp0 (example->name, name) == 0)
        return read_example (folder, name, &position, error);
      g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", example->name);
    }
  strata_set_error (error, STRATA_ERROR_NAME, "There is no example called “%s”; there are %s", name, known->str);
  return NULL;
}
