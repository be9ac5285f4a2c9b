/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "widgets/paragraph.h"

/**
 * strata_paragraph_append:
 * @box: a #GtkBox
 * @text: (nullable): what it says at first
 *
 * Returns: (transfer none): a label at the end of @box, whose lines begin at its edge and wrap
 */
GtkWidget *
strata_paragraph_append (GtkWidget     *box,
                         const char    *text,
                         const char    *css_class,
                         PangoWrapMode  wrap_mode)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), wrap_mode);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}
