/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/document-private.h"

#include <glib/gi18n.h>

#include "document/json.h"

/**
 * strata_document_set_setting:
 * @key: see strata_document_get_setting()
 * @value: (transfer none) (nullable): the new value, or %NULL for none
 *
 * Changes how the network is trained, or what else is noted with it.
 */
void
strata_document_set_setting (StrataDocument *self,
                             const char     *key,
                             JsonNode       *value)
{
  JsonNode *before = strata_document_get_setting (self, key);
  StrataEdit *edit;

  if (before == value || (before != NULL && value != NULL && json_node_equal (before, value)))
    return;

  edit = strata_edit_new (STRATA_EDIT_SETTING);
  edit->key = g_strdup (key);
  edit->values[0] = before != NULL ? strata_json_copy (before) : NULL;
  edit->values[1] = value != NULL ? strata_json_copy (value) : NULL;
  strata_document_begin_group (self, _("Change settings"));
  strata_document_do (self, edit);
  strata_document_end_group (self);
}

static void
copy_member (JsonObject *object,
             const char *name,
             JsonNode   *member,
             gpointer    user_data)
{
  json_object_set_member (user_data, name, strata_json_copy (member));
}

/**
 * strata_document_set_setting_member:
 * @key: see strata_document_get_setting()
 * @member: which part of it
 * @value: (transfer none) (nullable): the new value, or %NULL for none
 *
 * Changes one part of a setting; the others stay.
 */
void
strata_document_set_setting_member (StrataDocument *self,
                                    const char     *key,
                                    const char     *member,
                                    JsonNode       *value)
{
  JsonNode *before = strata_document_get_setting (self, key);
  g_autoptr (JsonObject) after = json_object_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), after);

  if (before != NULL && JSON_NODE_HOLDS_OBJECT (before))
    json_object_foreach_member (json_node_get_object (before), copy_member, after);
  if (value != NULL)
    json_object_set_member (after, member, strata_json_copy (value));
  else
    json_object_remove_member (after, member);
  strata_document_set_setting (self, key, node);
}
