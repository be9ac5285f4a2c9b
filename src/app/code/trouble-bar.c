/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "code/trouble-bar.h"

#include <glib/gi18n.h>

#define PROBLEM "strata-problem"
/* The icon and a line of text, whatever the font: so the bar does not jump between them. */
#define LEAST_HEIGHT 24

/**
 * StrataTroubleBar:
 *
 * What is not understood of a code, below it, with its line marked there. It is seen only while there is something.
 */
struct _StrataTroubleBar
{
  GtkWidget parent_instance;

  GtkSourceBuffer *buffer;
  GtkWidget *box;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (StrataTroubleBar, strata_trouble_bar, GTK_TYPE_WIDGET)

static void
strata_trouble_bar_dispose (GObject *object)
{
  StrataTroubleBar *self = STRATA_TROUBLE_BAR (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->buffer);

  G_OBJECT_CLASS (strata_trouble_bar_parent_class)->dispose (object);
}

static void
strata_trouble_bar_class_init (StrataTroubleBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_trouble_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
strata_trouble_bar_init (StrataTroubleBar *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-error-symbolic"), *label = gtk_label_new (NULL);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  self->label = GTK_LABEL (label);
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_selectable (self->label, TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (icon, "error");
  gtk_box_append (GTK_BOX (self->box), icon);
  gtk_box_append (GTK_BOX (self->box), label);
  gtk_widget_set_margin_top (self->box, 9);
  gtk_widget_set_margin_bottom (self->box, 9);
  gtk_widget_set_margin_start (self->box, 18);
  gtk_widget_set_margin_end (self->box, 18);
  gtk_widget_set_size_request (self->box, -1, LEAST_HEIGHT);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
prepare_source (GtkSourceView   *source,
                GtkSourceBuffer *buffer)
{
  g_autoptr (GtkSourceMarkAttributes) attributes = gtk_source_mark_attributes_new ();

  gtk_source_mark_attributes_set_icon_name (attributes, "dialog-error-symbolic");
  gtk_source_view_set_mark_attributes (source, PROBLEM, attributes, 1);
  gtk_source_view_set_show_line_marks (source, TRUE);
  gtk_text_buffer_create_tag (GTK_TEXT_BUFFER (buffer), PROBLEM, "underline", PANGO_UNDERLINE_ERROR, "underline-rgba",
                              &(GdkRGBA){ 0.88, 0.11, 0.14, 1 }, NULL);
}

/**
 * strata_trouble_bar_new:
 * @source: where the code is
 *
 * Returns: (transfer floating): a bar that has nothing to say
 */
GtkWidget *
strata_trouble_bar_new (GtkSourceView *source)
{
  StrataTroubleBar *self = g_object_new (STRATA_TYPE_TROUBLE_BAR, "visible", FALSE, NULL);

  self->buffer = g_object_ref (GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (GTK_TEXT_VIEW (source))));
  prepare_source (source, self->buffer);
  return GTK_WIDGET (self);
}

/**
 * strata_trouble_bar_clear:
 *
 * Takes back what was said, and the marks.
 */
void
strata_trouble_bar_clear (StrataTroubleBar *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->buffer), &start, &end);
  gtk_source_buffer_remove_source_marks (self->buffer, &start, &end, PROBLEM);
  gtk_text_buffer_remove_tag_by_name (GTK_TEXT_BUFFER (self->buffer), PROBLEM, &start, &end);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * strata_trouble_bar_show:
 * @line: which line, from 1
 * @message: what is wrong there
 */
void
strata_trouble_bar_show (StrataTroubleBar *self,
                         guint             line,
                         const char       *message)
{
  g_autofree char *text = g_strdup_printf (_("Line %u: %s"), line, message);
  GtkTextIter start, end;

  strata_trouble_bar_clear (self);
  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (self->buffer), &start, (int) line - 1);
  end = start;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  gtk_source_buffer_create_source_mark (self->buffer, NULL, PROBLEM, &start);
  gtk_text_buffer_apply_tag_by_name (GTK_TEXT_BUFFER (self->buffer), PROBLEM, &start, &end);
  gtk_label_set_label (self->label, text);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}
