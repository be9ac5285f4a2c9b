/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data-view/form-row.h"

/**
 * strata_form_row_new:
 * @caption: what stands before the field, with its mnemonic
 * @field: (transfer floating): what is filled in
 * @label: what it is for, for screen readers and as a tooltip
 *
 * Returns: (transfer floating): a field of a form
 */
GtkWidget *
strata_form_row_new (const char *caption,
                     GtkWidget  *field,
                     const char *label)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *text = gtk_label_new_with_mnemonic (caption);

  gtk_label_set_mnemonic_widget (GTK_LABEL (text), field);
  gtk_accessible_update_property (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_tooltip_text (field, label);
  gtk_box_append (GTK_BOX (row), text);
  gtk_box_append (GTK_BOX (row), field);
  return row;
}
