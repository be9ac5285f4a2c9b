/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "window/window.h"

#include <glib/gi18n.h>

#include "data-view/data-view.h"
#include "data-view/own-data.h"
#include "evaluate/evaluate-view.h"
#include "window/recent-popover.h"
#include "window/views.h"
#include "window/welcome.h"
#include "window/window-memory.h"
#include "window/window-private.h"

/**
 * StrataWindow:
 *
 * A window for one document, or for choosing one.
 */
G_DEFINE_FINAL_TYPE (StrataWindow, strata_window, ADW_TYPE_APPLICATION_WINDOW)

/* So much of a name is always to be read; examples have no longer ones. */
#define LEGIBLE_CHARS 22

/**
 * strata_window_notify:
 *
 * Says something that needs no answer.
 */
void
strata_window_notify (StrataWindow *self,
                      const char   *message)
{
  g_autofree char *text = g_markup_escape_text (message, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (text));
}

/**
 * strata_window_warn:
 *
 * Says something that stays until it is dismissed.
 */
void
strata_window_warn (StrataWindow *self,
                    const char   *message)
{
  strata_banner_show (self->banner, message, NULL);
}

/**
 * strata_window_offer:
 * @button: what the button says
 * @action: (not nullable): the action it activates
 * @target: (nullable): the action's parameter
 *
 * Says something that stays until it is dismissed, with a way to do something about it.
 */
void
strata_window_offer (StrataWindow *self,
                     const char   *message,
                     const char   *button,
                     const char   *action,
                     GVariant     *target)
{
  g_free (self->offer);
  self->offer = g_strdup (action);
  g_clear_pointer (&self->offer_target, g_variant_unref);
  self->offer_target = target != NULL ? g_variant_ref_sink (target) : NULL;
  strata_banner_show (self->banner, message, button);
}

static void
on_offer_taken (StrataWindow *self)
{
  gtk_widget_activate_action_variant (GTK_WIDGET (self), self->offer, self->offer_target);
}

static void
update_title (StrataWindow *self)
{
  const char *title = self->document != NULL ? strata_document_get_title (self->document) : _("Strata");
  gboolean modified = self->document != NULL && strata_document_get_modified (self->document);
  g_autofree char *window_title = g_strdup_printf ("%s%s", modified ? "• " : "", title);

  gtk_window_set_title (GTK_WINDOW (self), window_title);
  /* The document's name has a place of its own, and keeps it before the names of views do, which can go to the foot. */
  adw_view_switcher_title_set_title (self->switcher, self->document != NULL ? "" : title);
  gtk_label_set_label (GTK_LABEL (self->title_label), title);
  /* Letters of a short name may all be wider than the usual one. */
  gtk_label_set_width_chars (GTK_LABEL (self->title_label),
                             (int) MIN (3 * g_utf8_strlen (title, -1) / 2 + 1, LEGIBLE_CHARS));
  gtk_widget_set_tooltip_text (self->title_label, title);
  if (self->document == NULL)
    return;
  if (modified)
    gtk_label_set_label (GTK_LABEL (self->state_label), _("Edited"));
  else
    gtk_label_set_label (GTK_LABEL (self->state_label),
                         strata_document_get_file (self->document) != NULL ? _("Saved") : _("Not saved yet"));
}

static void
set_tooltip (GtkWidget  *button,
             const char *verb,
             const char *step)
{
  g_autofree char *text = step != NULL ? g_strdup_printf ("%s: %s", verb, step) : g_strdup (verb);

  gtk_widget_set_tooltip_text (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
update_undo (StrataWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo",
                                 self->document != NULL && strata_document_can_undo (self->document));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.redo",
                                 self->document != NULL && strata_document_can_redo (self->document));
  set_tooltip (self->undo_button, _("Undo"),
               self->document != NULL ? strata_document_get_undo_label (self->document) : NULL);
  set_tooltip (self->redo_button, _("Redo"),
               self->document != NULL ? strata_document_get_redo_label (self->document) : NULL);
}

