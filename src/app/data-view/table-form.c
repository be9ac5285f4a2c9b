/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data-view/table-form.h"

#include <glib/gi18n.h>

#include "base/json.h"
#include "data-view/column-lists.h"
#include "data-view/column-sharing.h"
#include "data-view/form-row.h"
#include "data-view/network-input.h"
#include "data-view/table-columns.h"
#include "document/json.h"
#include "widgets/wrap-layout.h"

#define USUAL_WINDOW 30
#define LARGEST_WINDOW 10000

/**
 * StrataTableForm:
 *
 * How a table of the user's is read: as rows, as texts or as a series; which column is to be predicted, and from what.
 */
struct _StrataTableForm
{
  GtkWidget parent_instance;

  StrataDocument *document;
  GtkWidget *kinds, *text_box, *texts, *target_box, *targets, *window_box, *window, *sharing;
  GtkStringList *names[2];      /* of columns of texts, and of those that may be predicted */
  GPtrArray *columns;           /* StrataTableColumn, of the table that is shown */
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (StrataTableForm, strata_table_form, GTK_TYPE_WIDGET)

static const struct
{
  const char *name, *title;
} kinds[] = {
  { "csv", N_("Rows") },
  { "text", N_("Texts") },
  { "series", N_("Series in time") },
};

static JsonObject *
get_description (StrataTableForm *self)
{
  JsonNode *node = strata_document_get_setting (self->document, "data");

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void
set_description (StrataTableForm *self,
                 JsonObject      *description)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), description);

  strata_document_set_setting (self->document, "data", node);
}

/* Another way to read a table begins with what is usual for it. */
static JsonObject *
describe (StrataTableForm *self,
          const char      *kind,
          const char      *path)
{
  JsonObject *description = json_object_new ();
  gint64 length = strata_network_input_get_length (self->document);

  json_object_set_string_member (description, "kind", kind);
  json_object_set_string_member (description, "path", path);
  if (g_str_equal (kind, "csv"))
    json_object_set_boolean_member (description, "normalize", TRUE);
  if (g_str_equal (kind, "series"))
    json_object_set_int_member (description, "window", length > 0 ? length : USUAL_WINDOW);
  if (g_str_equal (kind, "text"))
    strata_network_input_fit_texts (self->document, description);
  return description;
}

static void
set_column (JsonObject *description,
            const char *member,
            const char *column)
{
  if (column != NULL)
    json_object_set_string_member (description, member, column);
}

static void
choose_as (StrataTableForm *self,
           const char      *kind,
           const char      *path,
           const GPtrArray *columns)
{
  g_autoptr (JsonObject) description = describe (self, kind, path);

  if (g_str_equal (kind, "text"))
    set_column (description, "text", strata_table_columns_guess_text (columns));
  set_column (description, "target", strata_table_columns_guess_target (columns, kind));
  if (g_str_equal (kind, "csv"))
    strata_column_lists_share (description, columns, self->document);
  set_description (self, description);
}

/**
 * strata_table_form_choose:
 * @columns: (element-type StrataTableColumn): of the file
 *
 * Has the network learn from a table, read as what it looks like.
 */
void
strata_table_form_choose (StrataTableForm *self,
                          const char      *path,
                          const GPtrArray *columns)
{
  choose_as (self, strata_table_columns_guess_kind (columns), path, columns);
}

static void
edit (StrataTableForm *self,
      const char      *member,
      JsonNode        *value)
{
  g_autoptr (JsonNode) own = value;

  if (!self->showing && get_description (self) != NULL)
    strata_document_set_setting_member (self->document, "data", member, own);
}

static const char *
get_selected (GtkWidget *drop_down)
{
  GObject *item = gtk_drop_down_get_selected_item (GTK_DROP_DOWN (drop_down));

  return item != NULL ? gtk_string_object_get_string (GTK_STRING_OBJECT (item)) : NULL;
}

static void
edit_column (StrataTableForm *self,
             const char      *member,
             GtkWidget       *drop_down)
{
  const char *column = get_selected (drop_down);
  JsonObject *description = get_description (self);

  if (column != NULL && description != NULL &&
      g_strcmp0 (strata_json_get_string (description, member, NULL), column) != 0)
    edit (self, member, json_node_init_string (json_node_alloc (), column));
}

static void
text_cb (StrataTableForm *self)
{
  edit_column (self, "text", self->texts);
}

/* What is to be predicted is not what it is predicted from: one step. */
static void
target_cb (StrataTableForm *self)
{
  const char *column = get_selected (self->targets);
  JsonObject *description = get_description (self);
  g_autoptr (JsonNode) node = NULL;

  if (self->showing || column == NULL || description == NULL ||
      g_strcmp0 (strata_json_get_string (description, "target", NULL), column) == 0)
    return;
  node = strata_json_copy (strata_document_get_setting (self->document, "data"));
  json_object_set_string_member (json_node_get_object (node), "target", column);
  strata_column_lists_keep_targets (json_node_get_object (node), self->columns, self->document);
  strata_document_end_coalescing (self->document);
  strata_document_set_setting (self->document, "data", node);
}

static void
window_cb (StrataTableForm *self)
{
  gint64 window = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->window));

  edit (self, "window", json_node_init_int (json_node_alloc (), window));
}

