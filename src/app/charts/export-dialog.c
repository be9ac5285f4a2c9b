/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charts/export-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "charts/export.h"

/* A dialog under way: it keeps the chart, and the chooser, which nothing else holds. */
typedef struct
{
  StrataChart *chart;
  GtkFileChooserNative *chooser;
  GtkWindow *window;
  GtkFileFilter *filters[STRATA_CHART_N_FORMATS];
} Export;

static const struct
{
  const char *id;
  const char *title;
  int width, height;
} sizes[] = {
  { "text", N_("For a text (640 × 400)"), 640, 400 },
  { "slide", N_("For a slide (960 × 540)"), 960, 540 },
  { "poster", N_("For a poster (1600 × 1000)"), 1600, 1000 },
};

static void
export_free (Export *self)
{
  g_object_unref (self->chart);
  gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_object_unref (self->chooser);
  g_clear_object (&self->window);
  g_free (self);
}

static void
show_error (GtkWindow    *window,
            GFile        *file,
            const GError *error)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *heading = g_strdup_printf (_("“%s” was not written"), name);
  GtkWidget *dialog = adw_message_dialog_new (window, heading, error->message);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* What the name says, or else the filter; the name then gets its ending. */
static GFile *
get_target (Export            *self,
            StrataChartFormat *format)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *longer = NULL;
  g_autoptr (GFile) parent = NULL;

  if (strata_chart_format_from_name (name, format))
    return g_steal_pointer (&file);
  *format = STRATA_CHART_PNG;
  for (guint i = 0; i < STRATA_CHART_N_FORMATS; i++)
    if (gtk_file_chooser_get_filter (GTK_FILE_CHOOSER (self->chooser)) == self->filters[i])
      *format = i;
  parent = g_file_get_parent (file);
  longer = g_strconcat (name, strata_chart_format_get_suffix (*format), NULL);
  return g_file_get_child (parent, longer);
}

static void
write_done_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (GtkWindow) window = data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    show_error (window, G_FILE (source), error);
}

static void
save (Export *self)
{
  StrataChartFormat format;
  g_autoptr (GFile) file = get_target (self, &format);
  const char *choice = gtk_file_chooser_get_choice (GTK_FILE_CHOOSER (self->chooser), "size");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  guint size = 1;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (g_strcmp0 (choice, sizes[i].id) == 0)
      size = i;
  bytes = strata_chart_export (self->chart, format, sizes[size].width, sizes[size].height, &error);
  if (bytes == NULL)
    show_error (self->window, file, error);
  else
    g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL, write_done_cb,
                                         self->window != NULL ? g_object_ref (self->window) : NULL);
}

static void
response_cb (Export *self,
             int     response)
{
  if (response == GTK_RESPONSE_ACCEPT)
    save (self);
  export_free (self);
}

static void
add_filters (Export *self)
{
  for (guint i = 0; i < STRATA_CHART_N_FORMATS; i++)
    {
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

      gtk_file_filter_set_name (filter, strata_chart_format_get_title (i));
      gtk_file_filter_add_mime_type (filter, strata_chart_format_get_mime_type (i));
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
      self->filters[i] = filter;
    }
}

static void
add_sizes (Export *self)
{
  const char *ids[G_N_ELEMENTS (sizes) + 1] = { NULL }, *titles[G_N_ELEMENTS (sizes) + 1] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      ids[i] = sizes[i].id;
      titles[i] = _(sizes[i].title);
    }
  gtk_file_chooser_add_choice (GTK_FILE_CHOOSER (self->chooser), "size", _("Size"), ids, titles);
  gtk_file_chooser_set_choice (GTK_FILE_CHOOSER (self->chooser), "size", "slide");
}

/**
 * strata_chart_export_dialog_show:
 * @chart: a chart
 * @parent: a widget of the window it is seen in
 *
 * Asks where a chart goes, and writes it there, as the ending of the name says.
 */
void
strata_chart_export_dialog_show (StrataChart *chart,
                                 GtkWidget   *parent)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  g_autofree char *title = strata_chart_dup_title (chart);
  g_autofree char *name = g_strconcat (title, ".png", NULL);
  Export *self = g_new0 (Export, 1);

  self->chart = g_object_ref (chart);
  self->window = GTK_IS_WINDOW (root) ? g_object_ref (GTK_WINDOW (root)) : NULL;
  self->chooser = gtk_file_chooser_native_new (_("Export chart"), self->window, GTK_FILE_CHOOSER_ACTION_SAVE,
                                               _("_Export"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  add_filters (self);
  add_sizes (self);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_swapped (self->chooser, "response", G_CALLBACK (response_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}
