/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "train/run-list.h"

#include <glib/gi18n.h>

#include "train/run-row.h"

/**
 * StrataRunList:
 *
 * All runs of a document, the newest first.
 */
struct _StrataRunList
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (StrataRunList, strata_run_list, GTK_TYPE_WIDGET)

enum
{
  DELETE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
strata_run_list_dispose (GObject *object)
{
  g_clear_pointer (&STRATA_RUN_LIST (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (strata_run_list_parent_class)->dispose (object);
}

static void
strata_run_list_class_init (StrataRunListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_run_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[DELETE] = g_signal_new ("delete", STRATA_TYPE_RUN_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, STRATA_TYPE_RUN);
}

static void
strata_run_list_init (StrataRunList *self)
{
  GtkWidget *heading = gtk_label_new (_("Runs")), *scroller = gtk_scrolled_window_new ();
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_set_margin_bottom (heading, 12);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_valign (GTK_WIDGET (self->list), GTK_ALIGN_START);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_RELATION_LABELLED_BY, heading, NULL, -1);
  gtk_box_append (GTK_BOX (inside), heading);
  gtk_box_append (GTK_BOX (inside), GTK_WIDGET (self->list));
  gtk_widget_set_margin_start (inside, 12);
  gtk_widget_set_margin_end (inside, 12);
  gtk_widget_set_margin_top (inside, 18);
  gtk_widget_set_margin_bottom (inside, 18);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), inside);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (self->box), scroller);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * strata_run_list_new:
 *
 * Returns: a list without runs
 */
GtkWidget *
strata_run_list_new (void)
{
  return g_object_new (STRATA_TYPE_RUN_LIST, NULL);
}

static void
row_delete_cb (StrataRunList *self,
               StrataRunRow  *row)
{
  g_signal_emit (self, signals[DELETE], 0, strata_run_curves_get_run (strata_run_row_get_curves (row)));
}

/**
 * strata_run_list_add:
 * @self: a list
 * @curves: the lines of a run, which comes first from now on
 */
void
strata_run_list_add (StrataRunList   *self,
                     StrataRunCurves *curves)
{
  GtkWidget *row;

  g_return_if_fail (STRATA_IS_RUN_LIST (self));
  g_return_if_fail (STRATA_IS_RUN_CURVES (curves));

  row = strata_run_row_new (curves);
  g_signal_connect_object (row, "delete", G_CALLBACK (row_delete_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_prepend (self->list, row);
}

/**
 * strata_run_list_remove:
 * @self: a list
 * @curves: the lines of a run
 */
void
strata_run_list_remove (StrataRunList   *self,
                        StrataRunCurves *curves)
{
  g_return_if_fail (STRATA_IS_RUN_LIST (self));

  for (int i = 0; gtk_list_box_get_row_at_index (self->list, i) != NULL; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, i);

      if (strata_run_row_get_curves (STRATA_RUN_ROW (row)) == curves)
        {
          gtk_list_box_remove (self->list, GTK_WIDGET (row));
          return;
        }
    }
}
