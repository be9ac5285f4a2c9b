/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n.h>

#include "base/json.h"
#include "document/document-private.h"
#include "document/node-private.h"

/* Whether attention looks at earlier steps only, as a network must that writes on; to Keras, an argument of the call. */
#define CAUSAL "use_causal_mask"

/**
 * strata_doc_node_can_be_causal:
 *
 * Returns: whether the layer can be kept from looking ahead
 */
gboolean
strata_doc_node_can_be_causal (StrataDocNode *self)
{
  const StrataLayerInfo *info = strata_doc_node_get_info (self);

  return !self->is_group && info != NULL && g_strcmp0 (info->object.category, "Attention") == 0;
}

/**
 * strata_doc_node_is_causal:
 *
 * Returns: whether the layer looks at earlier steps only
 */
gboolean
strata_doc_node_is_causal (StrataDocNode *self)
{
  return self->arguments != NULL && strata_json_get_bool (self->arguments, CAUSAL, FALSE);
}

/**
 * strata_document_set_causal:
 * @node: attention
 * @causal: whether it looks at earlier steps only
 *
 * Lets attention look ahead, or keeps it from that, as one step.
 */
void
strata_document_set_causal (StrataDocument *self,
                            StrataDocNode  *node,
                            gboolean        causal)
{
  JsonNode *before;
  StrataEdit *edit;

  if (!strata_doc_node_can_be_causal (node) || strata_doc_node_is_causal (node) == !!causal)
    return;
  before = node->arguments != NULL ? json_object_get_member (node->arguments, CAUSAL) : NULL;
  edit = strata_edit_new (STRATA_EDIT_ARGUMENT);
  edit->key = g_strdup (CAUSAL);
  edit->node = g_object_ref (node);
  edit->values[0] = before != NULL ? json_node_copy (before) : NULL;
  edit->values[1] = causal ? json_node_init_boolean (json_node_alloc (), TRUE) : NULL;
  strata_document_begin_group (self, causal ? _("Look at earlier steps only") : _("Look at all steps"));
  strata_document_do (self, edit);
  strata_document_end_group (self);
}
