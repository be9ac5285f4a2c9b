/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data-view/column-picker.h"

#include <glib/gi18n.h>

#define MOST_CHARS 22
#define LIST_HEIGHT 320

/**
 * StrataColumnPicker:
 *
 * A button with the names of some of a table's columns, which opens a list to tick them in. At least one stays ticked.
 */
struct _StrataColumnPicker
{
  GtkWidget parent_instance;

  GtkWidget *button, *label, *list;
  GPtrArray *checks;            /* GtkCheckButton for each column */
  GPtrArray *chosen;
  gboolean showing;
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataColumnPicker, strata_column_picker, GTK_TYPE_WIDGET)

static void
show_chosen (StrataColumnPicker *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->chosen->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (const char *) g_ptr_array_index (self->chosen, i));
  gtk_label_set_label (GTK_LABEL (self->label), text->len > 0 ? text->str : _("Choose columns"));
  gtk_widget_set_tooltip_text (self->button, text->len > 0 ? text->str : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text->str, -1);
  /* What is ticked alone cannot be taken away: an input of nothing is none. */
  for (guint i = 0; i < self->checks->len; i++)
    {
      GtkWidget *check = g_ptr_array_index (self->checks, i);

      gtk_widget_set_sensitive (check, self->chosen->len != 1 ||
                                       !gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
    }
  g_string_free (text, TRUE);
}

static void
toggled_cb (StrataColumnPicker *self)
{
  if (self->showing)
    return;
  g_ptr_array_set_size (self->chosen, 0);
  for (guint i = 0; i < self->checks->len; i++)
    {
      GtkCheckButton *check = g_ptr_array_index (self->checks, i);

      if (gtk_check_button_get_active (check))
        g_ptr_array_add (self->chosen, g_strdup (gtk_check_button_get_label (check)));
    }
  show_chosen (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
has_columns (StrataColumnPicker *self,
             GPtrArray          *columns)
{
  gboolean same = self->checks->len == columns->len;

  for (guint i = 0; same && i < columns->len; i++)
    same = g_str_equal (gtk_check_button_get_label (g_ptr_array_index (self->checks, i)),
                        g_ptr_array_index (columns, i));
  return same;
}

static void
fill (StrataColumnPicker *self,
      GPtrArray          *columns)
{
  GtkWidget *child;

  g_ptr_array_set_size (self->checks, 0);
  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_box_remove (GTK_BOX (self->list), child);
  for (guint i = 0; i < columns->len; i++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (g_ptr_array_index (columns, i));

      g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->checks, check);
      gtk_box_append (GTK_BOX (self->list), check);
    }
}

/**
 * strata_column_picker_show:
 * @columns: (element-type utf8): which there are
 * @chosen: (element-type utf8): those that are ticked
 */
void
strata_column_picker_show (StrataColumnPicker *self,
                           GPtrArray          *columns,
                           GPtrArray          *chosen)
{
  self->showing = TRUE;
  if (!has_columns (self, columns))
    fill (self, columns);
  g_ptr_array_set_size (self->chosen, 0);
  for (guint i = 0; i < chosen->len; i++)
    g_ptr_array_add (self->chosen, g_strdup (g_ptr_array_index (chosen, i)));
  for (guint i = 0; i < columns->len; i++)
    gtk_check_button_set_active (g_ptr_array_index (self->checks, i),
                                 g_ptr_array_find_with_equal_func (chosen, g_ptr_array_index (columns, i),
                                                                   g_str_equal, NULL));
  show_chosen (self);
  self->showing = FALSE;
}

/**
 * strata_column_picker_set_label:
 * @label: what a screen reader calls the button
 */
void
strata_column_picker_set_label (StrataColumnPicker *self,
                                const char         *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/**
 * strata_column_picker_toggle:
 *
 * Ticks a column, or takes the tick away, as a click does.
 */
void
strata_column_picker_toggle (StrataColumnPicker *self,
                             const char         *column)
{
  for (guint i = 0; i < self->checks->len; i++)
    {
      GtkCheckButton *check = g_ptr_array_index (self->checks, i);

      if (g_str_equal (gtk_check_button_get_label (check), column) && gtk_widget_get_sensitive (GTK_WIDGET (check)))
        gtk_check_button_set_active (check, !gtk_check_button_get_active (check));
    }
}

/**
 * strata_column_picker_get:
 *
 * Returns: (transfer none) (element-type utf8): what is ticked, in the table's order
 */
GPtrArray *
strata_column_picker_get (StrataColumnPicker *self)
{
  return self->chosen;
}

static gboolean
strata_column_picker_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (STRATA_COLUMN_PICKER (widget)->button);
}

static void
strata_column_picker_dispose (GObject *object)
{
  g_clear_pointer (&STRATA_COLUMN_PICKER (object)->button, gtk_widget_unparent);

  G_OBJECT_CLASS (strata_column_picker_parent_class)->dispose (object);
}

static void
strata_column_picker_finalize (GObject *object)
{
  StrataColumnPicker *self = STRATA_COLUMN_PICKER (object);

  g_ptr_array_unref (self->checks);
  g_ptr_array_unref (self->chosen);

  G_OBJECT_CLASS (strata_column_picker_parent_class)->finalize (object);
}

static void
strata_column_picker_class_init (StrataColumnPickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_column_picker_dispose;
  G_OBJECT_CLASS (klass)->finalize = strata_column_picker_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = strata_column_picker_grab_focus;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
strata_column_picker_init (StrataColumnPicker *self)
{
  GtkWidget *popover = gtk_popover_new (), *scroller = gtk_scrolled_window_new ();

  self->checks = g_ptr_array_new ();
  self->chosen = g_ptr_array_new_with_free_func (g_free);
  self->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (self->label), MOST_CHARS);
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), LIST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), self->label);
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (self->button), TRUE);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

/**
 * strata_column_picker_new:
 *
 * Returns: (transfer floating): a picker of no table yet
 */
GtkWidget *
strata_column_picker_new (void)
{
  return g_object_new (STRATA_TYPE_COLUMN_PICKER, NULL);
}
