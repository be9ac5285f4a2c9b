/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inspector/param-list.h"

#include "document/followers.h"
#include "inspector/object-row.h"

/**
 * StrataParamList:
 *
 * Parameters, a row each.
 */
struct _StrataParamList
{
  GtkWidget parent_instance;

  GtkWidget *list;
  StrataParamGetter getter;
  StrataParamSetter setter;
  gpointer user_data;
  GPtrArray *params, *rows;
};

G_DEFINE_FINAL_TYPE (StrataParamList, strata_param_list, GTK_TYPE_WIDGET)

static void
strata_param_list_dispose (GObject *object)
{
  StrataParamList *self = STRATA_PARAM_LIST (object);

  g_clear_pointer (&self->list, gtk_widget_unparent);
  g_clear_pointer (&self->params, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_param_list_parent_class)->dispose (object);
}

static void
strata_param_list_class_init (StrataParamListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_param_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
strata_param_list_init (StrataParamList *self)
{
  self->params = g_ptr_array_new ();
  self->rows = g_ptr_array_new ();
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
}

/**
 * strata_param_list_new:
 * @getter: tells the values
 * @setter: is told what the user enters
 */
GtkWidget *
strata_param_list_new (StrataParamGetter getter,
                       StrataParamSetter setter,
                       gpointer          user_data)
{
  StrataParamList *self = g_object_new (STRATA_TYPE_PARAM_LIST, NULL);

  self->getter = getter;
  self->setter = setter;
  self->user_data = user_data;
  return GTK_WIDGET (self);
}

/**
 * strata_param_list_add:
 * @param: must outlive the list's rows
 */
void
strata_param_list_add (StrataParamList   *self,
                       const StrataParam *param)
{
  GtkWidget *row = param->type == STRATA_PARAM_OBJECT ? strata_object_row_new (param, self->setter, self->user_data)
                                                      : strata_param_row_new (param, self->setter, self->user_data);

  g_ptr_array_add (self->params, (gpointer) param);
  g_ptr_array_add (self->rows, row);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

void
strata_param_list_clear (StrataParamList *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->params, 0);
}

/* The value of the parameter that this one follows. */
static JsonNode *
get_usual (StrataParamList   *self,
           const StrataParam *param)
{
  const char *leader = strata_followers_get_leader (param->name);
  g_autoptr (JsonNode) one = NULL;

  for (guint i = 0; leader != NULL && i < self->params->len; i++)
    if (g_str_equal (((const StrataParam *) g_ptr_array_index (self->params, i))->name, leader))
      return self->getter (g_ptr_array_index (self->params, i), &one, self->user_data);
  return NULL;
}

/**
 * strata_param_list_refresh:
 *
 * Shows the values as they are now.
 */
void
strata_param_list_refresh (StrataParamList *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      g_autoptr (JsonNode) one = NULL;
      g_autoptr (JsonNode) value = self->getter (g_ptr_array_index (self->params, i), &one, self->user_data);
      g_autoptr (JsonNode) usual = get_usual (self, g_ptr_array_index (self->params, i));

      if (STRATA_IS_OBJECT_ROW (row))
        strata_object_row_show (STRATA_OBJECT_ROW (row), value);
      else
        strata_param_row_show (STRATA_PARAM_ROW (row), value, one, usual);
    }
}

guint
strata_param_list_get_n (StrataParamList *self)
{
  return self->rows->len;
}

/**
 * strata_param_list_get_row:
 *
 * Returns: (nullable): the row of the parameter called @name
 */
GtkWidget *
strata_param_list_get_row (StrataParamList *self,
                           const char      *name)
{
  for (guint i = 0; i < self->params->len; i++)
    if (g_str_equal (((const StrataParam *) g_ptr_array_index (self->params, i))->name, name))
      return g_ptr_array_index (self->rows, i);
  return NULL;
}
