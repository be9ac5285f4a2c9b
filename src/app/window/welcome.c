/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "window/welcome.h"

#include "document/recovery.h"
#include "io/example.h"
#include "window/example-card.h"
#include "window/recent.h"
#include "window/recovered-list.h"

#define MAX_RECENT 6

/**
 * StrataWelcome:
 *
 * What a window without a document shows: examples, and what was opened lately.
 */
struct _StrataWelcome
{
  GtkWidget parent_instance;

  GtkWidget *recovered_box;
  GtkLabel *recovered_label;
  GtkListBox *recovered;
  GtkFlowBox *examples;
  GtkWidget *recent_box;
  GtkListBox *recent;
  gulong recent_handler;
};

G_DEFINE_FINAL_TYPE (StrataWelcome, strata_welcome, GTK_TYPE_WIDGET)

static void
fill_examples (StrataWelcome *self)
{
  g_autoptr (GPtrArray) examples = strata_example_list ();

  for (guint i = 0; i < examples->len; i++)
    {
      GtkWidget *child = gtk_flow_box_child_new ();

      /* The card itself takes the focus. */
      gtk_widget_set_focusable (child, FALSE);
      gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child),
                                    strata_example_card_new (g_ptr_array_index (examples, i)));
      gtk_flow_box_append (self->examples, child);
    }
}

static void
fill_recent (StrataWelcome *self)
{
  g_autoptr (GPtrArray) infos = strata_recent_dup_infos (MAX_RECENT);

  strata_recent_fill (self->recent, infos);
  gtk_widget_set_visible (self->recent_box, infos->len > 0);
}

static void
update_recovered (StrataWelcome *self)
{
  GListModel *left = strata_recovery_get_left ();
  g_autofree char *summary = strata_recovered_list_summary (left);

  gtk_widget_set_visible (self->recovered_box, g_list_model_get_n_items (left) > 0);
  if (g_list_model_get_n_items (left) > 0)
    gtk_label_set_label (self->recovered_label, summary);
}

static void
strata_welcome_dispose (GObject *object)
{
  StrataWelcome *self = STRATA_WELCOME (object);
  GtkWidget *child;

  g_clear_signal_handler (&self->recent_handler, gtk_recent_manager_get_default ());
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_WELCOME);
  /* What the template has no name for is not let go with it. */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (strata_welcome_parent_class)->dispose (object);
}

static void
strata_welcome_class_init (StrataWelcomeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_welcome_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/strata/Strata/welcome.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataWelcome, recovered_box);
  gtk_widget_class_bind_template_child (widget_class, StrataWelcome, recovered_label);
  gtk_widget_class_bind_template_child (widget_class, StrataWelcome, recovered);
  gtk_widget_class_bind_template_child (widget_class, StrataWelcome, examples);
  gtk_widget_class_bind_template_child (widget_class, StrataWelcome, recent_box);
  gtk_widget_class_bind_template_child (widget_class, StrataWelcome, recent);
}

static void
strata_welcome_init (StrataWelcome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  strata_recovered_list_fill (self->recovered);
  g_signal_connect_object (strata_recovery_get_left (), "items-changed", G_CALLBACK (update_recovered), self,
                           G_CONNECT_SWAPPED);
  update_recovered (self);
  fill_examples (self);
  fill_recent (self);
  self->recent_handler = g_signal_connect_swapped (gtk_recent_manager_get_default (), "changed",
                                                   G_CALLBACK (fill_recent), self);
}
