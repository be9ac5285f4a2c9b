/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "views/breadcrumb.h"

#include <glib/gi18n.h>

#include "document/group.h"

/**
 * StrataBreadcrumb:
 *
 * The groups that the canvas looks into, from the whole network on, to go back by. Not there at the top.
 */
struct _StrataBreadcrumb
{
  GtkWidget parent_instance;

  GtkWidget *box;
  StrataCanvas *canvas;         /* lives as long as the view that both are in */
};

G_DEFINE_FINAL_TYPE (StrataBreadcrumb, strata_breadcrumb, GTK_TYPE_WIDGET)

static void
strata_breadcrumb_dispose (GObject *object)
{
  StrataBreadcrumb *self = STRATA_BREADCRUMB (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (strata_breadcrumb_parent_class)->dispose (object);
}

static void
strata_breadcrumb_class_init (StrataBreadcrumbClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_breadcrumb_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "strata-breadcrumb");
}

static void
strata_breadcrumb_init (StrataBreadcrumb *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->box, "canvas-controls");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
clicked_cb (StrataBreadcrumb *self,
            GtkButton        *button)
{
  strata_canvas_set_scope (self->canvas, g_object_get_data (G_OBJECT (button), "group"));
}

/* In front of what is there. */
static void
prepend (StrataBreadcrumb *self,
         const char       *text,
         StrataDocNode    *group)
{
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_widget_add_css_class (button, "flat");
  if (group != NULL)
    g_object_set_data_full (G_OBJECT (button), "group", g_object_ref (group), g_object_unref);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_box_prepend (GTK_BOX (self->box), button);
}

static void
update (StrataBreadcrumb *self)
{
  StrataDocNode *scope = strata_canvas_get_scope (self->canvas);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  gtk_widget_set_visible (GTK_WIDGET (self), scope != NULL);
  if (scope == NULL)
    return;

  child = gtk_label_new (strata_doc_node_get_name (scope));
  gtk_widget_add_css_class (child, "heading");
  gtk_widget_set_margin_start (child, 10);
  gtk_widget_set_margin_end (child, 10);
  gtk_box_prepend (GTK_BOX (self->box), child);
  for (StrataDocNode *group = strata_doc_node_get_group (scope);; group = strata_doc_node_get_group (group))
    {
      gtk_box_prepend (GTK_BOX (self->box), gtk_image_new_from_icon_name ("go-next-symbolic"));
      prepend (self, group != NULL ? strata_doc_node_get_name (group) : _("Network"), group);
      if (group == NULL)
        return;
    }
}

GtkWidget *
strata_breadcrumb_new (StrataCanvas *canvas)
{
  StrataBreadcrumb *self = g_object_new (STRATA_TYPE_BREADCRUMB, NULL);

  self->canvas = canvas;
  g_signal_connect_object (canvas, "scope-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  /* Names may change, by undoing too. */
  g_signal_connect_object (strata_canvas_get_document (canvas), "node-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
