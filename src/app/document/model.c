/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/document-private.h"

#include <glib/gi18n.h>

#include "document/node-private.h"

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

/**
 * strata_document_build_model:
 *
 * Makes the model that the document describes, with the weights that were trained or loaded
 * wherever their shapes still fit. Groups are models within it; what is muted is left out.
 * Returns: (transfer full): a model that is not compiled, or %NULL with @error set
 */
StrataModel *
strata_document_build_model (StrataDocument  *self,
                             GError         **error)
{
  return check_ready (self, error) ? strata_document_assemble (self, STRATA_WEIGHTS_ALL, error) : NULL;
}

/**
 * strata_document_build_fresh_model:
 *
 * Makes the model as strata_document_build_model() does, but with new weights for all that learns; what is frozen
 * stays.
 * Returns: (transfer full): a model that is not compiled, or %NULL with @error set
 */
StrataModel *
strata_document_build_fresh_model (StrataDocument  *self,
                                   GError         **error)
{
  return check_ready (self, error) ? strata_document_assemble (self, STRATA_WEIGHTS_GIVEN, error) : NULL;
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
  return check_ready (self, error) ? strata_document_assemble (self, STRATA_WEIGHTS_NONE, error) : NULL;
}

/* In the model itself or in those within it, which groups became. */
static StrataLayer *
find_layer (StrataModel *model,
            const char  *name)
{
  StrataLayer *found = strata_model_find_layer (model, name);

  for (guint i = 0; found == NULL && i < strata_model_get_n_layers (model); i++)
    {
      StrataLayer *layer = strata_model_get_layer (model, i);

      if (STRATA_IS_MODEL (layer))
        found = find_layer (STRATA_MODEL (layer), name);
    }
  return found;
}

/**
 * strata_document_find_weights: (skip)
 *
 * Returns: (transfer none) (nullable): whose weights a copy of the document is to have for @node: what training has
 *   come
 *   to, if it goes on
 */
StrataLayer *
strata_document_find_weights (StrataDocument *self,
                              StrataDocNode  *node)
{
  StrataLayer *layer = self->underway != NULL ? find_layer (self->underway, strata_doc_node_get_name (node)) : NULL;

  return layer != NULL ? layer : node->trained;
}

/**
 * strata_document_set_underway:
 * @model: (nullable): a copy of the model of this document that is trained, which changes no more
 *
 * Has files and copies written with what training has come to so far. The document itself keeps its weights until
 * training ends.
 */
void
strata_document_set_underway (StrataDocument *self,
                              StrataModel    *model)
{
  if (g_set_object (&self->underway, model))
    strata_document_touch (self);
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
      StrataLayer *layer = find_layer (model, strata_doc_node_get_name (node));

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