static void
kind_cb (StrataTableForm *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->kinds));
  JsonObject *description = get_description (self);

  if (self->showing || selected >= G_N_ELEMENTS (kinds) || self->columns == NULL || description == NULL)
    return;
  /* A step of its own, however soon it follows. */
  strata_document_end_coalescing (self->document);
  choose_as (self, kinds[selected].name, strata_json_get_string (description, "path", ""), self->columns);
}

static void
select_name (GtkWidget     *drop_down,
             GtkStringList *names,
             const char    *name)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (names));

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (gtk_string_list_get_string (names, i), name) == 0)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), i);
}

static void
fill_names (StrataTableForm *self,
            const GPtrArray *columns,
            const char      *kind)
{
  for (guint list = 0; list < 2; list++)
    {
      gtk_string_list_splice (self->names[list], 0, g_list_model_get_n_items (G_LIST_MODEL (self->names[list])), NULL);
      for (guint i = 0; i < columns->len; i++)
        {
          const StrataTableColumn *column = g_ptr_array_index (columns, i);

          if (list == 0 ? !column->numeric : column->numeric || !g_str_equal (kind, "series"))
            gtk_string_list_append (self->names[list], column->name);
        }
    }
}

/**
 * strata_table_form_show:
 * @columns: (nullable) (element-type StrataTableColumn): of the table that the document names, if there is one
 */
void
strata_table_form_show (StrataTableForm *self,
                        GPtrArray       *columns)
{
  JsonObject *description = get_description (self);
  const char *kind = description != NULL ? strata_json_get_string (description, "kind", NULL) : NULL;
  guint place = 0;

  while (place < G_N_ELEMENTS (kinds) && g_strcmp0 (kinds[place].name, kind) != 0)
    place++;
  gtk_widget_set_visible (GTK_WIDGET (self), columns != NULL && place < G_N_ELEMENTS (kinds));
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  self->showing = TRUE;
  g_ptr_array_ref (columns);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  self->columns = columns;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->kinds), place);
  fill_names (self, columns, kind);
  select_name (self->texts, self->names[0], strata_json_get_string (description, "text", "text"));
  select_name (self->targets, self->names[1], strata_json_get_string (description, "target", NULL));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->window), strata_json_get_int (description, "window", USUAL_WINDOW));
  gtk_widget_set_visible (self->text_box, g_str_equal (kind, "text"));
  gtk_widget_set_visible (self->window_box, g_str_equal (kind, "series"));
  strata_column_sharing_show (STRATA_COLUMN_SHARING (self->sharing), columns);
  gtk_widget_set_visible (self->target_box, !strata_column_sharing_has_outputs (STRATA_COLUMN_SHARING (self->sharing)));
  self->showing = FALSE;
}

static void
strata_table_form_dispose (GObject *object)
{
  StrataTableForm *self = STRATA_TABLE_FORM (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (strata_table_form_parent_class)->dispose (object);
}

static void
strata_table_form_class_init (StrataTableFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_table_form_dispose;
}

static GtkWidget *
add_field (StrataTableForm *self,
           const char      *title,
           GtkWidget       *field,
           const char      *label)
{
  GtkWidget *row = strata_form_row_new (title, field, label);

  gtk_widget_set_parent (row, GTK_WIDGET (self));
  return row;
}

static void
strata_table_form_init (StrataTableForm *self)
{
  GtkStringList *titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_string_list_append (titles, _(kinds[i].title));
  for (guint i = 0; i < 2; i++)
    self->names[i] = gtk_string_list_new (NULL);
  self->kinds = gtk_drop_down_new (G_LIST_MODEL (titles), NULL);
  self->texts = gtk_drop_down_new (G_LIST_MODEL (self->names[0]), NULL);
  self->targets = gtk_drop_down_new (G_LIST_MODEL (self->names[1]), NULL);
  self->window = gtk_spin_button_new_with_range (1, LARGEST_WINDOW, 1);
  gtk_widget_set_layout_manager (GTK_WIDGET (self), strata_wrap_layout_new (12, 6));
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  add_field (self, _("_Read as:"), self->kinds, _("What the table is read as"));
  self->text_box = add_field (self, _("Te_xts:"), self->texts, _("Column of texts"));
  self->target_box = add_field (self, _("_Predict:"), self->targets, _("Column to predict"));
  self->window_box = add_field (self, _("_From rows before:"), self->window, _("How many rows before to predict from"));
  g_signal_connect_swapped (self->kinds, "notify::selected", G_CALLBACK (kind_cb), self);
  g_signal_connect_swapped (self->texts, "notify::selected", G_CALLBACK (text_cb), self);
  g_signal_connect_swapped (self->targets, "notify::selected", G_CALLBACK (target_cb), self);
  g_signal_connect_swapped (self->window, "value-changed", G_CALLBACK (window_cb), self);
}

/**
 * strata_table_form_new:
 * @document: whose data it is about
 *
 * Returns: (transfer floating): a form for no table yet
 */
GtkWidget *
strata_table_form_new (StrataDocument *document)
{
  StrataTableForm *self = g_object_new (STRATA_TYPE_TABLE_FORM, "visible", FALSE, NULL);

  self->document = g_object_ref (document);
  self->sharing = strata_column_sharing_new (document);
  gtk_widget_set_parent (self->sharing, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
