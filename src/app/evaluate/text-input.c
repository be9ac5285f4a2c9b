/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "evaluate/text-input.h"

#include <glib/gi18n.h>

#include "runner/own-sample.h"

/**
 * StrataTextInput:
 *
 * A few words of the user's.
 */
struct _StrataTextInput
{
  GtkWidget parent_instance;

  StrataDataSet *set;
  GtkWidget *entry;
};

static void own_pad_init (StrataOwnPadInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataTextInput, strata_text_input, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (STRATA_TYPE_OWN_PAD, own_pad_init))

static const char *
get_hint (StrataOwnPad *pad)
{
  return _("Type a few words: the answer follows them");
}

static void
show (StrataOwnPad           *pad,
      const StrataInputFacts *facts)
{
  StrataTextInput *self = STRATA_TEXT_INPUT (pad);

  g_clear_pointer (&self->set, strata_data_set_unref);
  self->set = strata_data_set_ref (facts->set);
}

static StrataTensor *
read_words (StrataOwnPad  *pad,
            GError       **error)
{
  StrataTextInput *self = STRATA_TEXT_INPUT (pad);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  return *text != '\0' ? strata_own_sample_from_text (self->set, text, error) : NULL;
}

static void
own_pad_init (StrataOwnPadInterface *iface)
{
  iface->get_hint = get_hint;
  iface->show = show;
  iface->read = read_words;
}

static void
strata_text_input_dispose (GObject *object)
{
  StrataTextInput *self = STRATA_TEXT_INPUT (object);

  g_clear_pointer (&self->entry, gtk_widget_unparent);
  g_clear_pointer (&self->set, strata_data_set_unref);

  G_OBJECT_CLASS (strata_text_input_parent_class)->dispose (object);
}

static void
strata_text_input_class_init (StrataTextInputClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_text_input_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
strata_text_input_init (StrataTextInput *self)
{
  self->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("A text of yours"));
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 30);
  gtk_widget_set_valign (self->entry, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("A text of yours"), -1);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (strata_own_pad_emit_changed), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->entry, GTK_WIDGET (self));
}

/**
 * strata_text_input_new:
 *
 * Returns: (transfer floating): a field for words, of no network yet
 */
GtkWidget *
strata_text_input_new (void)
{
  return g_object_new (STRATA_TYPE_TEXT_INPUT, NULL);
}
