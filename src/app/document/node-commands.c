/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/document-private.h"

#include <glib/gi18n.h>

#include "base/json.h"
#include "base/registry.h"
#include "document/defaults.h"
#include "document/json.h"
#include "document/node-private.h"
#include "document/note-private.h"
#include "document/template.h"
#include "layers/naming.h"

static void begin (StrataDocument *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
begin (StrataDocument *self,
       const char     *format,
       ...)
{
  g_autofree char *label = NULL;
  va_list args;

  va_start (args, format);
  label = g_strdup_vprintf (format, args);
  va_end (args);
  strata_document_begin_group (self, label);
}

void
strata_document_insert_node (StrataDocument *self,
                             StrataDocNode  *node)
{
  StrataEdit *edit = strata_edit_new (STRATA_EDIT_NODE);

  edit->node = g_object_ref (node);
  edit->index = node->is_group ? self->groups->len : self->nodes->len;
  strata_document_do (self, edit);
}

static void
take_node_out (StrataDocument *self,
               StrataDocNode  *node)
{
  StrataEdit *edit;

  while (node->outgoing->len > 0)
    strata_document_take_wire_out (self, g_ptr_array_index (node->outgoing, node->outgoing->len - 1));
  while (node->incoming->len > 0)
    strata_document_take_wire_out (self, g_ptr_array_index (node->incoming, node->incoming->len - 1));

  edit = strata_edit_new (STRATA_EDIT_NODE);
  edit->removes = TRUE;
  edit->node = g_object_ref (node);
  g_ptr_array_find (node->is_group ? self->groups : self->nodes, node, &edit->index);
  strata_document_do (self, edit);
}

/* Adds a node of that layer, outside of any step's label. */
StrataDocNode *
strata_document_append (StrataDocument *self,
                        StrataLayer    *layer,
                        double          x,
                        double          y)
{
  g_autoptr (StrataDocNode) node = strata_doc_node_new (strata_document_take_id (self), layer, x, y);

  g_set_object (&node->group, self->place);
  strata_document_insert_node (self, node);
  return node;
}

static JsonObject *
copy_config (JsonObject *config)
{
  g_autoptr (JsonNode) node = NULL, copy = NULL;

  if (config == NULL)
    return json_object_new ();
  node = json_node_init_object (json_node_alloc (), config);
  copy = strata_json_copy (node);
  return json_node_dup_object (copy);
}

static StrataLayer *
new_layer (StrataDocument  *self,
           const char      *class_name,
           JsonObject      *config,
           GError         **error)
{
  const StrataLayerInfo *info = (const StrataLayerInfo *) strata_registry_lookup (STRATA_KIND_LAYER, class_name);
  g_autoptr (JsonObject) full = copy_config (config);
  const char *given = strata_json_get_string (full, "name", NULL);
  g_autofree char *usual = strata_naming_snake (info != NULL ? info->object.name : class_name);
  g_autofree char *name = strata_document_free_name (self, given != NULL && *given != '\0' ? given : usual);

  if (info != NULL)
    strata_defaults_fill (info, full);
  json_object_set_string_member (full, "name", name);
  return strata_layer_new (class_name, full, error);
}

/**
 * strata_document_add_node:
 * @class_name: a layer's class, such as "Dense"
 * @config: (nullable): its parameters; what is missing is chosen sensibly
 * @x: where its left edge is
 * @y: where its top is
 *
 * Returns: (transfer none): the new node, or %NULL with @error set
 */
StrataDocNode *
strata_document_add_node (StrataDocument  *self,
                          const char      *class_name,
                          JsonObject      *config,
                          double           x,
                          double           y,
                          GError         **error)
{
  g_autoptr (StrataLayer) layer = new_layer (self, class_name, config, error);
  const StrataLayerInfo *info;
  StrataDocNode *node;

  if (layer == NULL)
    return NULL;

  info = strata_layer_get_info (layer);
  /* Translators: the name of a step that can be undone; %s is a kind of layer, such as "Dense". */
  begin (self, _("Add %s"), info != NULL ? _(info->object.title) : class_name);
  node = strata_document_append (self, layer, x, y);
  strata_document_end_group (self);
  return node;
}

/**
 * strata_document_add_call:
 * @shared: a node
 *
 * Adds another call of the same layer: both have the same weights.
 * Returns: (transfer none): the new node
 */
StrataDocNode *
strata_document_add_call (StrataDocument *self,
                          StrataDocNode  *shared,
                          double          x,
                          double          y)
{
  StrataDocNode *node;

  begin (self, _("Share %s"), strata_doc_node_get_name (shared));
  node = strata_document_append (self, shared->layer, x, y);
  g_set_object (&node->trained, shared->trained);
  strata_document_end_group (self);
  return node;
}

/**
 * strata_document_remove_nodes:
 * @nodes: (element-type StrataDocNode): which
 *
 * Takes nodes out, what is in groups among them, and the wires at them.
 */
void
strata_document_remove_nodes (StrataDocument *self,
                              GPtrArray      *nodes)
{
  g_autoptr (GPtrArray) all = NULL;

  if (nodes->len == 0)
    return;

  all = strata_document_dup_inside (self, nodes);
  if (nodes->len == 1)
    begin (self, _("Remove %s"), strata_doc_node_get_name (g_ptr_array_index (nodes, 0)));
  else
    strata_document_begin_group (self, _("Remove layers"));
  strata_document_remove_notes_of (self, all);
  for (guint i = 0; i < all->len; i++)
    take_node_out (self, g_ptr_array_index (all, i));
  strata_document_end_group (self);
}

/* Where something between two nodes belongs: into what is looked into if one of them is there, else to both. */
static StrataDocNode *
choose_group (StrataDocument *self,
              StrataDocNode  *from,
              StrataDocNode  *to)
{
  StrataDocNode *group = from->group;

  if (self->place != NULL && (strata_doc_node_is_in (from, self->place) || strata_doc_node_is_in (to, self->place)))
    return self->place;
  while (group != NULL && !strata_doc_node_is_in (to, group))
    group = group->group;
  return group;
}

/**
 * strata_document_insert_on_wire:
 * @wire: a wire
 * @class_name: a layer's class
 * @config: (nullable): its parameters
 *
 * Puts a new layer between the two ends of a wire.
 * Returns: (transfer none): the new node, or %NULL with @error set
 */
StrataDocNode *
strata_document_insert_on_wire (StrataDocument  *self,
                                StrataDocWire   *wire,
                                const char      *class_name,
                                JsonObject      *config,
                                GError         **error)
{
  StrataDocNode *from = strata_doc_wire_get_from (wire), *to = strata_doc_wire_get_to (wire);
  g_autoptr (StrataLayer) layer = new_layer (self, class_name, config, error);
  StrataDocNode *node, *place = self->place;
  StrataEdit *edit;
  guint index;

  if (layer == NULL)
    return NULL;

  begin (self, _("Insert %s"), strata_object_get_class_name (STRATA_OBJECT (layer)));
  self->place = choose_group (self, from, to);
  node = strata_document_append (self, layer, (from->x + to->x) / 2, (from->y + to->y) / 2);
  self->place = place;
  g_ptr_array_find (self->wires, wire, &index);
  /* The second half takes the wire's place, since the order counts where a list is taken. */
  edit = strata_edit_new (STRATA_EDIT_WIRE);
  edit->wire = strata_doc_wire_new (strata_document_take_id (self), node, 0, to, strata_doc_wire_get_to_port (wire));
  edit->index = index;
  strata_document_insert_wire (self, from, strata_doc_wire_get_from_port (wire), node, 0);
  strata_document_take_wire_out (self, wire);
  strata_document_do (self, edit);
  strata_document_end_group (self);
  return node;
}

/**
 * strata_document_place_nodes:
 * @nodes: (element-type StrataDocNode): which
 * @positions: x and y for each
 *
 * Puts nodes where they shall be.
 */
void
strata_document_place_nodes (StrataDocument *self,
                             GPtrArray      *nodes,
                             const double   *positions)
{
  StrataEdit *edit;

  if (nodes->len == 0)
    return;

  edit = strata_edit_new (STRATA_EDIT_MOVE);
  edit->nodes = g_ptr_array_new_with_free_func (g_object_unref);
  edit->places[0] = g_new (double, 2 * nodes->len);
  edit->places[1] = g_memdup2 (positions, 2 * nodes->len * sizeof (double));
  for (guint i = 0; i < nodes->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (nodes, i);

      g_ptr_array_add (edit->nodes, g_object_ref (node));
      edit->places[0][2 * i] = node->x;
      edit->places[0][2 * i + 1] = node->y;
    }
  strata_document_begin_group (self, _("Move"));
  strata_document_do (self, edit);
  strata_document_end_group (self);
}

/**
 * strata_document_move_nodes:
 * @nodes: (element-type StrataDocNode): which
 *
 * Shifts nodes. Shifts of the same nodes are one step until strata_document_end_coalescing().
 */
void
strata_document_move_nodes (StrataDocument *self,
                            GPtrArray      *nodes,
                            double          dx,
                            double          dy)
{
  g_autofree double *positions = g_new (double, 2 * nodes->len);

  for (guint i = 0; i < nodes->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (nodes, i);

      positions[2 * i] = node->x + dx;
      positions[2 * i + 1] = node->y + dy;
    }
  strata_document_place_nodes (self, nodes, positions);
}

static gboolean
check_name (StrataDocument  *self,
            StrataDocNode   *node,
            JsonNode        *value,
            GError         **error)
{
  const char *name = JSON_NODE_HOLDS_VALUE (value) ? json_node_get_string (value) : NULL;
  StrataDocNode *other = name != NULL ? strata_document_find_node (self, name) : NULL;

  if (name == NULL || *name == '\0')
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_VALUE, _("A layer needs a name"));
      return FALSE;
    }
  if (strchr (name, '/') != NULL)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_VALUE,
                           _("Keras does not allow “/” in the name of a layer"));
      return FALSE;
    }
  if (other != NULL && other->layer != node->layer)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_VALUE, _("Another layer is called “%s”"), name);
      return FALSE;
    }
  return TRUE;
}

