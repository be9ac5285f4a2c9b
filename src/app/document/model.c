/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/document-private.h"

#include <glib/gi18n.h>

#include "document/template.h"
#include "document/node-private.h"
#include "layers/symbol.h"
#include "models/functional.h"
#include "models/sequential.h"

/* A model while it is put together. */
typedef struct
{
  StrataDocument *document;
  GPtrArray *sorted;
  GHashTable *layers;   /* template -> layer of the model */
  GHashTable *sites;    /* node -> StrataSite */
} Assembly;

static void
assembly_clear (Assembly *self)
{
  g_clear_pointer (&self->sorted, g_ptr_array_unref);
  g_clear_pointer (&self->sites, g_hash_table_unref);
  g_clear_pointer (&self->layers, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Assembly, assembly_clear)

static StrataLayer *
get_layer (Assembly       *self,
           StrataDocNode  *node,
           GError        **error)
{
  StrataLayer *layer = g_hash_table_lookup (self->layers, node->layer);

  if (layer == NULL)
    {
      layer = strata_template_clone (node->layer, error);
      if (layer != NULL)
        g_hash_table_insert (self->layers, node->layer, layer);
    }
  return layer;
}

static gboolean
connect_node (Assembly       *self,
              StrataDocNode  *node,
              GError        **error)
{
  g_autoptr (GPtrArray) wires = strata_document_dup_wires_of (self->document, node, TRUE);
  g_autoptr (GPtrArray) symbols = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_symbol_unref);
  StrataLayer *layer = get_layer (self, node, error);
  StrataSite *site;

  if (layer == NULL)
    return FALSE;
  for (guint i = 0; i < wires->len; i++)
    {
      StrataDocWire *wire = g_ptr_array_index (wires, i);
      StrataSite *from = g_hash_table_lookup (self->sites, strata_doc_wire_get_from (wire));

      g_ptr_array_add (symbols, strata_site_get_output (from, strata_doc_wire_get_from_port (wire)));
    }
  site = strata_layer_connect_full (layer, (StrataSymbol *const *) symbols->pdata, symbols->len, node->arguments, node->args, error);
  if (site == NULL)
    return FALSE;
  g_hash_table_insert (self->sites, node, site);
  return TRUE;
}

/* Where data leaves: what the document's settings say, as a model that was loaded may, and all that nothing follows. */
static GPtrArray *
collect_outputs (Assembly *self)
{
  GPtrArray *outputs = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_symbol_unref);
  JsonNode *setting = strata_document_get_setting (self->document, "outputs");
  JsonArray *array = setting != NULL && JSON_NODE_HOLDS_ARRAY (setting) ? json_node_get_array (setting) : NULL;
  g_autoptr (GHashTable) named = g_hash_table_new (NULL, NULL);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      JsonArray *end = JSON_NODE_HOLDS_ARRAY (element) ? json_node_get_array (element) : NULL;
      StrataDocNode *node = NULL;
      guint port = 0;

      if (end != NULL && json_array_get_length (end) == 2)
        {
          node = strata_document_get_node (self->document, (guint) json_array_get_int_element (end, 0));
          port = (guint) json_array_get_int_element (end, 1);
        }
      if (node == NULL || port >= strata_doc_node_get_n_outputs (node))
        continue;
      g_hash_table_add (named, node);
      g_ptr_array_add (outputs, strata_site_get_output (g_hash_table_lookup (self->sites, node), port));
    }

  for (guint i = 0; i < self->document->nodes->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (self->document->nodes, i);
      g_autoptr (GPtrArray) outgoing = strata_document_dup_wires_of (self->document, node, FALSE);

      if (outgoing->len == 0 && !g_hash_table_contains (named, node))
        g_ptr_array_add (outputs, strata_site_get_output (g_hash_table_lookup (self->sites, node), 0));
    }
  return outputs;
}

