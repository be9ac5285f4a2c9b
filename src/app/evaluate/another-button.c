/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "evaluate/another-button.h"

/**
 * StrataAnotherButton:
 *
 * Reads a sample of the data, the first one to begin with and any at a click, in a thread; of those that were set
 * aside, where some were.
 */
struct _StrataAnotherButton
{
  GtkWidget parent_instance;

  StrataDataSet *set;
  GCancellable *reading;
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (StrataAnotherButton, strata_another_button, GTK_TYPE_WIDGET)

static guint read_signal;

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (StrataAnotherButton) self = user_data;
  g_autoptr (StrataPreview) preview = strata_preview_read_finish (result, NULL);

  if (preview != NULL && preview->set == self->set)
    g_signal_emit (self, read_signal, 0, preview);
}

static void
read_sample (StrataAnotherButton *self,
             gint64               index)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  strata_preview_read_async (self->set, self->set->test_x != NULL, &index, 1, self->reading, read_cb,
                             g_object_ref (self));
}

static void
clicked_cb (StrataAnotherButton *self)
{
  StrataSource *x = self->set == NULL ? NULL : self->set->test_x != NULL ? self->set->test_x : self->set->x;
  gint64 n = x != NULL ? strata_source_get_size (x) : 0;

  if (n > 0)
    read_sample (self, g_random_int_range (0, (gint32) MIN (n, G_MAXINT32)));
}

static void
strata_another_button_dispose (GObject *object)
{
  StrataAnotherButton *self = STRATA_ANOTHER_BUTTON (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_pointer (&self->set, strata_data_set_unref);

  G_OBJECT_CLASS (strata_another_button_parent_class)->dispose (object);
}

static void
strata_another_button_class_init (StrataAnotherButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_another_button_dispose;
  read_signal = g_signal_new ("read", STRATA_TYPE_ANOTHER_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
strata_another_button_init (StrataAnotherButton *self)
{
}

/**
 * strata_another_button_new:
 * @label: what it says, with a mnemonic
 *
 * Returns: (transfer floating): a button, of no data yet
 */
GtkWidget *
strata_another_button_new (const char *label)
{
  StrataAnotherButton *self = g_object_new (STRATA_TYPE_ANOTHER_BUTTON, NULL);

  self->button = gtk_button_new_with_mnemonic (label);
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

/**
 * strata_another_button_show: (skip)
 * @is_new: whether there is nothing of such data yet, so that its first sample is read
 */
void
strata_another_button_show (StrataAnotherButton *self,
                            StrataDataSet       *set,
                            gboolean             is_new)
{
  g_clear_pointer (&self->set, strata_data_set_unref);
  self->set = strata_data_set_ref (set);
  if (is_new)
    read_sample (self, 0);
}
