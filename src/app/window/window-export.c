/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "window/window-private.h"

#include <glib/gi18n.h>

#include "canvas/graph-picture.h"
#include "canvas/graph-print.h"
#include "canvas/selection.h"
#include "io/atomic-file.h"

/* What is selected, or nothing for all. */
static GPtrArray *
dup_selected (StrataWindow *self)
{
  g_autoptr (StrataSelection) selection = strata_selection_get (self->document);

  return strata_selection_dup_nodes (selection);
}

static GFile *
with_suffix (GFile *file)
{
  static const char *const suffixes[] = { ".png", ".svg", ".pdf" };
  g_autofree char *path = g_file_get_path (file), *lower = path != NULL ? g_ascii_strdown (path, -1) : NULL;
  g_autofree char *full = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (lower == NULL || g_str_has_suffix (lower, suffixes[i]))
      return g_object_ref (file);
  full = g_strconcat (path, ".png", NULL);
  return g_file_new_for_path (full);
}

static void
write_picture (StrataWindow *self,
               GFile        *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autoptr (GPtrArray) nodes = dup_selected (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = path != NULL ? strata_graph_picture_export (self->document, nodes, path, &error) : NULL;

  if (path == NULL)
    strata_window_report (self, _("The picture could not be saved"), _("The place is not on this computer"));
  else if (bytes == NULL || !strata_file_write (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error))
    strata_window_report (self, _("The picture could not be saved"), error->message);
  else
    strata_window_notify (self, _("Picture saved"));
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

      write_picture (self, file);
    }
  g_clear_object (&self->chooser);
}

/**
 * strata_window_export_picture: (skip)
 *
 * Asks where to save the network, or what of it is selected, as a picture.
 */
void
strata_window_export_picture (StrataWindow *self)
{
  static const struct
  {
    const char *name, *pattern;
  } kinds[] = { { N_("PNG image"), "*.png" }, { N_("SVG drawing"), "*.svg" }, { N_("PDF document"), "*.pdf" } };
  g_autofree char *title = g_strdelimit (g_strdup (strata_document_get_title (self->document)), "/", '-');
  g_autofree char *name = g_strconcat (title, ".png", NULL);

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_("Save a Picture"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE,
                                               _("_Save"), _("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

      gtk_file_filter_set_name (filter, _(kinds[i].name));
      gtk_file_filter_add_pattern (filter, kinds[i].pattern);
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
    }
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/**
 * strata_window_print: (skip)
 *
 * Asks for a printer, and prints the network.
 */
void
strata_window_print (StrataWindow *self)
{
  g_autoptr (GtkPrintOperation) operation = strata_graph_print_new (self->document);
  g_autoptr (GError) error = NULL;

  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (self),
                               &error) == GTK_PRINT_OPERATION_RESULT_ERROR)
    strata_window_report (self, _("The network could not be printed"), error->message);
}