static GPtrArray *
collect_inputs (Assembly *self)
{
  GPtrArray *inputs = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_symbol_unref);

  for (guint i = 0; i < self->document->nodes->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (self->document->nodes, i);

      if (strata_doc_node_is_input (node))
        g_ptr_array_add (inputs, strata_site_get_output (g_hash_table_lookup (self->sites, node), 0));
    }
  return inputs;
}

static const char *
get_model_member (StrataDocument *self,
                  const char     *name)
{
  JsonNode *setting = strata_document_get_setting (self, "model");

  return setting != NULL && JSON_NODE_HOLDS_OBJECT (setting)
           ? json_object_get_string_member_with_default (json_node_get_object (setting), name, NULL) : NULL;
}

/* Whether the nodes are a row: then Keras may have it as Sequential, which it was when it was loaded. */
static gboolean
is_row (StrataDocument *self,
        GPtrArray      *sorted)
{
  if (sorted->len < 2 || self->wires->len != sorted->len - 1)
    return FALSE;

  for (guint i = 0; i < sorted->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (sorted, i);
      g_autoptr (GPtrArray) incoming = strata_document_dup_wires_of (self, node, TRUE);
      g_autoptr (GPtrArray) sharers = strata_document_dup_sharers (self, node->layer);

      if (incoming->len != (i == 0 ? 0 : 1) || sharers->len != 1 || node->arguments != NULL ||
          strata_doc_node_is_input (node) != (i == 0) || strata_doc_node_get_n_outputs (node) != 1)
        return FALSE;
    }
  return TRUE;
}

static StrataModel *
assemble_row (Assembly  *self,
              GError   **error)
{
  g_autoptr (StrataModel) model = strata_sequential_new (get_model_member (self->document, "name"));

  for (guint i = 0; i < self->sorted->len; i++)
    {
      StrataLayer *layer = get_layer (self, g_ptr_array_index (self->sorted, i), error);

      if (layer == NULL || !strata_sequential_add (STRATA_SEQUENTIAL (model), layer, error))
        return NULL;
    }
  return g_steal_pointer (&model);
}

static StrataModel *
assemble_graph (Assembly  *self,
                GError   **error)
{
  g_autoptr (GPtrArray) inputs = NULL, outputs = NULL;

  self->sites = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) strata_site_unref);
  for (guint i = 0; i < self->sorted->len; i++)
    if (!connect_node (self, g_ptr_array_index (self->sorted, i), error))
      return NULL;

  inputs = collect_inputs (self);
  outputs = collect_outputs (self);
  return strata_functional_new ((StrataSymbol *const *) inputs->pdata, inputs->len, (StrataSymbol *const *) outputs->pdata,
                                outputs->len, get_model_member (self->document, "name"), error);
}

static gboolean
same_shapes (StrataLayer *a,
             StrataLayer *b)
{
  g_autoptr (GPtrArray) first = strata_layer_dup_weights (a), second = strata_layer_dup_weights (b);

  if (first->len != second->len)
    return FALSE;
  for (guint i = 0; i < first->len; i++)
    {
      StrataVariable *x = g_ptr_array_index (first, i), *y = g_ptr_array_index (second, i);

      if (x->dtype != y->dtype || !strata_shape_equal (&x->shape, &y->shape))
        return FALSE;
    }
  return TRUE;
}

