/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "widgets/number.h"

#include <glib/gi18n.h>

/**
 * StrataNumber:
 *
 * A number that is read from the last row, its name above and an arrow beside it.
 */
struct _StrataNumber
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *title, *value, *arrow;
  StrataChange change;
  gboolean rises;
};

G_DEFINE_FINAL_TYPE (StrataNumber, strata_number, GTK_TYPE_WIDGET)

static void
strata_number_dispose (GObject *object)
{
  g_clear_pointer (&STRATA_NUMBER (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (strata_number_parent_class)->dispose (object);
}

static void
strata_number_class_init (StrataNumberClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_number_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
strata_number_init (StrataNumber *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->title, 0);
  /* Digits that come and go must not move what is beside them. */
  gtk_label_set_width_chars (self->title, 16);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "dim-label");
  self->value = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->value, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->value), "title-2");
  gtk_widget_add_css_class (GTK_WIDGET (self->value), "numeric");
  self->arrow = GTK_LABEL (gtk_label_new (NULL));
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->value));
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->arrow));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (self->box), row);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * strata_number_new:
 * @title: what is measured
 *
 * Returns: a number without a value
 */
GtkWidget *
strata_number_new (const char *title)
{
  StrataNumber *self = g_object_new (STRATA_TYPE_NUMBER, NULL);

  gtk_label_set_text (self->title, title);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->title, NULL, -1);
  return GTK_WIDGET (self);
}

/**
 * strata_number_get_value:
 * @self: a number
 *
 * Returns: what is written
 */
const char *
strata_number_get_value (StrataNumber *self)
{
  g_return_val_if_fail (STRATA_IS_NUMBER (self), NULL);

  return gtk_label_get_text (self->value);
}

/**
 * strata_number_set_value:
 * @self: a number
 * @value: what is written
 */
void
strata_number_set_value (StrataNumber *self,
                         const char   *value)
{
  g_return_if_fail (STRATA_IS_NUMBER (self));

  if (g_strcmp0 (gtk_label_get_text (self->value), value) != 0)
    gtk_label_set_text (self->value, value);
}

/**
 * strata_number_set_change:
 * @self: a number
 * @change: how it compares to the epoch before
 * @rises: whether it is greater than it was
 */
void
strata_number_set_change (StrataNumber *self,
                          StrataChange  change,
                          gboolean      rises)
{
  g_return_if_fail (STRATA_IS_NUMBER (self));

  if (self->change == change && self->rises == rises)
    return;
  self->change = change;
  self->rises = rises;
  gtk_label_set_text (self->arrow, change == STRATA_CHANGE_NONE ? "" : rises ? "↑" : "↓");
  gtk_widget_remove_css_class (GTK_WIDGET (self->arrow), "success");
  gtk_widget_remove_css_class (GTK_WIDGET (self->arrow), "warning");
  if (change != STRATA_CHANGE_NONE)
    gtk_widget_add_css_class (GTK_WIDGET (self->arrow), change == STRATA_CHANGE_BETTER ? "success" : "warning");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->arrow),
                               change == STRATA_CHANGE_NONE ? NULL
                               : change == STRATA_CHANGE_BETTER ? _("Better than after the epoch before")
                                                                : _("Worse than after the epoch before"));
}
