/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "evaluate/sample-input.h"

#include <glib/gi18n.h>

#include "data-view/sample-view.h"
#include "evaluate/another-button.h"
#include "runner/own-sample.h"

/**
 * StrataSampleInput:
 *
 * A sample of the data as it is, for an input that has too many numbers to be set by hand.
 */
struct _StrataSampleInput
{
  GtkWidget parent_instance;

  StrataDataSet *set;
  StrataShape shape;
  StrataPreview *preview;       /* the sample, once there is one */
  GtkWidget *box, *view, *another;
};

static void own_pad_init (StrataOwnPadInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataSampleInput, strata_sample_input, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (STRATA_TYPE_OWN_PAD, own_pad_init))

static void
forget (StrataSampleInput *self)
{
  g_clear_pointer (&self->preview, strata_preview_unref);
  if (self->view != NULL)
    gtk_box_remove (GTK_BOX (self->box), self->view);
  self->view = NULL;
}

static void
read_cb (StrataSampleInput *self,
         StrataPreview     *preview)
{
  forget (self);
  self->preview = strata_preview_ref (preview);
  self->view = strata_sample_view_new (preview, 0, _("A sample of the data"), NULL);
  gtk_widget_set_halign (self->view, GTK_ALIGN_START);
  gtk_box_prepend (GTK_BOX (self->box), self->view);
  strata_own_pad_emit_changed (STRATA_OWN_PAD (self));
}

static const char *
get_hint (StrataOwnPad *pad)
{
  return _("Take a sample of the data");
}

static void
show (StrataOwnPad           *pad,
      const StrataInputFacts *facts)
{
  StrataSampleInput *self = STRATA_SAMPLE_INPUT (pad);
  gboolean is_new = self->preview == NULL || !strata_shape_equal (&facts->shape, &self->shape);

  g_clear_pointer (&self->set, strata_data_set_unref);
  self->set = strata_data_set_ref (facts->set);
  self->shape = facts->shape;
  if (is_new)
    forget (self);
  strata_another_button_show (STRATA_ANOTHER_BUTTON (self->another), facts->set, is_new);
}

static StrataTensor *
read_numbers (StrataOwnPad  *pad,
              GError       **error)
{
  StrataSampleInput *self = STRATA_SAMPLE_INPUT (pad);

  return self->preview != NULL
         ? strata_own_sample_from_numbers (self->set, strata_preview_get_sample (self->preview, 0), error) : NULL;
}

static void
own_pad_init (StrataOwnPadInterface *iface)
{
  iface->get_hint = get_hint;
  iface->show = show;
  iface->read = read_numbers;
}

static void
strata_sample_input_dispose (GObject *object)
{
  StrataSampleInput *self = STRATA_SAMPLE_INPUT (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->preview, strata_preview_unref);
  g_clear_pointer (&self->set, strata_data_set_unref);

  G_OBJECT_CLASS (strata_sample_input_parent_class)->dispose (object);
}

static void
strata_sample_input_class_init (StrataSampleInputClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_sample_input_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
strata_sample_input_init (StrataSampleInput *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->another = strata_another_button_new (_("Another _sample"));
  gtk_widget_set_halign (self->another, GTK_ALIGN_START);
  g_signal_connect_object (self->another, "read", G_CALLBACK (read_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->another);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * strata_sample_input_new:
 *
 * Returns: (transfer floating): a place for a sample, of no network yet
 */
GtkWidget *
strata_sample_input_new (void)
{
  return g_object_new (STRATA_TYPE_SAMPLE_INPUT, NULL);
}
