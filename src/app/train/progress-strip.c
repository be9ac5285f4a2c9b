/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "train/progress-strip.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "charts/figures.h"
#include "train/settings.h"

/**
 * StrataProgressStrip:
 *
 * How far training is: epoch, batch, speed and time left; before, how long it will take. It is there only while there
 * is something to say.
 */
struct _StrataProgressStrip
{
  GtkWidget parent_instance;

  GtkWidget *revealer;
  GtkLabel *epoch, *batch, *speed, *left;
  GtkProgressBar *bar;
  StrataRunner *runner;
};

G_DEFINE_FINAL_TYPE (StrataProgressStrip, strata_progress_strip, GTK_TYPE_WIDGET)

/* Labels are laid out anew only if they read differently; what says nothing leaves its room to others. */
static void
set_text (GtkLabel *label, char *text)
{
  if (g_strcmp0 (gtk_label_get_text (label), text) != 0)
    gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), text[0] != '\0');
  g_free (text);
}

static void
update_texts (StrataProgressStrip *self)
{
  gint64 batch = strata_runner_get_batch (self->runner), n_batches = strata_runner_get_n_batches (self->runner);
  g_autofree char *done = strata_figures_fixed (batch, 0), *all = strata_figures_fixed (n_batches, 0);
  g_autofree char *speed = strata_figures_fixed (strata_runner_get_speed (self->runner), 0);
  double left = strata_runner_get_time_left (self->runner);
  g_autofree char *time = strata_figures_duration (left);

  set_text (self->epoch, g_strdup_printf (_("Epoch %d of %d"), (int) strata_runner_get_epoch (self->runner),
                                          (int) strata_runner_get_n_epochs (self->runner)));
  set_text (self->batch, g_strdup_printf (_("batch %s of %s"), done, all));
  set_text (self->speed,
            strata_runner_get_speed (self->runner) > 0 ? g_strdup_printf (_("%s samples/s"), speed) : g_strdup (""));
  set_text (self->left, left >= 0 ? g_strdup_printf (_("%s left"), time) : g_strdup (""));
  gtk_progress_bar_set_fraction (self->bar, n_batches > 0 ? (double) batch / n_batches : 0);
}

/* Measured by steps of a copy. */
static void
update_forecast (StrataProgressStrip *self)
{
  StrataDocument *document = strata_runner_get_document (self->runner);
  double seconds = strata_document_get_epoch_seconds (document);
  double epochs = strata_settings_get_number (document, "fit", "epochs", 1);
  g_autofree char *one = strata_figures_duration (seconds), *all = strata_figures_duration (seconds * epochs);

  set_text (self->epoch, g_strdup_printf (_("About %s an epoch"), one));
  set_text (self->batch, epochs > 1 ? g_strdup_printf (_("%s in all"), all) : g_strdup (""));
  set_text (self->speed, g_strdup (""));
  set_text (self->left, g_strdup (""));
}

static void
update (StrataProgressStrip *self)
{
  StrataRunnerState state = strata_runner_get_state (self->runner);
  gboolean active = strata_runner_is_active (self->runner);
  gboolean forecast = !active && strata_document_get_epoch_seconds (strata_runner_get_document (self->runner)) >= 0;

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), active || forecast);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), !forecast);
  if (forecast)
    update_forecast (self);
  if (state == STRATA_RUNNER_PREPARING)
    {
      set_text (self->epoch, g_strdup (_("Reading the data…")));
      set_text (self->batch, g_strdup (""));
      set_text (self->speed, g_strdup (""));
      set_text (self->left, g_strdup (""));
      gtk_progress_bar_set_fraction (self->bar, 0);
    }
  else if (strata_runner_is_active (self->runner))
    update_texts (self);
}

static void
strata_progress_strip_dispose (GObject *object)
{
  StrataProgressStrip *self = STRATA_PROGRESS_STRIP (object);

  g_clear_pointer (&self->revealer, gtk_widget_unparent);
  g_clear_object (&self->runner);
  G_OBJECT_CLASS (strata_progress_strip_parent_class)->dispose (object);
}

static void
strata_progress_strip_class_init (StrataProgressStripClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_progress_strip_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkLabel *
add_label (GtkWidget *box,
           int        chars,
           gboolean   dim)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_width_chars (GTK_LABEL (label), chars);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_set_visible (label, FALSE);
  if (dim)
    gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
strata_progress_strip_init (StrataProgressStrip *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->epoch = add_label (row, 16, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->epoch), "heading");
  /* It gives way first: in large text all would be wider than a screen. */
  self->batch = add_label (row, -1, TRUE);
  gtk_label_set_ellipsize (self->batch, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (GTK_WIDGET (self->batch), TRUE);
  self->speed = add_label (row, 16, TRUE);
  gtk_label_set_xalign (self->speed, 1);
  self->left = add_label (row, 12, FALSE);
  gtk_label_set_xalign (self->left, 1);
  self->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Progress of the epoch"), -1);
  gtk_box_append (GTK_BOX (box), row);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->bar));
  gtk_widget_set_margin_bottom (box, 12);

  self->revealer = gtk_revealer_new ();
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), box);
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));
}

/**
 * strata_progress_strip_new:
 * @runner: who trains
 *
 * Returns: a strip
 */
GtkWidget *
strata_progress_strip_new (StrataRunner *runner)
{
  StrataProgressStrip *self = g_object_new (STRATA_TYPE_PROGRESS_STRIP, NULL);

  self->runner = g_object_ref (runner);
  g_signal_connect_object (runner, "updated", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (runner, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (strata_runner_get_document (runner), "analysed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
