/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inspector/compile-list.h"

#include <glib/gi18n.h>

#include "base/object.h"
#include "document/ends.h"
#include "document/output-setting.h"
#include "inspector/param-list.h"
#include "inspector/training-params.h"

/**
 * StrataCompileList:
 *
 * How the network is compiled: the optimizer, and the loss and metrics, of each output where there are several.
 */
struct _StrataCompileList
{
  GtkWidget parent_instance;

  StrataDocument *document;
  GtkWidget *box;
  GPtrArray *names;  /* of the outputs that there are groups for */
  GPtrArray *groups; /* Group */
};

G_DEFINE_FINAL_TYPE (StrataCompileList, strata_compile_list, GTK_TYPE_WIDGET)

/* The rows of what is set for the whole network, or for one of its outputs. */
typedef struct
{
  StrataDocument *document;
  const char *name; /* of the output, or NULL */
  guint output;
  GtkWidget *list;
} Group;

static JsonNode *
get_value (const StrataParam  *param,
           JsonNode          **one,
           gpointer            user_data)
{
  Group *group = user_data;
  JsonNode *setting = strata_document_get_setting (group->document, "compile"), *value = NULL;
  JsonObject *compile = setting != NULL && JSON_NODE_HOLDS_OBJECT (setting) ? json_node_get_object (setting) : NULL;

  if (compile != NULL && group->name != NULL)
    value = strata_output_setting_find (compile, param->name, group->output, group->name);
  else if (compile != NULL)
    value = json_object_get_member (compile, param->name);
  return value != NULL ? json_node_copy (value) : strata_param_get_default (param);
}

static gboolean
check_object (StrataKind   kind,
              JsonNode    *value,
              GError     **error)
{
  g_autoptr (StrataObject) object = strata_object_deserialize (kind, value, error);

  return object != NULL;
}

/* "accuracy" alone is the list that Keras wants; each of it must be known, but for the names that depend on the
 * loss. */
static JsonNode *
read_metrics (JsonNode  *value,
              GError   **error)
{
  g_autoptr (JsonNode) list = NULL;
  JsonArray *array;

  if (JSON_NODE_HOLDS_NULL (value) || JSON_NODE_HOLDS_ARRAY (value))
    list = json_node_ref (value);
  else
    {
      g_autoptr (JsonArray) single = json_array_new ();

      json_array_add_element (single, json_node_copy (value));
      list = json_node_init_array (json_node_alloc (), single);
    }
  array = JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *entry = json_array_get_element (array, i);
      const char *name = JSON_NODE_HOLDS_VALUE (entry) ? json_node_get_string (entry) : NULL;

      if (g_strcmp0 (name, "accuracy") != 0 && g_strcmp0 (name, "acc") != 0 &&
          !check_object (STRATA_KIND_METRIC, entry, error))
        return NULL;
    }
  return g_steal_pointer (&list);
}

static gboolean
set_value (const char  *name,
           JsonNode    *value,
           gpointer     user_data,
           GError     **error)
{
  Group *group = user_data;
  g_autoptr (JsonNode) metrics = NULL;

  if (g_str_equal (name, "metrics"))
    {
      metrics = value = read_metrics (value, error);
      if (metrics == NULL)
        return FALSE;
    }
  else if (!JSON_NODE_HOLDS_NULL (value) &&
           !check_object (g_str_equal (name, "loss") ? STRATA_KIND_LOSS : STRATA_KIND_OPTIMIZER, value, error))
    return FALSE;
  if (group->name != NULL)
    strata_output_setting_set (group->document, name, group->output, value);
  else
    strata_document_set_setting_member (group->document, "compile", name, value);
  return TRUE;
}

static void
add_heading (StrataCompileList *self,
             const char        *output)
{
  g_autofree char *text = g_strdup_printf (_("Output “%s”"), output);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_box_append (GTK_BOX (self->box), label);
}

static void
add_group (StrataCompileList *self,
           guint              output,
           const char        *name)
{
  Group *group = g_new0 (Group, 1);

  *group = (Group){ self->document, name, output, strata_param_list_new (get_value, set_value, group) };
  g_ptr_array_add (self->groups, group);
  if (name != NULL)
    add_heading (self, name);
  for (const StrataParam *param = strata_compile_params; param->name != NULL; param++)
    /* One optimizer trains them all; one output alone needs no group of its own. */
    if (name != NULL ? !g_str_equal (param->name, "optimizer")
                     : self->names->len == 0 || g_str_equal (param->name, "optimizer"))
      strata_param_list_add (STRATA_PARAM_LIST (group->list), param);
  gtk_box_append (GTK_BOX (self->box), group->list);
}

/* The groups follow the outputs of the network. */
static void
follow_outputs (StrataCompileList *self)
{
  g_autoptr (GArray) outputs = strata_document_dup_outputs (self->document);

  if (outputs->len < 2)
    g_array_set_size (outputs, 0);
  if (strata_doc_ends_are_named (outputs, self->names))
    return;
  for (GtkWidget *child; (child = gtk_widget_get_first_child (self->box)) != NULL;)
    gtk_box_remove (GTK_BOX (self->box), child);
  g_ptr_array_set_size (self->groups, 0);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  self->names = strata_doc_ends_dup_names (outputs);
  add_group (self, 0, NULL);
  for (guint i = 0; i < self->names->len; i++)
    add_group (self, i, g_ptr_array_index (self->names, i));
}

static void
strata_compile_list_dispose (GObject *object)
{
  StrataCompileList *self = STRATA_COMPILE_LIST (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (strata_compile_list_parent_class)->dispose (object);
}

static void
strata_compile_list_class_init (StrataCompileListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_compile_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
strata_compile_list_init (StrataCompileList *self)
{
  self->groups = g_ptr_array_new_with_free_func (g_free);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
strata_compile_list_new (StrataDocument *document)
{
  StrataCompileList *self = g_object_new (STRATA_TYPE_COMPILE_LIST, NULL);

  self->document = g_object_ref (document);
  follow_outputs (self);
  return GTK_WIDGET (self);
}

/**
 * strata_compile_list_refresh:
 *
 * Shows the document as it is now.
 */
void
strata_compile_list_refresh (StrataCompileList *self)
{
  follow_outputs (self);
  for (guint i = 0; i < self->groups->len; i++)
    strata_param_list_refresh (STRATA_PARAM_LIST (((Group *) g_ptr_array_index (self->groups, i))->list));
}

/**
 * strata_compile_list_get_row:
 * @param: Keras's name
 * @output: of several outputs, which one
 *
 * Returns: (nullable): the row that shows it
 */
GtkWidget *
strata_compile_list_get_row (StrataCompileList *self,
                             const char        *param,
                             guint              output)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      Group *group = g_ptr_array_index (self->groups, i);
      GtkWidget *row = strata_param_list_get_row (STRATA_PARAM_LIST (group->list), param);

      if (row != NULL && (group->name == NULL || group->output == output))
        return row;
    }
  return NULL;
}
