/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/serial.h"

#include <glib/gi18n.h>

#include "base/json.h"
#include "document/document-private.h"
#include "document/json.h"
#include "document/node-private.h"
#include "document/note-private.h"
#include "document/template.h"

#define FORMAT 1
#define MAX_NODES 100000
#define MAX_DEPTH 64

static gboolean
holds (GPtrArray *nodes,
       gpointer   node)
{
  return nodes == NULL || g_ptr_array_find (nodes, node, NULL);
}

/* Where only some nodes are written, the group that they are in may not be among them. */
static void
write_group_of (JsonObject    *object,
                StrataDocNode *node,
                GPtrArray     *nodes)
{
  if (node->group != NULL && holds (nodes, node->group))
    json_object_set_int_member (object, "group", node->group->id);
}

static JsonObject *
write_node (StrataDocNode *node,
            GPtrArray     *nodes,
            GHashTable    *owners)
{
  JsonObject *object = json_object_new ();
  StrataDocNode *owner = g_hash_table_lookup (owners, node->layer);

  json_object_set_int_member (object, "id", node->id);
  json_object_set_double_member (object, "x", node->x);
  json_object_set_double_member (object, "y", node->y);
  if (owner != NULL)
    json_object_set_int_member (object, "shares", owner->id);
  else
    {
      json_object_set_member (object, "layer", strata_template_write (node->layer));
      g_hash_table_insert (owners, node->layer, node);
    }
  if (node->arguments != NULL)
    json_object_set_object_member (object, "arguments", json_object_ref (node->arguments));
  if (node->args != NULL)
    json_object_set_member (object, "args", strata_json_copy (node->args));
  if (node->muted)
    json_object_set_boolean_member (object, "muted", TRUE);
  write_group_of (object, node, nodes);
  return object;
}

static JsonObject *
write_group (StrataDocNode *group,
             GPtrArray     *nodes)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", group->id);
  json_object_set_string_member (object, "name", strata_doc_node_get_name (group));
  json_object_set_double_member (object, "x", group->x);
  json_object_set_double_member (object, "y", group->y);
  write_group_of (object, group, nodes);
  return object;
}

static JsonArray *
write_end (StrataDocNode *node,
           guint          port)
{
  JsonArray *end = json_array_new ();

  json_array_add_int_element (end, node->id);
  json_array_add_int_element (end, port);
  return end;
}

static JsonObject *
write_wire (StrataDocWire *wire)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", strata_doc_wire_get_id (wire));
  json_object_set_array_member (object, "from",
                                write_end (strata_doc_wire_get_from (wire), strata_doc_wire_get_from_port (wire)));
  json_object_set_array_member (object, "to",
                                write_end (strata_doc_wire_get_to (wire), strata_doc_wire_get_to_port (wire)));
  return object;
}

/* In order of names, so that setting and undoing leaves no trace. */
static JsonObject *
write_settings (JsonObject *settings)
{
  JsonObject *object = json_object_new ();
  g_autoptr (GList) keys = g_list_sort (json_object_get_members (settings), (GCompareFunc) g_strcmp0);

  for (GList *l = keys; l != NULL; l = l->next)
    json_object_set_member (object, l->data, strata_json_copy (json_object_get_member (settings, l->data)));
  return object;
}

static JsonArray *
write_notes (const GPtrArray *notes,
             GPtrArray       *nodes,
             StrataDocument  *document)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < notes->len; i++)
    {
      StrataDocNote *note = g_ptr_array_index (notes, i);
      guint group = strata_doc_note_get_look (note)->group;
      JsonObject *object = strata_note_write (note);

      if (group != 0 && holds (nodes, strata_document_get_node (document, group)))
        json_object_set_int_member (object, "group", group);
      json_array_add_object_element (array, object);
    }
  return array;
}

/**
 * strata_serial_write: (skip)
 * @nodes: (nullable): which nodes, with the wires between them, or %NULL for all and the settings
 * @notes: (nullable): which notes, or %NULL for all
 *
 * Returns: (transfer full): the document as JSON
 */
