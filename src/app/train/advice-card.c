/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "train/advice-card.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/**
 * StrataAdviceCard:
 *
 * What there is to say about a run, above its curves.
 */
struct _StrataAdviceCard
{
  GtkWidget parent_instance;

  GtkWidget *revealer;
  GtkImage *icon;
  GtkLabel *heading, *body;
};

G_DEFINE_FINAL_TYPE (StrataAdviceCard, strata_advice_card, GTK_TYPE_WIDGET)

static const struct
{
  const char *icon, *css_class;
} tones[] = {
  [STRATA_ADVICE_GOOD] = { "object-select-symbolic", "success" },
  [STRATA_ADVICE_HINT] = { "dialog-information-symbolic", "accent" },
  [STRATA_ADVICE_PROBLEM] = { "dialog-warning-symbolic", "error" },
};

static void
close_cb (StrataAdviceCard *self)
{
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), FALSE);
}

static void
strata_advice_card_dispose (GObject *object)
{
  g_clear_pointer (&STRATA_ADVICE_CARD (object)->revealer, gtk_widget_unparent);
  G_OBJECT_CLASS (strata_advice_card_parent_class)->dispose (object);
}

static void
strata_advice_card_class_init (StrataAdviceCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_advice_card_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkLabel *
add_label (GtkWidget  *box,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_can_focus (label, FALSE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static GtkWidget *
make_close_button (StrataAdviceCard *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_widget_set_tooltip_text (button, _("Close"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Close"), -1);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (close_cb), self);
  return button;
}

static void
strata_advice_card_init (StrataAdviceCard *self)
{
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3), *card = adw_bin_new (), *row;

  row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_set_margin_top (row, 12);
  gtk_widget_set_margin_bottom (row, 12);
  gtk_widget_set_margin_start (row, 16);
  gtk_widget_set_margin_end (row, 12);
  self->icon = GTK_IMAGE (gtk_image_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->icon), GTK_ALIGN_START);
  gtk_widget_set_margin_top (GTK_WIDGET (self->icon), 2);
  self->heading = add_label (text, "heading");
  self->body = add_label (text, NULL);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (row), text);
  gtk_box_append (GTK_BOX (row), make_close_button (self));

  gtk_widget_add_css_class (card, "card");
  gtk_widget_set_margin_bottom (card, 12);
  adw_bin_set_child (ADW_BIN (card), row);

  self->revealer = gtk_revealer_new ();
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), card);
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));
}

/**
 * strata_advice_card_new:
 *
 * Returns: a card that says nothing
 */
GtkWidget *
strata_advice_card_new (void)
{
  return g_object_new (STRATA_TYPE_ADVICE_CARD, NULL);
}

/**
 * strata_advice_card_get_heading:
 * @self: a card
 *
 * Returns: (nullable): what it says, in a few words
 */
const char *
strata_advice_card_get_heading (StrataAdviceCard *self)
{
  g_return_val_if_fail (STRATA_IS_ADVICE_CARD (self), NULL);

  return gtk_revealer_get_reveal_child (GTK_REVEALER (self->revealer)) ? gtk_label_get_text (self->heading) : NULL;
}

/**
 * strata_advice_card_set_advice:
 * @self: a card
 * @advice: (nullable): what it says
 */
void
strata_advice_card_set_advice (StrataAdviceCard   *self,
                               const StrataAdvice *advice)
{
  g_return_if_fail (STRATA_IS_ADVICE_CARD (self));

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), advice != NULL);
  if (advice == NULL)
    return;
  gtk_label_set_text (self->heading, advice->heading);
  gtk_label_set_text (self->body, advice->body);
  gtk_widget_set_visible (GTK_WIDGET (self->body), advice->body[0] != '\0');
  gtk_image_set_from_icon_name (self->icon, tones[advice->tone].icon);
  for (guint i = 0; i < G_N_ELEMENTS (tones); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), tones[i].css_class);
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), tones[advice->tone].css_class);
}
