/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/import.h"

#include <glib/gi18n.h>

#include "document/template.h"
#include "document/document-private.h"
#include "document/node-private.h"
#include "layers/symbol.h"
#include "models/functional.h"
#include "models/sequential.h"

typedef struct
{
  StrataDocument *document;
  GHashTable *templates;        /* layer of the model -> template */
  GHashTable *nodes;            /* StrataSite -> node */
} Import;

static void
import_clear (Import *self)
{
  g_clear_pointer (&self->templates, g_hash_table_unref);
  g_clear_pointer (&self->nodes, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Import, import_clear)

static StrataDocNode *
add_layer (Import       *self,
           StrataLayer  *layer,
           GError      **error)
{
  StrataLayer *template = g_hash_table_lookup (self->templates, layer);
  StrataDocNode *node;

  if (template == NULL)
    {
      template = strata_template_clone (layer, error);
      if (template == NULL)
        return NULL;
      g_hash_table_insert (self->templates, layer, template);
    }
  node = strata_document_append (self->document, template, 0, 0);
  if (strata_layer_is_built (layer) && strata_layer_count_params (layer, FALSE) > 0)
    node->trained = g_object_ref (layer);
  return node;
}

static StrataDocNode *
add_input (Import            *self,
           const char        *name,
           const StrataSpec  *spec,
           GError           **error)
{
  g_autoptr (JsonObject) config = json_object_new ();
  g_autoptr (StrataLayer) layer = NULL;

  json_object_set_string_member (config, "name", name);
  json_object_set_string_member (config, "dtype", strata_dtype_get_name (spec->dtype));
  json_object_set_member (config, "batch_shape", strata_shape_to_json (&spec->shape));
  layer = strata_layer_new ("InputLayer", config, error);
  return layer != NULL ? strata_document_append (self->document, layer, 0, 0) : NULL;
}

/* Without an input where the model has none yet; the document then says what is missing. */
static gboolean
import_row (Import       *self,
            StrataModel  *model,
            GError      **error)
{
  StrataDocNode *before = NULL;

  if (strata_model_get_n_inputs (model) > 0)
    {
      before = add_input (self, strata_model_get_input_name (model, 0), strata_model_get_input_spec (model, 0), error);
      if (before == NULL)
        return FALSE;
    }
  for (guint i = 0; i < strata_model_get_n_layers (model); i++)
    {
      StrataLayer *layer = strata_model_get_layer (model, i);
      StrataDocNode *node;

      if (g_str_equal (strata_object_get_class_name (STRATA_OBJECT (layer)), "InputLayer") && before != NULL)
        continue;
      node = add_layer (self, layer, error);
      if (node == NULL)
        return FALSE;
      if (before != NULL)
        strata_document_insert_wire (self->document, before, 0, node, 0);
      before = node;
    }
  return TRUE;
}

static gboolean
import_site (Import      *self,
             StrataSite  *site,
             GError     **error)
{
  StrataDocNode *node = add_layer (self, site->layer, error);
  g_autofree guint *ports = g_new (guint, site->inputs->len + 1);

  if (node == NULL)
    return FALSE;
  strata_doc_node_take_call (node, site, ports);
  g_hash_table_insert (self->nodes, site, node);
  for (guint i = 0; i < site->inputs->len; i++)
    {
      StrataSymbol *symbol = g_ptr_array_index (site->inputs, i);
      StrataDocNode *from = g_hash_table_lookup (self->nodes, symbol->site);

      if (from == NULL)
        {
          g_set_error (error, STRATA_ERROR, STRATA_ERROR_FORMAT,
                       _("The layer “%s” takes something that the model does not make"),
                       strata_layer_get_name (site->layer));
          return FALSE;
        }
      strata_document_insert_wire (self->document, from, symbol->index, node, ports[i]);
    }
  return TRUE;
}

static JsonArray *
make_end (guint id,
          guint port)
{
  JsonArray *end = json_array_new ();

  json_array_add_int_element (end, id);
  json_array_add_int_element (end, port);
  return end;
}

/* Outputs are noted where they are others, or in another order, than the ends of the graph. */
static void
note_outputs (Import      *self,
              StrataModel *model)
{
  JsonArray *array = json_array_new ();
  g_autoptr (JsonNode) json = json_node_init_array (json_node_alloc (), array);
  gboolean usual = TRUE;
  guint last_id = 0, n_ends = 0;

  for (guint i = 0; i < strata_model_get_n_outputs (model); i++)
    {
      StrataSymbol *symbol = strata_functional_get_output (STRATA_FUNCTIONAL (model), i);
      StrataDocNode *node = g_hash_table_lookup (self->nodes, symbol->site);
      g_autoptr (GPtrArray) outgoing = strata_document_dup_wires_of (self->document, node, FALSE);

      usual = usual && outgoing->len == 0 && symbol->index == 0 && node->id > last_id;
      last_id = node->id;
      json_array_add_array_element (array, make_end (node->id, symbol->index));
    }
  for (guint i = 0; i < self->document->nodes->len; i++)
    {
      g_autoptr (GPtrArray) outgoing =
        strata_document_dup_wires_of (self->document, g_ptr_array_index (self->document->nodes, i), FALSE);

      n_ends += outgoing->len == 0;
    }
  if (!usual || n_ends != strata_model_get_n_outputs (model))
    strata_document_set_setting (self->document, "outputs", json);
  json_array_unref (array);
}

static gboolean
import_graph (Import       *self,
              StrataModel  *model,
              GError      **error)
{
  const GPtrArray *sites = strata_functional_get_sites (STRATA_FUNCTIONAL (model));
  guint n_inputs = strata_model_get_n_inputs (model);

  /* Inputs first, in the model's order: that is the order the document keeps. */
  for (guint i = 0; i < n_inputs; i++)
    if (!import_site (self, strata_functional_get_input (STRATA_FUNCTIONAL (model), i)->site, error))
      return FALSE;
  for (guint i = 0; i < sites->len; i++)
    if (!g_hash_table_contains (self->nodes, g_ptr_array_index (sites, i)) &&
        !import_site (self, g_ptr_array_index (sites, i), error))
      return FALSE;
  note_outputs (self, model);
  return TRUE;
}

/* A model within the model, as a group */

/* What one of its tensors comes from: a node that was made of it, or what leads to its input. */
static StrataDocEnd
find_source (Import          *self,
             StrataSymbol    *symbol,
             StrataModel     *model,
             const GPtrArray *incoming)
{
  StrataDocNode *node = g_hash_table_lookup (self->nodes, symbol->site);

  if (node != NULL)
    return (StrataDocEnd){ node, symbol->index };
  for (guint i = 0; i < strata_model_get_n_inputs (model) && i < incoming->len; i++)
    if (strata_functional_get_input (STRATA_FUNCTIONAL (model), i)->site == symbol->site)
      return (StrataDocEnd){ strata_doc_wire_get_from (g_ptr_array_index (incoming, i)),
                             strata_doc_wire_get_from_port (g_ptr_array_index (incoming, i)) };
  return (StrataDocEnd){ NULL, 0 };
}

static void
lead_to (Import        *self,
         StrataDocEnd   source,
         StrataDocNode *node,
         guint          port)
{
  if (source.node != NULL)
    strata_document_insert_wire (self->document, source.node, source.port, node, port);
}

/* Names are the document's, which another layer may have; those of the inside give way. */
static StrataDocNode *
add_inner (Import       *self,
           StrataLayer  *layer,
           GError      **error)
{
  if (!g_hash_table_contains (self->templates, layer))
    {
      g_autoptr (StrataLayer) template = strata_template_clone (layer, error);
      g_autofree char *name = NULL;

      if (template == NULL)
        return NULL;
      name = strata_document_free_name (self->document, strata_layer_get_name (layer));
      strata_layer_set_name (template, name);
      g_hash_table_insert (self->templates, layer, g_steal_pointer (&template));
    }
  return add_layer (self, layer, error);
}

static gboolean
open_graph (Import           *self,
            StrataModel      *model,
            const GPtrArray  *incoming,
            const GPtrArray  *outgoing,
            GError          **error)
{
  const GPtrArray *sites = strata_functional_get_sites (STRATA_FUNCTIONAL (model));

  for (guint i = 0; i < sites->len; i++)
    {
      StrataSite *site = g_ptr_array_index (sites, i);
      g_autofree guint *ports = g_new (guint, site->inputs->len + 1);
      StrataDocNode *node;

      if (g_str_equal (strata_object_get_class_name (STRATA_OBJECT (site->layer)), "InputLayer"))
        continue;
      node = add_inner (self, site->layer, error);
      if (node == NULL)
        return FALSE;
      strata_doc_node_take_call (node, site, ports);
      g_hash_table_insert (self->nodes, site, node);
      for (guint j = 0; j < site->inputs->len; j++)
        lead_to (self, find_source (self, g_ptr_array_index (site->inputs, j), model, incoming), node, ports[j]);
    }
  for (guint i = 0; i < outgoing->len; i++)
    {
      StrataDocWire *wire = g_ptr_array_index (outgoing, i);
      StrataSymbol *symbol = strata_functional_get_output (STRATA_FUNCTIONAL (model),
                                                           strata_doc_wire_get_from_port (wire));

      lead_to (self, find_source (self, symbol, model, incoming), strata_doc_wire_get_to (wire),
               strata_doc_wire_get_to_port (wire));
    }
  return TRUE;
}

static gboolean
open_row (Import           *self,
          StrataModel      *model,
          const GPtrArray  *incoming,
          const GPtrArray  *outgoing,
          GError          **error)
{
  StrataDocEnd before = { NULL, 0 };

  if (incoming->len > 0)
    before = (StrataDocEnd){ strata_doc_wire_get_from (g_ptr_array_index (incoming, 0)),
                             strata_doc_wire_get_from_port (g_ptr_array_index (incoming, 0)) };
  for (guint i = 0; i < strata_model_get_n_layers (model); i++)
    {
      StrataLayer *layer = strata_model_get_layer (model, i);
      StrataDocNode *node;

      if (g_str_equal (strata_object_get_class_name (STRATA_OBJECT (layer)), "InputLayer"))
        continue;
      node = add_inner (self, layer, error);
      if (node == NULL)
        return FALSE;
      lead_to (self, before, node, 0);
      before = (StrataDocEnd){ node, 0 };
    }
  for (guint i = 0; i < outgoing->len; i++)
    lead_to (self, before, strata_doc_wire_get_to (g_ptr_array_index (outgoing, i)),
             strata_doc_wire_get_to_port (g_ptr_array_index (outgoing, i)));
  return TRUE;
}

/* One call of the model: a group in its place, with all wires. */
static StrataDocNode *
open_call (Import         *self,
           StrataDocNode  *node,
           StrataModel    *model,
           GError        **error)
{
  g_autoptr (GPtrArray) incoming = strata_document_dup_wires_of (self->document, node, TRUE);
  g_autoptr (GPtrArray) outgoing = strata_document_dup_wires_of (self->document, node, FALSE);
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();
  g_autofree char *name = g_strdup (strata_doc_node_get_name (node));
  StrataDocNode *place = self->document->place, *group;
  gboolean success;

  g_ptr_array_add (gone, node);
  strata_document_remove_nodes (self->document, gone);
  group = strata_document_append_group (self->document, strata_document_take_id (self->document), name, node->group,
                                        node->x, node->y);
  g_hash_table_remove_all (self->nodes);
  self->document->place = group;
  success = STRATA_IS_SEQUENTIAL (model) ? open_row (self, model, incoming, outgoing, error)
                                         : open_graph (self, model, incoming, outgoing, error);
  strata_document_arrange (self->document);
  self->document->place = place;
  return success ? group : NULL;
}

/**
 * strata_document_open_model:
 * @node: a node that is a model within the model
 *
 * Makes a group of it whose layers can be seen and edited; of all its calls, if it is called several times: the calls
 * go on to share their layers.
 * Returns: (transfer none): the group in the place of @node, or %NULL with @error set
 */
StrataDocNode *
strata_document_open_model (StrataDocument  *self,
                            StrataDocNode   *node,
                            GError         **error)
{
  g_auto (Import) import = { self };
  g_autoptr (GPtrArray) calls = strata_document_dup_sharers (self, node->layer);
  g_autoptr (StrataLayer) model = g_object_ref (node->trained != NULL ? node->trained : node->layer);
  StrataDocNode *group = NULL;
  gboolean success = TRUE;

  if (!STRATA_IS_SEQUENTIAL (model) && !STRATA_IS_FUNCTIONAL (model))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_UNSUPPORTED,
                   _("“%s” is a single layer: there is nothing inside to look at"),
                   strata_doc_node_get_name (node));
      return NULL;
    }
  import.templates = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  import.nodes = g_hash_table_new (NULL, NULL);
  strata_document_begin_group (self, _("Open model"));
  for (guint i = 0; success && i < calls->len; i++)
    {
      StrataDocNode *call = g_ptr_array_index (calls, i);
      StrataDocNode *made = open_call (&import, call, STRATA_MODEL (model), error);

      success = made != NULL;
      if (call == node)
        group = made;
    }
  strata_document_end_group (self);
  if (success)
    return group;
  strata_document_undo (self);
  return NULL;
}

