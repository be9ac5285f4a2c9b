/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/json.h"
#include "document/json.h"
#include "document/node-private.h"
#include "layers/arrays.h"
#include "layers/operator.h"

/* Numbers that a layer is called with besides tensors: the 2 of `x * 2`, the array of `Add()([x, array])`. */

static gboolean
is_constant (JsonNode *node)
{
  StrataDType dtype;

  return strata_array_get_numbers (node, &dtype) != NULL || strata_json_is_number (node);
}

static void
collect (JsonNode  *node,
         GPtrArray *constants)
{
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (is_constant (node))
    g_ptr_array_add (constants, node);
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    collect (json_array_get_element (list, i), constants);
}

/**
 * strata_doc_node_dup_constants:
 * @masks: whether those that only say what counts are wanted, too
 *
 * Returns: (transfer container) (element-type JsonNode): numbers and arrays that the layer is called with
 */
GPtrArray *
strata_doc_node_dup_constants (StrataDocNode *self,
                               gboolean       masks)
{
  GPtrArray *constants = g_ptr_array_new ();
  g_autoptr (GList) names = self->arguments != NULL ? json_object_get_members (self->arguments) : NULL;
  JsonNode *args = self->is_group ? NULL
                   : STRATA_IS_OPERATOR (self->layer) ? strata_operator_get_args (STRATA_OPERATOR (self->layer))
                   : self->args;

  if (args != NULL)
    collect (args, constants);
  for (GList *l = names; l != NULL; l = l->next)
    if ((masks || !g_str_has_suffix (l->data, "mask")) &&
        strata_array_is_among (json_object_get_member (self->arguments, l->data)))
      collect (json_object_get_member (self->arguments, l->data), constants);
  return constants;
}

/* Leaves out references to tensors that do not come in any more, and notes which ones there are. */
static void
keep (JsonArray *list,
      gboolean  *seen,
      guint      n_inputs)
{
  for (guint i = json_array_get_length (list); i-- > 0;)
    {
      JsonNode *node = json_array_get_element (list, i);
      gint64 input = JSON_NODE_HOLDS_OBJECT (node) ? strata_json_get_int (json_node_get_object (node), "$", -1) : -1;

      if (JSON_NODE_HOLDS_ARRAY (node))
        keep (json_node_get_array (node), seen, n_inputs);
      else if (input >= n_inputs)
        json_array_remove_element (list, i);
      else if (input >= 0)
        seen[input] = TRUE;
    }
}

/**
 * strata_doc_node_dup_args: (skip)
 * @n_inputs: how many tensors come in
 *
 * Returns: (transfer full) (nullable): the positional arguments, as many tensors among them as come in now, where any
 *   number may
 */
JsonNode *
strata_doc_node_dup_args (StrataDocNode *self,
                          guint          n_inputs)
{
  g_autofree gboolean *seen = g_new0 (gboolean, n_inputs + 1);
  JsonNode *args = self->args != NULL ? strata_json_copy (self->args) : NULL;
  JsonArray *list = args != NULL && JSON_NODE_HOLDS_ARRAY (args)
                    ? strata_json_element_array (json_node_get_array (args), 0) : NULL;

  if (list == NULL || !strata_doc_node_takes_list (self, 0))
    return args;
  keep (list, seen, n_inputs);
  for (guint i = 0; i < n_inputs; i++)
    if (!seen[i])
      {
        JsonObject *reference = json_object_new ();

        json_object_set_int_member (reference, "$", i);
        json_array_add_object_element (list, reference);
      }
  return args;
}
