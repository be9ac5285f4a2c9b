/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "train/rate-entry.h"

#include <glib/gi18n.h>
#include <math.h>

#include "train/settings.h"

/**
 * StrataRateEntry:
 *
 * The learning rate. What matters is its order of magnitude, so the arrow keys
 * go along 1, 2, 5, 10.
 */
struct _StrataRateEntry
{
  GtkWidget parent_instance;

  GtkEditable *entry;
  StrataDocument *document;
};

G_DEFINE_FINAL_TYPE (StrataRateEntry, strata_rate_entry, GTK_TYPE_WIDGET)

static void
strata_rate_entry_dispose (GObject *object)
{
  StrataRateEntry *self = STRATA_RATE_ENTRY (object);
  GtkWidget *entry = (GtkWidget *) self->entry;

  self->entry = NULL;
  g_clear_pointer (&entry, gtk_widget_unparent);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (strata_rate_entry_parent_class)->dispose (object);
}

static gboolean
strata_rate_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (STRATA_RATE_ENTRY (widget)->entry));
}

static void
read_setting (StrataRateEntry *self)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  gtk_widget_set_sensitive (GTK_WIDGET (self->entry), !strata_settings_has_schedule (self->document));
  g_ascii_formatd (buffer, sizeof buffer, "%.4g", strata_settings_get_learning_rate (self->document));
  gtk_editable_set_text (self->entry, buffer);
  gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
}

static gboolean
parse (StrataRateEntry *self,
       double          *rate)
{
  const char *text = gtk_editable_get_text (self->entry);
  g_autofree char *plain = g_strdelimit (g_strstrip (g_strdup (text)), ",", '.');
  char *end;

  *rate = g_ascii_strtod (plain, &end);
  return end != plain && *end == '\0' && isfinite (*rate) && *rate > 0;
}

static void
write_setting (StrataRateEntry *self)
{
  double rate;

  if (self->entry == NULL)
    return;
  if (!parse (self, &rate))
    read_setting (self);
  else if (fabs (rate / strata_settings_get_learning_rate (self->document) - 1) > 1e-6)
    strata_settings_set_learning_rate (self->document, rate);
}

static void
changed_cb (StrataRateEntry *self)
{
  double rate;

  if (parse (self, &rate))
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
}

static void
settings_changed_cb (StrataRateEntry *self,
                     const char      *key)
{
  if (self->entry != NULL && g_strcmp0 (key, "compile") == 0)
    read_setting (self);
}

/**
 * strata_rate_entry_step:
 * @rate: a learning rate
 * @steps: how many steps up, or down
 *
 * Returns: the next of the numbers 1, 2 and 5 times a power of ten
 */
double
strata_rate_entry_step (double rate,
                        int    steps)
{
  static const double stops[] = { 1, 2, 5 };
  double power = floor (log10 (rate) + 1e-9), digit = rate / pow (10, power);
  int stop = 0;

  for (int i = 1; i < 3; i++)
    if (fabs (log (digit / stops[i])) < fabs (log (digit / stops[stop])))
      stop = i;
  if (fabs (log (digit / 10)) < fabs (log (digit / stops[stop])))
    stop = 3;
  stop += steps + 3 * (int) power;
  power = floor (stop / 3.);
  return CLAMP (stops[stop - 3 * (int) power] * pow (10, power), 1e-8, 100);
}

static gboolean
key_cb (StrataRateEntry *self,
        guint            key,
        guint            code,
        GdkModifierType  state)
{
  int steps = key == GDK_KEY_Up || key == GDK_KEY_KP_Up ? 1 : key == GDK_KEY_Down || key == GDK_KEY_KP_Down ? -1 : 0;
  double rate;

  if (steps == 0 || !parse (self, &rate))
    return GDK_EVENT_PROPAGATE;
  strata_settings_set_learning_rate (self->document, strata_rate_entry_step (rate, steps));
  return GDK_EVENT_STOP;
}

static void
strata_rate_entry_class_init (StrataRateEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_rate_entry_dispose;
  widget_class->grab_focus = strata_rate_entry_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
strata_rate_entry_init (StrataRateEntry *self)
{
  GtkEventController *keys = gtk_event_controller_key_new (), *focus = gtk_event_controller_focus_new ();
  GtkWidget *entry = gtk_entry_new ();

  self->entry = GTK_EDITABLE (entry);
  gtk_editable_set_width_chars (self->entry, 6);
  gtk_editable_set_max_width_chars (self->entry, 6);
  gtk_widget_add_css_class (entry, "numeric");
  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_NUMBER);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_widget_set_parent (entry, GTK_WIDGET (self));
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (write_setting), self);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (entry, keys);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (write_setting), self);
  gtk_widget_add_controller (entry, focus);
}

/**
 * strata_rate_entry_new:
 * @document: a document
 *
 * Returns: an entry for its learning rate
 */
GtkWidget *
strata_rate_entry_new (StrataDocument *document)
{
  StrataRateEntry *self = g_object_new (STRATA_TYPE_RATE_ENTRY, NULL);

  self->document = g_object_ref (document);
  g_signal_connect_object (document, "settings-changed", G_CALLBACK (settings_changed_cb), self, G_CONNECT_SWAPPED);
  read_setting (self);
  return GTK_WIDGET (self);
}