JsonNode *
strata_serial_write (StrataDocument *document,
                     GPtrArray      *nodes,
                     GPtrArray      *notes)
{
  JsonObject *object = json_object_new ();
  JsonArray *node_array = json_array_new (), *group_array = json_array_new (), *wire_array = json_array_new ();
  g_autoptr (GHashTable) owners = g_hash_table_new (NULL, NULL);
  JsonNode *json;

  for (guint i = 0; i < document->nodes->len; i++)
    if (holds (nodes, g_ptr_array_index (document->nodes, i)))
      json_array_add_object_element (node_array, write_node (g_ptr_array_index (document->nodes, i), nodes, owners));
  for (guint i = 0; i < document->groups->len; i++)
    if (holds (nodes, g_ptr_array_index (document->groups, i)))
      json_array_add_object_element (group_array, write_group (g_ptr_array_index (document->groups, i), nodes));
  for (guint i = 0; i < document->wires->len; i++)
    {
      StrataDocWire *wire = g_ptr_array_index (document->wires, i);

      if (holds (nodes, strata_doc_wire_get_from (wire)) && holds (nodes, strata_doc_wire_get_to (wire)))
        json_array_add_object_element (wire_array, write_wire (wire));
    }

  json_object_set_int_member (object, "format", FORMAT);
  json_object_set_array_member (object, "nodes", node_array);
  if (json_array_get_length (group_array) > 0)
    json_object_set_array_member (object, "groups", json_array_ref (group_array));
  json_array_unref (group_array);
  json_object_set_array_member (object, "wires", wire_array);
  if ((notes != NULL ? notes : document->notes)->len > 0)
    json_object_set_array_member (object, "notes",
                                  write_notes (notes != NULL ? notes : document->notes, nodes, document));
  if (nodes == NULL)
    json_object_set_object_member (object, "settings", write_settings (document->settings));
  json = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (json, object);
  return json;
}

static gboolean
damaged (GError     **error,
         const char  *what)
{
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_FORMAT, _("The document is damaged: %s"), what);
  return FALSE;
}

static JsonArray *
get_array (JsonObject *object,
           const char *name)
{
  JsonNode *member = json_object_get_member (object, name);

  return member != NULL && JSON_NODE_HOLDS_ARRAY (member) ? json_node_get_array (member) : NULL;
}

static JsonObject *
get_element_object (JsonArray *array,
                    guint      i)
{
  JsonNode *element = json_array_get_element (array, i);

  return JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;
}

/* What is read, and into what. */
typedef struct
{
  StrataDocument *document;
  GHashTable *nodes;    /* number in the JSON -> node */
  GHashTable *groups;   /* number in the JSON -> group */
  GHashTable *kept;     /* numbers that are kept as they are, or NULL where others may have them */
} Reading;

/* Nodes and wires of a file keep their numbers; what is pasted gets new ones. */
static guint
choose_id (Reading *self,
           gint64   wanted)
{
  if (self->kept != NULL && wanted > 0 && wanted < G_MAXINT32 &&
      g_hash_table_add (self->kept, GINT_TO_POINTER ((int) wanted)))
    return (guint) wanted;
  return strata_document_take_id (self->document);
}

/* In a file, numbers that are made up for what has none begin behind those that are given. */
static void
reserve_ids (Reading   *self,
             JsonArray *entries)
{
  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *object = get_element_object (entries, i);
      gint64 id = object != NULL ? strata_json_get_int (object, "id", 0) : 0;

      if (id > 0 && id < G_MAXINT32)
        self->document->next_id = MAX (self->document->next_id, (guint) id + 1);
    }
}

static StrataLayer *
read_layer (Reading     *self,
            JsonObject  *object,
            GError     **error)
{
  JsonNode *json = json_object_get_member (object, "layer");
  StrataLayer *layer;
  g_autofree char *name = NULL;

  if (json == NULL)
    {
      StrataDocNode *owner = g_hash_table_lookup (self->nodes,
                                                  GINT_TO_POINTER ((int) strata_json_get_int (object, "shares", 0)));

      if (owner == NULL)
        damaged (error, _("a layer is missing"));
      return owner != NULL ? g_object_ref (owner->layer) : NULL;
    }

  layer = strata_template_read (json, error);
  if (layer == NULL)
    return NULL;
  name = strata_document_free_name (self->document, strata_layer_get_name (layer));
  strata_layer_set_name (layer, name);
  return layer;
}

/* What names no group belongs to what is looked into. */
static gboolean
read_group_of (Reading        *self,
               JsonObject     *object,
               StrataDocNode  *node,
               GError        **error)
{
  gint64 id = strata_json_get_int (object, "group", 0);
  StrataDocNode *group = id != 0 ? g_hash_table_lookup (self->groups, GINT_TO_POINTER ((int) id))
                                 : self->document->place;

  if (id != 0 && group == NULL)
    return damaged (error, _("a layer is in a group that is not there"));
  g_set_object (&node->group, group);
  return TRUE;
}

