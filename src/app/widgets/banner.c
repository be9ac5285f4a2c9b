/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "widgets/banner.h"

/**
 * StrataBanner:
 *
 * A line below the header bar that says what stays true until something is done
 * about it. What is over at once is a toast.
 */
struct _StrataBanner
{
  GtkWidget parent_instance;

  GtkRevealer *revealer;
  GtkLabel *label;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (StrataBanner, strata_banner, GTK_TYPE_WIDGET)

static guint activated_signal;

static void
on_button_clicked (StrataBanner *self)
{
  strata_banner_hide (self);
  g_signal_emit (self, activated_signal, 0);
}

static void
on_close_clicked (StrataBanner *self)
{
  strata_banner_hide (self);
}

static void
strata_banner_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STRATA_TYPE_BANNER);

  G_OBJECT_CLASS (strata_banner_parent_class)->dispose (object);
}

static void
strata_banner_class_init (StrataBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_banner_dispose;
  activated_signal = g_signal_new ("activated", STRATA_TYPE_BANNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/strata/Strata/banner.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, StrataBanner, label);
  gtk_widget_class_bind_template_child (widget_class, StrataBanner, button);
  gtk_widget_class_bind_template_callback (widget_class, on_button_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_close_clicked);
}

static void
strata_banner_init (StrataBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * strata_banner_show:
 * @message: what to say
 * @button_label: (nullable): what can be done about it
 */
void
strata_banner_show (StrataBanner *self,
                    const char   *message,
                    const char   *button_label)
{
  gtk_label_set_label (self->label, message);
  gtk_widget_set_visible (GTK_WIDGET (self->button), button_label != NULL);
  if (button_label != NULL)
    gtk_button_set_label (self->button, button_label);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

void
strata_banner_hide (StrataBanner *self)
{
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}
