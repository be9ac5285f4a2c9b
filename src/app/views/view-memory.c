/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "views/view-memory.h"

#include "base/json.h"
#include "document/json.h"
#include "io/atomic-file.h"

/* Who opens more files than this has forgotten how the first looked, too. */
#define MOST_FILES 100

static char *
get_path (void)
{
  return g_build_filename (g_get_user_state_dir (), "strata", "views.json", NULL);
}

/* Files by address, that looked at last behind the others. */
static JsonNode *
read_all (void)
{
  g_autofree char *path = get_path (), *text = NULL;
  JsonNode *json = NULL;
  gsize size;

  if (g_file_get_contents (path, &text, &size, NULL))
    json = strata_json_parse (text, (gssize) size, NULL);
  if (json != NULL && JSON_NODE_HOLDS_OBJECT (json))
    return json;
  g_clear_pointer (&json, json_node_unref);
  return strata_json_wrap (json_object_new ());
}

/**
 * strata_view_memory_recall:
 *
 * Returns: (transfer full) (nullable): what strata_view_memory_keep() was told of @file
 */
JsonObject *
strata_view_memory_recall (GFile *file)
{
  g_autoptr (JsonNode) all = read_all ();
  g_autofree char *address = g_file_get_uri (file);
  JsonNode *view = json_object_get_member (json_node_get_object (all), address);

  return view != NULL && JSON_NODE_HOLDS_OBJECT (view) ? json_node_dup_object (view) : NULL;
}

static void
copy_member (JsonObject *object,
             const char *name,
             JsonNode   *member,
             gpointer    user_data)
{
  json_object_set_member (user_data, name, json_node_ref (member));
}

/**
 * strata_view_memory_keep:
 * @view: how it is looked at; what it does not speak of stays as it was
 *
 * What cannot be written is forgotten: that hurts nobody.
 */
void
strata_view_memory_keep (GFile      *file,
                         JsonObject *view)
{
  g_autoptr (JsonNode) all = read_all ();
  g_autofree char *address = g_file_get_uri (file), *path = get_path (), *folder = g_path_get_dirname (path);
  g_autofree char *text = NULL;
  JsonObject *files = json_node_get_object (all);
  JsonNode *before = json_object_get_member (files, address);
  g_autoptr (JsonObject) whole = json_object_new ();
  g_autoptr (GList) addresses = NULL;

  if (before != NULL && JSON_NODE_HOLDS_OBJECT (before))
    json_object_foreach_member (json_node_get_object (before), copy_member, whole);
  json_object_foreach_member (view, copy_member, whole);
  json_object_remove_member (files, address);
  json_object_set_object_member (files, address, json_object_ref (whole));
  addresses = json_object_get_members (files);
  for (GList *l = addresses; l != NULL && json_object_get_size (files) > MOST_FILES; l = l->next)
    json_object_remove_member (files, l->data);
  text = strata_json_to_text (all, FALSE);
  if (g_mkdir_with_parents (folder, 0700) == 0)
    strata_file_write (path, text, strlen (text), NULL);
}