static void
update_train (StrataWindow *self)
{
  gboolean active = self->runner != NULL && strata_runner_is_active (self->runner);
  gboolean stopping = self->runner != NULL && strata_runner_get_state (self->runner) == STRATA_RUNNER_STOPPING;

  adw_button_content_set_icon_name (self->train_content,
                                    active ? "media-playback-stop-symbolic" : "media-playback-start-symbolic");
  adw_button_content_set_label (self->train_content, active ? _("_Stop") : _("_Train"));
  gtk_widget_set_tooltip_text (self->train_button,
                               active ? _("Stop training after this batch") : _("Train the network"));
  if (active)
    gtk_widget_remove_css_class (self->train_button, "suggested-action");
  else
    gtk_widget_add_css_class (self->train_button, "suggested-action");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.train", self->document != NULL && !stopping);
}

static void
on_runner_state (StrataWindow *self)
{
  update_train (self);
  if (!strata_runner_is_active (self->runner) && strata_runner_get_message (self->runner) != NULL)
    strata_window_warn (self, strata_runner_get_message (self->runner));
}

static void
update_page (StrataWindow *self)
{
  gboolean has_document = self->document != NULL;

  gtk_stack_set_visible_child_name (self->pages, has_document ? "document" : "welcome");
  gtk_widget_set_visible (self->undo_box, has_document);
  gtk_widget_set_visible (self->title_box, has_document);
  gtk_widget_set_visible (self->train_button, has_document);
  adw_view_switcher_title_set_view_switcher_enabled (self->switcher, has_document);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.save", has_document);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.save-as", has_document);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.export-picture", has_document);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.print", has_document);
  update_title (self);
  update_undo (self);
  update_train (self);
}

static void
warn_of_file (StrataWindow *self)
{
  const GPtrArray *warnings = strata_document_get_warnings (self->document);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < warnings->len; i++)
    g_string_append_printf (text, "%s%s.", i > 0 ? "\n" : "", (const char *) g_ptr_array_index (warnings, i));
  if (warnings->len > 0)
    strata_window_warn (self, text->str);
}

/**
 * strata_window_set_document:
 *
 * Shows a document, in a window that has none yet.
 */
void
strata_window_set_document (StrataWindow   *self,
                            StrataDocument *document)
{
  strata_window_set_recovered (self, document, NULL);
}

/**
 * strata_window_set_recovered:
 * @recovery: (nullable): where @document was recovered from
 *
 * Shows a document, in a window that has none yet, and goes on keeping its changes safe.
 */
void
strata_window_set_recovered (StrataWindow   *self,
                             StrataDocument *document,
                             StrataRecovery *recovery)
{
  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
  self->runner = strata_runner_new (document);
  g_signal_connect_object (document, "notify::title", G_CALLBACK (update_title), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::file", G_CALLBACK (update_title), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::modified", G_CALLBACK (update_title), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::undo-label", G_CALLBACK (update_undo), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::redo-label", G_CALLBACK (update_undo), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->runner, "notify::state", G_CALLBACK (on_runner_state), self, G_CONNECT_SWAPPED);

  strata_views_fill (self->views, document, self->runner);
  strata_window_memory_attach (self->views, document);
  update_page (self);
  warn_of_file (self);
  strata_window_keep_safe (self, recovery);
}

StrataDocument *
strata_window_get_document (StrataWindow *self)
{
  return self->document;
}

StrataRunner *
strata_window_get_runner (StrataWindow *self)
{
  return self->runner;
}

/**
 * strata_window_show_view:
 * @name: "design", "train", ...
 */
void
strata_window_show_view (StrataWindow *self,
                         const char   *name)
{
  if (adw_view_stack_get_child_by_name (self->views, name) != NULL)
    adw_view_stack_set_visible_child_name (self->views, name);
}

/* What is on a view that was never seen takes no focus before it has its place. */
static gboolean
bring_focus (gpointer user_data)
{
  StrataWindow *self = user_data;
  GtkWidget *view = adw_view_stack_get_visible_child (self->views), *focus = gtk_window_get_focus (GTK_WINDOW (self));

  self->focus_idle = 0;
  if (view != NULL && focus != NULL && !gtk_widget_get_mapped (focus))
    gtk_widget_child_focus (view, GTK_DIR_TAB_FORWARD);
  return G_SOURCE_REMOVE;
}

static void
on_view_shown (StrataWindow *self)
{
  if (self->focus_idle == 0)
    self->focus_idle = g_idle_add_full (G_PRIORITY_LOW, bring_focus, self, NULL);
}

