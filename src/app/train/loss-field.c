/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "train/loss-field.h"

#include <glib/gi18n.h>

#include "document/ends.h"
#include "train/class-picker.h"

/**
 * StrataLossField:
 *
 * What training makes smaller: one loss, or one for each of several outputs, which a button opens.
 */
struct _StrataLossField
{
  GtkWidget parent_instance;

  StrataDocument *document;
  GPtrArray *names;             /* of the outputs that there are losses for */
  GtkWidget *content;
};

G_DEFINE_FINAL_TYPE (StrataLossField, strata_loss_field, GTK_TYPE_WIDGET)

static GtkWidget *
make_list (StrataLossField *self)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  for (guint i = 0; i < self->names->len; i++)
    {
      const char *name = g_ptr_array_index (self->names, i);
      GtkWidget *label = gtk_label_new (name), *picker = strata_class_picker_new_for_output (self->document, i, name);
      g_autofree char *text = g_strdup_printf (_("Loss of the output “%s”"), name);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_accessible_update_property (GTK_ACCESSIBLE (picker), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
      gtk_grid_attach (GTK_GRID (grid), label, 0, (int) i, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), picker, 1, (int) i, 1, 1);
    }
  return grid;
}

static GtkWidget *
make_button (StrataLossField *self)
{
  GtkWidget *button = gtk_menu_button_new (), *popover = gtk_popover_new ();

  gtk_popover_set_child (GTK_POPOVER (popover), make_list (self));
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _("For each output"));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  return button;
}

/* The number of outputs follows the network. */
static void
refresh (StrataLossField *self)
{
  g_autoptr (GArray) outputs = strata_document_dup_outputs (self->document);
  g_autoptr (GPtrArray) names = NULL;

  if (outputs->len < 2)
    g_array_set_size (outputs, 0);
  if (strata_doc_ends_are_named (outputs, self->names))
    return;
  names = strata_doc_ends_dup_names (outputs);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  self->names = g_ptr_array_ref (names);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  self->content = names->len == 0 ? strata_class_picker_new (self->document, STRATA_KIND_LOSS, "loss")
                                  : make_button (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->content), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Loss"), -1);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
}

static gboolean
strata_loss_field_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (STRATA_LOSS_FIELD (widget)->content);
}

static void
strata_loss_field_dispose (GObject *object)
{
  StrataLossField *self = STRATA_LOSS_FIELD (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (strata_loss_field_parent_class)->dispose (object);
}

static void
strata_loss_field_class_init (StrataLossFieldClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_loss_field_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = strata_loss_field_grab_focus;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
strata_loss_field_init (StrataLossField *self)
{
}

/**
 * strata_loss_field_new:
 * @document: whose losses are chosen
 *
 * Returns: (transfer floating): a field for them
 */
GtkWidget *
strata_loss_field_new (StrataDocument *document)
{
  StrataLossField *self = g_object_new (STRATA_TYPE_LOSS_FIELD, NULL);

  self->document = g_object_ref (document);
  refresh (self);
  g_signal_connect_object (document, "analysed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