static gboolean
read_groups (Reading    *self,
             JsonArray  *groups,
             GError    **error)
{
  guint first = self->document->groups->len;

  for (guint i = 0; i < json_array_get_length (groups); i++)
    {
      JsonObject *object = get_element_object (groups, i);
      const char *name = object != NULL ? strata_json_get_string (object, "name", "block") : NULL;
      StrataDocNode *group;
      gint64 id;

      if (object == NULL || name == NULL)
        return damaged (error, _("a group is not an object"));
      id = strata_json_get_int (object, "id", 0);
      group = strata_document_append_group (self->document, choose_id (self, id), name, NULL,
                                            strata_json_get_double (object, "x", 0),
                                            strata_json_get_double (object, "y", 0));
      g_hash_table_insert (self->groups, GINT_TO_POINTER ((int) id), group);
    }
  for (guint i = 0; i < json_array_get_length (groups); i++)
    {
      StrataDocNode *group = g_ptr_array_index (self->document->groups, first + i), *outer;
      guint depth = 0;

      if (!read_group_of (self, get_element_object (groups, i), group, error))
        return FALSE;
      for (outer = group->group; outer != NULL && depth <= MAX_DEPTH; outer = outer->group)
        depth++;
      if (depth > MAX_DEPTH)
        {
          g_clear_object (&group->group);
          return damaged (error, _("its groups are in each other"));
        }
    }
  return TRUE;
}

static gboolean
read_node (Reading     *self,
           JsonObject  *object,
           GError     **error)
{
  g_autoptr (StrataLayer) layer = NULL;
  g_autoptr (StrataDocNode) node = NULL;
  JsonNode *arguments, *args;
  gint64 id;

  if (object == NULL)
    return damaged (error, _("a node is not an object"));
  layer = read_layer (self, object, error);
  if (layer == NULL)
    return FALSE;

  id = strata_json_get_int (object, "id", 0);
  node = strata_doc_node_new (choose_id (self, id), layer, strata_json_get_double (object, "x", 0),
                              strata_json_get_double (object, "y", 0));
  arguments = json_object_get_member (object, "arguments");
  if (arguments != NULL && JSON_NODE_HOLDS_OBJECT (arguments))
    node->arguments = json_node_dup_object (arguments);
  args = json_object_get_member (object, "args");
  if (args != NULL)
    node->args = strata_json_copy (args);
  node->muted = strata_json_get_bool (object, "muted", FALSE);
  if (!read_group_of (self, object, node, error))
    return FALSE;
  g_hash_table_insert (self->nodes, GINT_TO_POINTER ((int) id), node);
  strata_document_insert_node (self->document, node);
  return TRUE;
}

static StrataDocNode *
read_end (Reading    *self,
          JsonObject *object,
          const char *name,
          guint      *port)
{
  JsonArray *end = get_array (object, name);

  if (end == NULL || json_array_get_length (end) != 2 || !JSON_NODE_HOLDS_VALUE (json_array_get_element (end, 0)) ||
      !JSON_NODE_HOLDS_VALUE (json_array_get_element (end, 1)))
    return NULL;
  *port = (guint) CLAMP (json_array_get_int_element (end, 1), 0, 1000);
  return g_hash_table_lookup (self->nodes, GINT_TO_POINTER ((int) json_array_get_int_element (end, 0)));
}

/* Where a wire ends: attention once took a list at one port, and has a port for each of it now. */
static guint
find_free_port (StrataDocNode *node,
                guint          port)
{
  gboolean taken = FALSE;
  guint next = port;

  for (guint i = 0; i < node->incoming->len && !strata_doc_node_takes_list (node, port); i++)
    {
      guint other = strata_doc_wire_get_to_port (g_ptr_array_index (node->incoming, i));

      taken = taken || other == port;
      next = MAX (next, other + 1);
    }
  return taken ? next : port;
}

