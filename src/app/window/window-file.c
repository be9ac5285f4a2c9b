/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "window/window-private.h"

#include <glib/gi18n.h>

#include "document/file.h"
#include "window/recent.h"

static void
on_failure_response (StrataWindow *self,
                     const char   *response)
{
  if (g_str_equal (response, "save-as"))
    strata_window_save_as (self);
}

/* A full disk or a folder that can only be read is a matter of another place. */
static void
report_failure (StrataWindow *self,
                const GError *error)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (self),
                                                                         _("The network could not be saved"),
                                                                         error->message));

  self->closes = FALSE;
  adw_message_dialog_add_responses (dialog, "close", _("_Close"), "save-as", _("Save _As…"), NULL);
  adw_message_dialog_set_default_response (dialog, "save-as");
  adw_message_dialog_set_close_response (dialog, "close");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_failure_response), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (StrataWindow) self = STRATA_WINDOW (user_data);
  g_autoptr (GError) error = NULL;
  gboolean is_draft;

  self->n_saves--;
  if (!strata_document_save_finish (STRATA_DOCUMENT (source), result, &is_draft, &error))
    {
      report_failure (self, error);
      return;
    }

  strata_recent_add (strata_document_get_file (STRATA_DOCUMENT (source)));
  if (self->closes)
    gtk_window_close (GTK_WINDOW (self));
  else if (is_draft)
    strata_window_warn (self, _("Saved as a draft: Keras can open the file once the network has no errors."));
  else
    strata_window_notify (self, _("Saved"));
}

static void
save_to (StrataWindow *self,
         GFile        *file)
{
  self->n_saves++;
  strata_document_save_async (self->document, file, on_saved, g_object_ref (self));
}

static GFile *
with_suffix (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *full = g_strconcat (name, ".keras", NULL);

  if (g_str_has_suffix (name, ".keras") || folder == NULL)
    return g_object_ref (file);
  return g_file_get_child (folder, full);
}

static void
on_chosen (GtkNativeDialog *dialog,
           int              response,
           gpointer         user_data)
{
  StrataWindow *self = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) chosen = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autoptr (GFile) file = with_suffix (chosen);

      save_to (self, file);
    }
  else
    self->closes = FALSE;
  g_clear_object (&self->chooser);
}

static char *
make_name (StrataWindow *self)
{
  g_autofree char *title = g_strdup (strata_document_get_title (self->document));

  return g_strconcat (g_strdelimit (title, "/", '-'), ".keras", NULL);
}

/**
 * strata_window_save_as:
 *
 * Asks where to save the document, and saves it there.
 */
void
strata_window_save_as (StrataWindow *self)
{
  GFile *file = strata_document_get_file (self->document);
  g_autofree char *name = make_name (self);

  if (self->chooser != NULL)
    return;

  self->chooser = gtk_file_chooser_native_new (_("Save the Network"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE,
                                               _("_Save"), _("_Cancel"));
  if (file != NULL)
    gtk_file_chooser_set_file (GTK_FILE_CHOOSER (self->chooser), file, NULL);
  else
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_replace_response (StrataWindow *self,
                     const char   *response)
{
  if (g_str_equal (response, "replace"))
    save_to (self, strata_document_get_file (self->document));
  else if (g_str_equal (response, "save-as"))
    strata_window_save_as (self);
  else
    self->closes = FALSE;
}

/* What another program has written is lost only if the user says so. */
static void
ask_replace (StrataWindow *self)
{
  g_autofree char *body = g_strdup_printf (_("Another program has changed the file of “%s” since it was opened here. "
                                             "Replacing it loses those changes."),
                                           strata_document_get_title (self->document));
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (self),
                                                                         _("Replace the file?"), body));

  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "save-as", _("Save _As…"), "replace",
                                    _("_Replace"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "replace", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "save-as");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_replace_response), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * strata_window_save:
 *
 * Saves the document where it came from, or asks where.
 */
void
strata_window_save (StrataWindow *self)
{
  GFile *file = strata_document_get_file (self->document);

  if (file == NULL)
    strata_window_save_as (self);
  else if (strata_document_is_outdated (self->document))
    ask_replace (self);
  else
    save_to (self, file);
}

static void
on_close_response (StrataWindow *self,
                   const char   *response)
{
  if (g_str_equal (response, "discard"))
    {
      self->closes = TRUE;
      gtk_window_close (GTK_WINDOW (self));
    }
  else if (g_str_equal (response, "save"))
    {
      self->closes = TRUE;
      strata_window_save (self);
    }
}

/**
 * strata_window_confirm_close:
 *
 * Returns: whether the window may close now; else the user is asked, and it closes later
 */
gboolean
strata_window_confirm_close (StrataWindow *self)
{
  g_autofree char *body = NULL;
  AdwMessageDialog *dialog;

  if (self->closes || self->document == NULL || !strata_document_get_modified (self->document))
    return TRUE;

  body = g_strdup_printf (_("“%s” has changes that are not saved. They are lost for good if they are discarded."),
                          strata_document_get_title (self->document));
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (self), _("Save changes?"), body));
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "discard", _("_Discard"), "save", _("_Save"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "save");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_close_response), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
  return FALSE;
}
