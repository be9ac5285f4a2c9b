/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n.h>

#include "document/document-private.h"
#include "document/json.h"
#include "document/node-private.h"

#define CAUSAL "use_causal_mask"

/* What a layer is told at a call besides tensors: to Keras, arguments of the call and no parameters of the layer. */

/**
 * strata_doc_node_get_call_params: (skip)
 *
 * Returns: a table of them, which ends with %NULL
 */
const StrataParam *
strata_doc_node_get_call_params (StrataDocNode *self)
{
  static const StrataParam none[] = { { NULL } };
  const StrataLayerInfo *info = strata_doc_node_get_info (self);

  return !self->is_group && info != NULL && info->call_params != NULL ? info->call_params : none;
}

static const StrataParam *
find_param (StrataDocNode *self,
            const char    *name)
{
  for (const StrataParam *param = strata_doc_node_get_call_params (self); param->name != NULL; param++)
    if (g_str_equal (param->name, name))
      return param;
  return NULL;
}

/**
 * strata_doc_node_dup_argument:
 * @name: one of strata_doc_node_get_call_params()
 *
 * Returns: (transfer full) (nullable): its value, or %NULL where the layer knows no such argument
 */
JsonNode *
strata_doc_node_dup_argument (StrataDocNode *self,
                              const char    *name)
{
  const StrataParam *param = find_param (self, name);
  JsonNode *value = self->arguments != NULL ? json_object_get_member (self->arguments, name) : NULL;

  if (param == NULL)
    return NULL;
  return value != NULL && !JSON_NODE_HOLDS_NULL (value) ? strata_json_copy (value) : strata_param_get_default (param);
}

/**
 * strata_document_set_argument:
 * @name: one of strata_doc_node_get_call_params()
 * @value: (transfer none): what the layer is told
 *
 * Calls a node's layer with another argument, as one step. What is the default is left out.
 * Returns: whether the layer knows such an argument
 */
gboolean
strata_document_set_argument (StrataDocument  *self,
                              StrataDocNode   *node,
                              const char      *name,
                              JsonNode        *value,
                              GError         **error)
{
  const StrataParam *param = find_param (node, name);
  g_autoptr (JsonNode) before = strata_doc_node_dup_argument (node, name), usual = NULL;
  g_autofree char *label = NULL;
  StrataEdit *edit;

  if (param == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_VALUE, _("%s takes no “%s”"),
                   strata_doc_node_get_class_name (node), name);
      return FALSE;
    }
  if (json_node_equal (before, value))
    return TRUE;
  usual = strata_param_get_default (param);
  edit = strata_edit_new (STRATA_EDIT_ARGUMENT);
  edit->key = g_strdup (name);
  edit->node = g_object_ref (node);
  edit->values[0] = json_node_equal (before, usual) ? NULL : g_steal_pointer (&before);
  edit->values[1] = json_node_equal (value, usual) ? NULL : strata_json_copy (value);
  label = g_strdup_printf (_("Change %s"), _(param->title));
  strata_document_begin_group (self, label);
  strata_document_do (self, edit);
  strata_document_end_group (self);
  return TRUE;
}

/**
 * strata_doc_node_can_be_causal:
 *
 * Returns: whether the layer can be kept from looking ahead
 */
gboolean
strata_doc_node_can_be_causal (StrataDocNode *self)
{
  return find_param (self, CAUSAL) != NULL;
}

/**
 * strata_doc_node_is_causal:
 *
 * Returns: whether the layer looks at earlier steps only
 */
gboolean
strata_doc_node_is_causal (StrataDocNode *self)
{
  g_autoptr (JsonNode) value = strata_doc_node_dup_argument (self, CAUSAL);

  return value != NULL && json_node_get_boolean (value);
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
  g_autoptr (JsonNode) value = json_node_init_boolean (json_node_alloc (), causal);

  strata_document_set_argument (self, node, CAUSAL, value, NULL);
}