/**
 * strata_window_open_data:
 * @file: anything
 *
 * Has the network learn from a table, or from a folder with one for each class.
 *
 * Returns: whether it is one
 */
gboolean
strata_window_open_data (StrataWindow *self,
                         GFile        *file)
{
  GtkWidget *data = adw_view_stack_get_child_by_name (self->views, "data");

  if (self->document == NULL || !STRATA_IS_DATA_VIEW (data) || !strata_own_data_is (file))
    return FALSE;
  strata_window_show_view (self, "data");
  strata_data_view_open (STRATA_DATA_VIEW (data), file);
  return TRUE;
}

/* A picture that is dropped where networks are tried is a question. */
static gboolean
take_picture (StrataWindow *self,
              GFile        *file)
{
  GtkWidget *view = self->document != NULL ? adw_view_stack_get_visible_child (self->views) : NULL;
  g_autofree char *name = g_file_get_basename (file), *type = g_content_type_guess (name, NULL, 0, NULL);

  return STRATA_IS_EVALUATE_VIEW (view) && g_str_has_prefix (type, "image/") &&
         strata_evaluate_view_open_picture (STRATA_EVALUATE_VIEW (view), file);
}

static gboolean
on_drop (StrataWindow *self,
         const GValue *value)
{
  GSList *files = g_value_get_boxed (value);

  for (GSList *l = files; l != NULL; l = l->next)
    {
      g_autofree char *uri = g_file_get_uri (l->data);

      if (!take_picture (self, l->data) && !strata_window_open_data (self, l->data))
        gtk_widget_activate_action (GTK_WIDGET (self), "app.open-uri", "s", uri);
    }
  return files != NULL;
}

static gboolean
strata_window_close_request (GtkWindow *window)
{
  StrataWindow *self = STRATA_WINDOW (window);

  if (!strata_window_confirm_close (self))
    return GDK_EVENT_STOP;

  if (self->autosave != NULL)
    strata_autosave_close (self->autosave);
  if (self->settings != NULL)
    {
      int width, height;

      gtk_window_get_default_size (window, &width, &height);
      g_settings_set_int (self->settings, "window-width", width);
      g_settings_set_int (self->settings, "window-height", height);
      g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (window));
    }
  return GTK_WINDOW_CLASS (strata_window_parent_class)->close_request (window);
}

static void
strata_window_dispose (GObject *object)
{
  StrataWindow *self = STRATA_WINDOW (object);

  if (self->runner != NULL)
    strata_runner_stop (self->runner);
  g_clear_object (&self->chooser);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_WINDOW);
  g_clear_object (&self->autosave);
  g_clear_object (&self->monitor);
  g_clear_handle_id (&self->disk_check, g_source_remove);
  g_clear_handle_id (&self->focus_idle, g_source_remove);
  g_clear_pointer (&self->offer, g_free);
  g_clear_pointer (&self->offer_target, g_variant_unref);
  g_clear_object (&self->runner);
  g_clear_object (&self->document);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (strata_window_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/app/strata/Strata/window.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, views);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, undo_box);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, undo_button);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, redo_button);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, title_box);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, title_label);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, state_label);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, train_button);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, train_content);
  gtk_widget_class_bind_template_callback (widget_class, on_offer_taken);
  gtk_widget_class_bind_template_callback (widget_class, on_view_shown);
}

static void
strata_window_class_init (StrataWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = strata_window_close_request;
  g_type_ensure (STRATA_TYPE_BANNER);
  g_type_ensure (STRATA_TYPE_RECENT_POPOVER);
  g_type_ensure (STRATA_TYPE_WELCOME);
  bind_template (widget_class);
  strata_window_class_init_actions (widget_class);
}

static void
strata_window_init (StrataWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (target, "drop", G_CALLBACK (on_drop), self);
  /* Before the canvas: files can be had as text, too, which it would take for the name of a layer. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  update_page (self);
}

/**
 * strata_window_new:
 * @settings: the app's
 *
 * Returns: (transfer none): a window that shows the welcome page
 */
StrataWindow *
strata_window_new (GtkApplication *application,
                   GSettings      *settings)
{
  StrataWindow *self = g_object_new (STRATA_TYPE_WINDOW, "application", application, NULL);

  self->settings = g_object_ref (settings);
  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  return self;
}