/**
 * strata_document_set_param:
 * @node: a node
 * @name: a parameter of its layer
 * @value: the parameter's new value
 *
 * Changes a parameter; where the value is not allowed, nothing changes and @error tells why.
 * Changes of the same parameter that follow each other quickly are one step.
 */
gboolean
strata_document_set_param (StrataDocument  *self,
                           StrataDocNode   *node,
                           const char      *name,
                           JsonNode        *value,
                           GError         **error)
{
  const StrataParam *param = strata_object_find_param (STRATA_OBJECT (node->layer), name);
  g_autoptr (StrataLayer) layer = NULL;
  g_autoptr (JsonNode) before = strata_object_get_param (STRATA_OBJECT (node->layer), name);
  StrataEdit *edit;

  if (g_str_equal (name, "name") && !check_name (self, node, value, error))
    return FALSE;
  if (param != NULL && before != NULL && json_node_equal (before, value))
    return TRUE;

  if (param == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_NAME, _("%s has no parameter called “%s”"),
                   strata_doc_node_get_class_name (node), name);
      return FALSE;
    }
  layer = strata_template_with (node->layer, name, value, error);
  if (layer == NULL)
    return FALSE;

  edit = strata_edit_new (STRATA_EDIT_LAYER);
  edit->key = g_strdup (name);
  edit->nodes = strata_document_dup_sharers (self, node->layer);
  edit->layers[0] = g_object_ref (node->layer);
  edit->layers[1] = g_steal_pointer (&layer);
  /* Translators: the name of a step that can be undone; %s is a parameter, such as "Units". */
  begin (self, _("Change %s"), param->title != NULL ? _(param->title) : name);
  strata_document_do (self, edit);
  strata_document_end_group (self);
  return TRUE;
}

/**
 * strata_document_rename:
 * @name: a name that no other layer has
 *
 * Calls a node's layer something else. Its weights stay.
 */
gboolean
strata_document_rename (StrataDocument  *self,
                        StrataDocNode   *node,
                        const char      *name,
                        GError         **error)
{
  g_autoptr (JsonNode) value = json_node_init_string (json_node_alloc (), name);

  return strata_document_set_param (self, node, "name", value, error);
}
