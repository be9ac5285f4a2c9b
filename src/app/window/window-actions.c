/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "window/window-private.h"

#include <glib/gi18n.h>

#include "views/design-view.h"
#include "window/presentation.h"

static const char *const view_names[] = { "design", "data", "train", "evaluate", "code" };

static void
undo (StrataWindow *self)
{
  strata_document_undo (self->document);
}

static void
redo (StrataWindow *self)
{
  strata_document_redo (self->document);
}

static void
train (StrataWindow *self)
{
  g_autoptr (GError) error = NULL;

  if (strata_runner_is_active (self->runner))
    strata_runner_stop (self->runner);
  else if (strata_runner_start (self->runner, &error))
    {
      strata_banner_hide (self->banner);
      strata_window_show_view (self, "train");
    }
  else
    strata_window_notify (self, error->message);
}

static void
present (StrataWindow *self)
{
  if (!strata_presentation_is_on (GTK_WINDOW (self)))
    strata_window_notify (self, _("F11 ends the presentation"));
  strata_presentation_toggle (GTK_WINDOW (self));
}

/* What needs no more to be told than that it is to be done. */
static const struct
{
  const char *name;
  void (*act) (StrataWindow *self);
} actions[] = {
  { "win.save", strata_window_save },
  { "win.save-as", strata_window_save_as },
  { "win.export-picture", strata_window_export_picture },
  { "win.print", strata_window_print },
  { "win.reload", strata_window_reload },
  { "win.undo", undo },
  { "win.redo", redo },
  { "win.train", train },
  { "win.present", present },
};

static void
on_action (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].name, name))
      actions[i].act (STRATA_WINDOW (widget));
}

static void
on_view (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  gint32 i = g_variant_get_int32 (parameter);

  if (i >= 0 && i < (gint32) G_N_ELEMENTS (view_names))
    strata_window_show_view (STRATA_WINDOW (widget), view_names[i]);
}

/* From wherever a layer is spoken of to where it is. */
static void
on_show_layer (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  StrataWindow *self = STRATA_WINDOW (widget);
  GtkWidget *design = adw_view_stack_get_child_by_name (self->views, "design");
  StrataDocNode *node = self->document != NULL
                        ? strata_document_find_node (self->document, g_variant_get_string (parameter, NULL)) : NULL;

  if (node == NULL || !STRATA_IS_DESIGN_VIEW (design))
    return;
  strata_window_show_view (self, "design");
  strata_design_view_show_node (STRATA_DESIGN_VIEW (design), node);
}

void
strata_window_class_init_actions (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, on_action);
  gtk_widget_class_install_action (widget_class, "win.view", "i", on_view);
  gtk_widget_class_install_action (widget_class, "win.show-layer", "s", on_show_layer);
}
