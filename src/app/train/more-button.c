/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "train/more-button.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/registry.h"
#include "train/settings.h"

#define USUAL_PATIENCE 5

/**
 * StrataMoreButton:
 *
 * A button that opens what is set more rarely: metrics, early stopping, order of the samples.
 */
struct _StrataMoreButton
{
  GtkWidget parent_instance;

  GtkWidget *button;
  GtkListBox *list;
  GtkEditable *metrics;
  GtkSwitch *early_stopping, *new_weights, *shuffle;
  GtkSpinButton *patience, *seed;
  StrataDocument *document;
  gboolean reading;
};

G_DEFINE_FINAL_TYPE (StrataMoreButton, strata_more_button, GTK_TYPE_WIDGET)

static void
read_settings (StrataMoreButton *self)
{
  g_autofree char *metrics = strata_settings_dup_metrics (self->document);
  guint patience = strata_settings_get_patience (self->document);

  self->reading = TRUE;
  if (g_strcmp0 (gtk_editable_get_text (self->metrics), metrics) != 0)
    gtk_editable_set_text (self->metrics, metrics);
  gtk_switch_set_active (self->early_stopping, patience > 0);
  if (patience > 0)
    gtk_spin_button_set_value (self->patience, patience);
  gtk_widget_set_sensitive (GTK_WIDGET (self->patience), patience > 0);
  gtk_switch_set_active (self->new_weights, strata_settings_get_flag (self->document, "fit", "new_weights", FALSE));
  gtk_switch_set_active (self->shuffle, strata_settings_get_flag (self->document, "fit", "shuffle", TRUE));
  gtk_spin_button_set_value (self->seed, strata_settings_get_number (self->document, "fit", "seed", 0));
  self->reading = FALSE;
}

static void
settings_changed_cb (StrataMoreButton *self)
{
  if (!self->reading)
    read_settings (self);
}

static void
metrics_applied_cb (StrataMoreButton *self)
{
  strata_settings_set_metrics (self->document, gtk_editable_get_text (self->metrics));
}

static void
patience_changed_cb (StrataMoreButton *self)
{
  if (self->reading)
    return;
  strata_settings_set_patience (self->document, gtk_switch_get_active (self->early_stopping)
                                                  ? (guint) gtk_spin_button_get_value_as_int (self->patience) : 0);
}

static void
shuffle_changed_cb (StrataMoreButton *self)
{
  if (!self->reading)
    strata_settings_set_flag (self->document, "fit", "shuffle", gtk_switch_get_active (self->shuffle));
}

static void
new_weights_changed_cb (StrataMoreButton *self)
{
  if (!self->reading)
    strata_settings_set_flag (self->document, "fit", "new_weights", gtk_switch_get_active (self->new_weights));
}

static void
seed_changed_cb (StrataMoreButton *self)
{
  if (!self->reading)
    strata_settings_set_number (self->document, "fit", "seed", gtk_spin_button_get_value_as_int (self->seed));
}

static void
add_row (StrataMoreButton *self,
         const char       *title,
         const char       *subtitle,
         GtkWidget        *suffix)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (suffix, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), suffix);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), suffix);
  gtk_list_box_append (self->list, row);
}

static GtkSwitch *
add_switch (StrataMoreButton *self,
            const char       *title,
            const char       *subtitle,
            GCallback         changed)
{
  GtkWidget *toggle = gtk_switch_new ();

  add_row (self, title, subtitle, toggle);
  g_signal_connect_swapped (toggle, "notify::active", changed, self);
  return GTK_SWITCH (toggle);
}

static GtkSpinButton *
add_spin (StrataMoreButton *self,
          const char       *title,
          const char       *subtitle,
          double            lowest,
          double            highest,
          GCallback         changed)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (lowest, highest, 1);

  add_row (self, title, subtitle, spin);
  g_signal_connect_swapped (spin, "value-changed", changed, self);
  return GTK_SPIN_BUTTON (spin);
}

static void
add_rows (StrataMoreButton *self)
{
  GtkWidget *metrics = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (metrics), _("Metrics, as “accuracy, auc”"));
  gtk_widget_set_tooltip_text (metrics,
                               _("What is measured beside the loss, to judge the network; separated by commas"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (metrics), TRUE);
  g_signal_connect_swapped (metrics, "apply", G_CALLBACK (metrics_applied_cb), self);
  gtk_list_box_append (self->list, metrics);
  self->metrics = GTK_EDITABLE (metrics);

  self->early_stopping = add_switch (self, _("Stop _early"),
                                     _("End when the validation loss no longer falls, and keep the best weights"),
                                     G_CALLBACK (patience_changed_cb));
  self->patience = add_spin (self, _("_Patience"), _("How many epochs to wait for it to fall"), 1, 1000,
                             G_CALLBACK (patience_changed_cb));
  gtk_spin_button_set_value (self->patience, USUAL_PATIENCE);
  self->new_weights = add_switch (self, _("_New weights"),
                                  _("Begin each run from the start, to compare runs, instead of going on"),
                                  G_CALLBACK (new_weights_changed_cb));
  self->shuffle = add_switch (self, _("_Shuffle"), _("Show the samples in another order in each epoch"),
                              G_CALLBACK (shuffle_changed_cb));
  self->seed = add_spin (self, _("See_d"), _("With the same number, a run comes out the same; 0 draws one"),
                         0, G_MAXINT32, G_CALLBACK (seed_changed_cb));
}

static void
strata_more_button_dispose (GObject *object)
{
  StrataMoreButton *self = STRATA_MORE_BUTTON (object);

  self->reading = TRUE;
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (strata_more_button_parent_class)->dispose (object);
}

static void
strata_more_button_class_init (StrataMoreButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_more_button_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
strata_more_button_init (StrataMoreButton *self)
{
  GtkWidget *popover = gtk_popover_new ();

  self->reading = TRUE;
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_size_request (GTK_WIDGET (self->list), 380, -1);
  gtk_widget_set_margin_top (GTK_WIDGET (self->list), 6);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->list), 6);
  gtk_widget_set_margin_start (GTK_WIDGET (self->list), 6);
  gtk_widget_set_margin_end (GTK_WIDGET (self->list), 6);
  gtk_popover_set_child (GTK_POPOVER (popover), GTK_WIDGET (self->list));

  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "emblem-system-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_widget_set_tooltip_text (self->button, _("More training settings"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("More training settings"), -1);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  add_rows (self);
}

/**
 * strata_more_button_new:
 * @runner: who trains; while it does, nothing can be set
 *
 * Returns: a button
 */
GtkWidget *
strata_more_button_new (StrataRunner *runner)
{
  StrataMoreButton *self = g_object_new (STRATA_TYPE_MORE_BUTTON, NULL);

  self->document = g_object_ref (strata_runner_get_document (runner));
  g_signal_connect_object (self->document, "settings-changed", G_CALLBACK (settings_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_object_bind_property (runner, "active", self->button, "sensitive",
                          G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  read_settings (self);
  return GTK_WIDGET (self);
}