static gboolean
read_wire (Reading     *self,
           JsonObject  *object,
           GError     **error)
{
  StrataDocNode *from, *to;
  guint from_port, to_port;
  StrataEdit *edit;

  if (object == NULL || (from = read_end (self, object, "from", &from_port)) == NULL ||
      (to = read_end (self, object, "to", &to_port)) == NULL)
    return damaged (error, _("a wire leads nowhere"));
  edit = strata_edit_new (STRATA_EDIT_WIRE);
  edit->wire = strata_doc_wire_new (choose_id (self, strata_json_get_int (object, "id", 0)), from, from_port, to,
                                    find_free_port (to, to_port));
  edit->index = self->document->wires->len;
  strata_document_do (self->document, edit);
  return TRUE;
}

static gboolean
read_note (Reading     *self,
           JsonObject  *object,
           GError     **error)
{
  gint64 id = object != NULL ? strata_json_get_int (object, "group", 0) : 0;
  StrataDocNode *group = id != 0 ? g_hash_table_lookup (self->groups, GINT_TO_POINTER ((int) id))
                                 : self->document->place;
  StrataNoteLook look;
  StrataNoteKind kind;

  if (!strata_note_read (object, &kind, &look) || (id != 0 && group == NULL))
    return damaged (error, _("a note cannot be read"));
  look.group = group != NULL ? group->id : 0;
  strata_document_insert_note (self->document, choose_id (self, strata_json_get_int (object, "id", 0)), kind, &look);
  return TRUE;
}

static gboolean
has_cycle (StrataDocument *document)
{
  gboolean found;
  g_autoptr (GPtrArray) sorted = strata_document_dup_sorted (document, &found);

  return found;
}

static void
read_settings (StrataDocument *document,
               JsonObject     *object)
{
  JsonNode *settings = json_object_get_member (object, "settings");
  g_autoptr (GList) keys = NULL;

  if (settings == NULL || !JSON_NODE_HOLDS_OBJECT (settings))
    return;
  keys = json_object_get_members (json_node_get_object (settings));
  for (GList *l = keys; l != NULL; l = l->next)
    strata_document_set_setting (document, l->data, json_object_get_member (json_node_get_object (settings), l->data));
}

/**
 * strata_serial_read: (skip)
 * @json: what strata_serial_write() made, or someone else
 * @keep_ids: whether nodes and wires have the numbers that @json gives them, which no other has had
 *
 * Adds all that is in @json, in the open step. Where that fails, some of it may be there:
 * the caller takes the step back.
 */
gboolean
strata_serial_read (StrataDocument  *document,
                    JsonNode        *json,
                    gboolean         keep_ids,
                    GError         **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL), kept = keep_ids ? g_hash_table_new (NULL, NULL) : NULL;
  g_autoptr (GHashTable) known_groups = g_hash_table_new (NULL, NULL);
  Reading reading = { document, known, known_groups, kept };
  JsonObject *object;
  JsonArray *nodes, *groups, *wires, *notes;

  if (json == NULL || !JSON_NODE_HOLDS_OBJECT (json))
    return damaged (error, _("it is not an object"));
  object = json_node_get_object (json);
  nodes = get_array (object, "nodes");
  groups = get_array (object, "groups");
  wires = get_array (object, "wires");
  notes = get_array (object, "notes");
  if (nodes == NULL || wires == NULL || json_array_get_length (nodes) > MAX_NODES ||
      json_array_get_length (wires) > MAX_NODES ||
      (groups != NULL && json_array_get_length (groups) > MAX_NODES) ||
      (notes != NULL && json_array_get_length (notes) > MAX_NODES))
    return damaged (error, _("its nodes or wires are missing"));
  if (strata_json_get_int (object, "format", FORMAT) > FORMAT)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_FORMAT,
                           _("The document was made by a newer version of Strata"));
      return FALSE;
    }

  if (keep_ids)
    {
      reserve_ids (&reading, nodes);
      reserve_ids (&reading, wires);
      if (groups != NULL)
        reserve_ids (&reading, groups);
      if (notes != NULL)
        reserve_ids (&reading, notes);
    }
  if (groups != NULL && !read_groups (&reading, groups, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (nodes); i++)
    if (!read_node (&reading, get_element_object (nodes, i), error))
      return FALSE;
  for (guint i = 0; i < json_array_get_length (wires); i++)
    if (!read_wire (&reading, get_element_object (wires, i), error))
      return FALSE;
  for (guint i = 0; notes != NULL && i < json_array_get_length (notes); i++)
    if (!read_note (&reading, get_element_object (notes, i), error))
      return FALSE;
  if (has_cycle (document))
    return damaged (error, _("its wires go round in a circle"));
  read_settings (document, object);
  return TRUE;
}
