/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "train/control-bar.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "train/class-picker.h"
#include "train/loss-field.h"
#include "train/more-button.h"
#include "train/rate-entry.h"
#include "train/settings.h"
#include "widgets/percent.h"
#include "widgets/wrap-layout.h"

/**
 * StrataControlBar:
 *
 * The button that trains and stops, and what is set most often before it is pressed.
 */
struct _StrataControlBar
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkButton *button;
  AdwButtonContent *content;
  GtkWidget *fields;
  GtkSpinButton *epochs, *batch_size, *validation;
  StrataRunner *runner;
  StrataDocument *document;
  gboolean reading;
};

G_DEFINE_FINAL_TYPE (StrataControlBar, strata_control_bar, GTK_TYPE_WIDGET)

static void
update_button (StrataControlBar *self)
{
  StrataRunnerState state = strata_runner_get_state (self->runner);
  gboolean active = strata_runner_is_active (self->runner);

  adw_button_content_set_icon_name (self->content,
                                    active ? "media-playback-stop-symbolic" : "media-playback-start-symbolic");
  adw_button_content_set_label (self->content,
                                state == STRATA_RUNNER_STOPPING ? _("Stopping…") : active ? _("S_top") : _("_Train"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), active ? "train.stop" : "train.start");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button),
                               active ? _("End training after this batch; what was learned is kept")
                                      : _("Show the network all samples, once in each epoch"));
  if (active)
    gtk_widget_remove_css_class (GTK_WIDGET (self->button), "suggested-action");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->button), "suggested-action");
  /* A run keeps the settings it began with. */
  gtk_widget_set_sensitive (self->fields, !active);
}

static void
read_settings (StrataControlBar *self)
{
  self->reading = TRUE;
  gtk_spin_button_set_value (self->epochs, strata_settings_get_number (self->document, "fit", "epochs", 1));
  gtk_spin_button_set_value (self->batch_size, strata_settings_get_number (self->document, "fit", "batch_size", 32));
  gtk_spin_button_set_value (self->validation,
                             100 * strata_settings_get_number (self->document, "fit", "validation_split", 0));
  self->reading = FALSE;
}

static void
settings_changed_cb (StrataControlBar *self,
                     const char       *key)
{
  if (g_strcmp0 (key, "fit") == 0)
    read_settings (self);
}

static void
epochs_changed_cb (StrataControlBar *self)
{
  if (!self->reading)
    strata_settings_set_number (self->document, "fit", "epochs", gtk_spin_button_get_value_as_int (self->epochs));
}

static void
batch_size_changed_cb (StrataControlBar *self)
{
  if (!self->reading)
    strata_settings_set_number (self->document, "fit", "batch_size",
                                gtk_spin_button_get_value_as_int (self->batch_size));
}

static void
validation_changed_cb (StrataControlBar *self)
{
  if (!self->reading)
    strata_settings_set_number (self->document, "fit", "validation_split",
                                gtk_spin_button_get_value_as_int (self->validation) / 100.);
}

static GtkWidget *
add_field (StrataControlBar *self,
           const char       *title,
           const char       *tooltip,
           GtkWidget        *widget)
{
  GtkWidget *field = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3), *label = gtk_label_new_with_mnemonic (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), widget);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_tooltip_text (field, tooltip);
  gtk_box_append (GTK_BOX (field), label);
  gtk_box_append (GTK_BOX (field), widget);
  gtk_box_append (GTK_BOX (self->fields), field);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, tooltip, -1);
  return widget;
}

static GtkSpinButton *
add_spin (StrataControlBar *self,
          const char       *title,
          const char       *tooltip,
          double            highest,
          double            step,
          GCallback         changed)
{
  GtkAdjustment *adjustment = gtk_adjustment_new (0, step > 1 ? 0 : 1, highest, step, 10 * step, 0);
  GtkWidget *spin = gtk_spin_button_new (adjustment, 0, 0);

  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), step == 1);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 4);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (spin), 4);
  add_field (self, title, tooltip, spin);
  g_signal_connect_swapped (spin, "value-changed", changed, self);
  return GTK_SPIN_BUTTON (spin);
}

static void
add_fields (StrataControlBar *self)
{
  self->epochs = add_spin (self, _("_Epochs"), _("How often the network sees all samples"), 100000, 1,
                           G_CALLBACK (epochs_changed_cb));
  self->batch_size = add_spin (self, _("_Batch size"),
                               _("How many samples it sees before it changes its weights: small batches learn in many "
                                 "noisy steps, large ones in few steady ones"),
                               1 << 20, 1, G_CALLBACK (batch_size_changed_cb));
  self->validation = add_spin (self, _("_Validation"),
                               _("Share of the samples that is held out, to see whether the network also copes "
                                 "with what it "
                                 "has not seen. With 0 %, the data’s own test samples are used, if it has some"),
                               90, 5, G_CALLBACK (validation_changed_cb));
  strata_percent_show (self->validation);
  add_field (self, _("_Optimizer"),
             _("How weights are changed so that the loss falls. Adam works well for most networks"),
             strata_class_picker_new (self->document, STRATA_KIND_OPTIMIZER, "optimizer"));
  add_field (self, _("Learning _rate"),
             _("How far a step goes. Too high, and the loss jumps or becomes NaN; too low, and it hardly falls"),
             strata_rate_entry_new (self->document));
  add_field (self, _("_Loss"), _("What training makes smaller: how far predictions are from the targets"),
             strata_loss_field_new (self->document));
}

static void
strata_control_bar_dispose (GObject *object)
{
  StrataControlBar *self = STRATA_CONTROL_BAR (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->runner);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (strata_control_bar_parent_class)->dispose (object);
}

static void
strata_control_bar_class_init (StrataControlBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_control_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "controlbar");
}

static void
strata_control_bar_init (StrataControlBar *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->button = GTK_BUTTON (gtk_button_new ());
  self->content = ADW_BUTTON_CONTENT (adw_button_content_new ());
  adw_button_content_set_use_underline (self->content, TRUE);
  gtk_button_set_child (self->button, GTK_WIDGET (self->content));
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self->content), GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (GTK_WIDGET (self->button), 124, 44);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "suggested-action");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->button));

  self->fields = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->fields, strata_wrap_layout_new (6, 6));
  gtk_widget_set_hexpand (self->fields, TRUE);
  gtk_widget_set_valign (self->fields, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), self->fields);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * strata_control_bar_new:
 * @runner: who trains
 *
 * The button activates "train.start" and "train.stop" of a widget above it.
 *
 * Returns: a control bar
 */
GtkWidget *
strata_control_bar_new (StrataRunner *runner)
{
  StrataControlBar *self;

  g_return_val_if_fail (STRATA_IS_RUNNER (runner), NULL);

  self = g_object_new (STRATA_TYPE_CONTROL_BAR, NULL);
  self->runner = g_object_ref (runner);
  self->document = g_object_ref (strata_runner_get_document (runner));
  add_fields (self);
  gtk_box_append (GTK_BOX (self->box), strata_more_button_new (runner));
  g_signal_connect_object (runner, "notify::state", G_CALLBACK (update_button), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "settings-changed", G_CALLBACK (settings_changed_cb), self,
                           G_CONNECT_SWAPPED);
  read_settings (self);
  update_button (self);
  return GTK_WIDGET (self);
}