static gboolean
carry_weights (Assembly  *self,
               GError   **error)
{
  for (guint i = 0; i < self->sorted->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (self->sorted, i);
      StrataLayer *layer = g_hash_table_lookup (self->layers, node->layer);

      if (node->trained != NULL && same_shapes (layer, node->trained) && !strata_layer_copy_weights (layer, node->trained, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_ready (StrataDocument  *self,
             GError         **error)
{
  if (self->nodes->len == 0)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_STATE, _("The network is empty"));
      return FALSE;
    }
  for (guint i = 0; i < self->diagnostics->len; i++)
    {
      StrataDiagnostic *diagnostic = g_ptr_array_index (self->diagnostics, i);
      StrataDocNode *node = strata_document_get_node (self, strata_diagnostic_get_node_id (diagnostic));

      if (!strata_diagnostic_is_blocking (diagnostic))
        continue;
      if (node != NULL)
        g_set_error (error, STRATA_ERROR, STRATA_ERROR_STATE, "%s: %s", strata_doc_node_get_name (node),
                     strata_diagnostic_get_message (diagnostic));
      else
        g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_STATE, strata_diagnostic_get_message (diagnostic));
      return FALSE;
    }
  return TRUE;
}

static StrataModel *
build_model (StrataDocument  *self,
             gboolean         with_weights,
             GError         **error)
{
  g_auto (Assembly) assembly = { .document = self };
  g_autoptr (StrataModel) model = NULL;

  if (!check_ready (self, error))
    return NULL;

  assembly.sorted = strata_document_dup_sorted (self, NULL);
  assembly.layers = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  if (g_strcmp0 (get_model_member (self, "class"), "Sequential") == 0 && is_row (self, assembly.sorted))
    model = assemble_row (&assembly, error);
  else
    model = assemble_graph (&assembly, error);
  if (model == NULL || (with_weights && !carry_weights (&assembly, error)))
    return NULL;
  return g_steal_pointer (&model);
}

/**
 * strata_document_build_model:
 *
 * Makes the model that the document describes, with the weights that were trained or loaded
 * wherever their shapes still fit.
 * Returns: (transfer full): a model that is not compiled, or %NULL with @error set
 */
StrataModel *
strata_document_build_model (StrataDocument  *self,
                             GError         **error)
{
  return build_model (self, TRUE, error);
}

/**
 * strata_document_build_blank_model:
 *
 * Makes the model as strata_document_build_model() does, but with weights that have not begun: quicker, and without
 * their memory until they are needed.
 * Returns: (transfer full): a model that is not compiled, or %NULL with @error set
 */
StrataModel *
strata_document_build_blank_model (StrataDocument  *self,
                                   GError         **error)
{
  return build_model (self, FALSE, error);
}

/**
 * strata_document_set_weights_from:
 * @model: a model of this document, which is trained no further
 *
 * Keeps the weights of all layers that have the names of the document's.
 */
void
strata_document_set_weights_from (StrataDocument *self,
                                  StrataModel    *model)
{
  for (guint i = 0; i < self->nodes->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (self->nodes, i);
      StrataLayer *layer = strata_model_find_layer (model, strata_doc_node_get_name (node));

      if (layer != NULL)
        g_set_object (&node->trained, layer);
    }
  strata_document_set_optimized (self, model);
  strata_document_touch (self);
}

/**
 * strata_document_set_optimized: (skip)
 * @model: a model that is trained no further
 *
 * Keeps how far the model's optimizer is, so that training can go on from there.
 */
void
strata_document_set_optimized (StrataDocument *self,
                               StrataModel    *model)
{
  StrataOptimizer *optimizer = strata_model_get_optimizer (model);

  g_set_object (&self->optimized, (optimizer != NULL && strata_optimizer_is_built (optimizer) ? model : NULL));
}

/**
 * strata_document_get_optimized:
 *
 * Returns: (transfer none) (nullable): the model that was trained last, for its optimizer's state: give it to
 *   strata_model_continue()
 */
StrataModel *
strata_document_get_optimized (StrataDocument *self)
{
  return self->optimized;
}

/**
 * strata_document_is_trained:
 *
 * Returns: whether the weights of any layer were trained or loaded
 */
gboolean
strata_document_is_trained (StrataDocument *self)
{
  for (guint i = 0; i < self->nodes->len; i++)
    if (((StrataDocNode *) g_ptr_array_index (self->nodes, i))->trained != NULL)
      return TRUE;
  return FALSE;
}