static void
note_model (StrataDocument *document,
            StrataModel    *model)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) json = json_node_init_object (json_node_alloc (), object);

  json_object_set_string_member (object, "class", STRATA_IS_SEQUENTIAL (model) ? "Sequential" : "Functional");
  json_object_set_string_member (object, "name", strata_layer_get_name (STRATA_LAYER (model)));
  strata_document_set_setting (document, "model", json);
  json_object_unref (object);
}

/**
 * strata_import_model: (skip)
 * @model: what to take over; its weights go on to belong to it
 *
 * Adds a node for each call of a layer in the model, and wires, in the open step. Places are
 * left to strata_document_arrange().
 */
gboolean
strata_import_model (StrataDocument  *document,
                     StrataModel     *model,
                     GError         **error)
{
  g_auto (Import) import = { document };
  gboolean success;

  import.templates = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  import.nodes = g_hash_table_new (NULL, NULL);
  if (STRATA_IS_SEQUENTIAL (model))
    success = import_row (&import, model, error);
  else if (STRATA_IS_FUNCTIONAL (model))
    success = import_graph (&import, model, error);
  else
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_UNSUPPORTED,
                   _("A model of class %s has no graph that could be shown"),
                   strata_object_get_class_name (STRATA_OBJECT (model)));
      return FALSE;
    }
  if (success)
    note_model (document, model);
  return success;
}
