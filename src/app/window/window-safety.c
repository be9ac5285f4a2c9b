/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "window/window-private.h"

#include <glib/gi18n.h>

#include "document/file.h"

/* Programs write in several steps. */
#define SETTLE_MS 500

/* Said once, for as long as it lasts; editing goes on. */
static void
on_problem (StrataWindow *self)
{
  const char *problem = strata_autosave_get_problem (self->autosave);

  if (problem != NULL)
    {
      g_autofree char *text =
        g_strdup_printf (_("Changes cannot be kept safe while you edit, so save them yourself now and then. %s."),
                         problem);

      strata_window_warn (self, text);
    }
  else if (self->warns_of_copies)
    strata_banner_hide (self->banner);
  self->warns_of_copies = problem != NULL;
}

static void
offer_reload (StrataWindow *self)
{
  /* Translators: %s is what a network is called. */
  g_autofree char *text = g_strdup_printf (_("Another program has changed the file of “%s”."),
                                           strata_document_get_title (self->document));

  strata_window_offer (self, text, _("_Open Again"), "win.reload", NULL);
}

/* What is being saved now changes the file, too. */
static gboolean
check_disk (gpointer user_data)
{
  StrataWindow *self = user_data;

  if (self->n_saves > 0)
    return G_SOURCE_CONTINUE;
  self->disk_check = 0;
  if (strata_document_is_outdated (self->document))
    offer_reload (self);
  return G_SOURCE_REMOVE;
}

static void
on_disk_changed (StrataWindow *self)
{
  if (self->disk_check == 0)
    self->disk_check = g_timeout_add (SETTLE_MS, check_disk, self);
}

static void
watch (StrataWindow *self)
{
  GFile *file = strata_document_get_file (self->document);

  g_clear_object (&self->monitor);
  if (file == NULL)
    return;
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (on_disk_changed), self, G_CONNECT_SWAPPED);
}

/**
 * strata_window_keep_safe: (skip)
 * @recovery: (nullable): where the document was recovered from
 *
 * From now on, changes of the document are kept when the program is killed, and those that
 * other programs make to its file are told.
 */
void
strata_window_keep_safe (StrataWindow   *self,
                         StrataRecovery *recovery)
{
  self->autosave = strata_autosave_new (self->document, recovery);
  g_signal_connect_object (self->autosave, "notify::problem", G_CALLBACK (on_problem), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "notify::file", G_CALLBACK (watch), self, G_CONNECT_SWAPPED);
  watch (self);
}

/**
 * strata_window_report: (skip)
 *
 * Says what went wrong, until it is closed.
 */
void
strata_window_report (StrataWindow *self,
                      const char   *heading,
                      const char   *body)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* A window shows one document for life, so another one takes its place. */
static void
on_reloaded (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (StrataWindow) self = STRATA_WINDOW (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataDocument) document = strata_document_load_finish (result, &error);
  StrataWindow *window;

  if (document == NULL)
    {
      strata_window_report (self, _("The file could not be opened again"), error->message);
      return;
    }
  window = strata_window_new (gtk_window_get_application (GTK_WINDOW (self)), self->settings);
  strata_window_set_document (window, document);
  strata_window_show_view (window, adw_view_stack_get_visible_child_name (self->views));
  gtk_window_present (GTK_WINDOW (window));
  self->closes = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
reload (StrataWindow *self)
{
  GFile *file = strata_document_get_file (self->document);

  if (file != NULL)
    strata_document_load_async (file, NULL, on_reloaded, g_object_ref (self));
}

static void
on_reload_response (StrataWindow *self,
                    const char   *response)
{
  if (g_str_equal (response, "reload"))
    reload (self);
  else if (strata_document_is_outdated (self->document))
    offer_reload (self);
}

/**
 * strata_window_reload: (skip)
 *
 * Opens the document's file as it is now, once the user has agreed to lose what is not saved.
 */
void
strata_window_reload (StrataWindow *self)
{
  AdwMessageDialog *dialog;

  if (!strata_document_get_modified (self->document))
    {
      reload (self);
      return;
    }
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (self), _("Open the file again?"),
                                                       _("The changes that you have made here and not saved "
                                                         "are lost.")));
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "reload", _("_Open Again"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "reload", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_reload_response), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}
