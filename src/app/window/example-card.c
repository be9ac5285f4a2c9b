/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "window/example-card.h"

#include <glib/gi18n.h>

#include "document/file.h"
#include "window/network-picture.h"

static GtkWidget *
new_label (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

/**
 * strata_example_card_new: (skip)
 *
 * Returns: (transfer floating): a button with the picture of a network, which opens it
 */
GtkWidget *
strata_example_card_new (StrataExample *example)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  /* Examples are data, so xgettext does not see their texts; a translation may have them all the same. */
  GtkWidget *title = new_label (g_dgettext (NULL, example->title), "heading");
  GtkWidget *description = new_label (g_dgettext (NULL, example->description), "caption");
  g_autoptr (StrataDocument) document = strata_document_new_from_example (example, NULL);

  gtk_widget_add_css_class (button, "card");
  gtk_widget_add_css_class (button, "strata-example");
  gtk_widget_add_css_class (description, "dim-label");
  gtk_widget_add_css_class (text, "strata-example-text");
  gtk_label_set_max_width_chars (GTK_LABEL (description), 28);
  if (document != NULL)
    gtk_box_append (GTK_BOX (box), strata_network_picture_new (document));
  gtk_box_append (GTK_BOX (text), title);
  gtk_box_append (GTK_BOX (text), description);
  gtk_box_append (GTK_BOX (box), text);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", example->name);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "app.example");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_label (GTK_LABEL (title)),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  gtk_label_get_label (GTK_LABEL (description)), -1);
  return button;
}
