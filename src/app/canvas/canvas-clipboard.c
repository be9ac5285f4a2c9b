/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/canvas-private.h"
#include "canvas/metrics.h"

/* How far from the original a copy lies. */
#define OFFSET (4 * STRATA_GRID)

/* Returns: (nullable): text for what is selected */
static char *
copy_selection (StrataCanvas *self)
{
  g_autoptr (GPtrArray) nodes = strata_selection_dup_nodes (self->selection);
  g_autoptr (GPtrArray) notes = strata_selection_dup_notes (self->selection);

  return nodes->len + notes->len > 0 ? strata_document_copy (self->document, nodes, notes) : NULL;
}

static gboolean
copy (StrataCanvas *self)
{
  g_autofree char *text = copy_selection (self);

  if (text == NULL)
    return FALSE;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  self->paste_count = 0;
  return TRUE;
}

static void
copy_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  copy (STRATA_CANVAS (widget));
}

static void
cut_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  if (copy (STRATA_CANVAS (widget)))
    gtk_widget_activate_action (widget, "canvas.delete", NULL);
}

static void
paste_text (StrataCanvas *self,
            const char   *text,
            double        offset)
{
  const GPtrArray *notes = strata_document_get_notes (self->document);
  g_autoptr (GPtrArray) new_notes = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  guint scope = self->scope != NULL ? strata_doc_node_get_id (self->scope) : 0, n_notes = notes->len;
  gboolean is_first = strata_document_get_nodes (self->document)->len == 0;
  g_autoptr (GPtrArray) nodes = strata_document_paste (self->document, text, offset, offset, &error);

  if (nodes == NULL)
    {
      strata_canvas_notice (self, error->message);
      return;
    }
  for (guint i = n_notes; i < notes->len; i++)
    if (strata_doc_note_get_look (g_ptr_array_index (notes, i))->group == scope)
      g_ptr_array_add (new_notes, g_ptr_array_index (notes, i));
  strata_selection_set_all (self->selection, nodes, new_notes);
  if (is_first)
    strata_canvas_zoom_to_fit (self);
  else if (nodes->len > 0)
    strata_canvas_reveal (self, g_ptr_array_index (nodes, 0));
}

/* A copy of each comes a step further down, so that none hides another. */
static void
text_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (StrataCanvas) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);

  if (self->document == NULL)
    return;
  if (text == NULL)
    {
      if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
        strata_canvas_notice (self, error->message);
      return;
    }
  paste_text (self, text, OFFSET * ++self->paste_count);
}

static void
paste_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, text_read_cb, g_object_ref (widget));
}

static void
duplicate_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  StrataCanvas *self = STRATA_CANVAS (widget);
  g_autofree char *text = copy_selection (self);

  if (text != NULL)
    paste_text (self, text, OFFSET);
}

void
strata_canvas_class_init_clipboard (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "canvas.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "canvas.cut", NULL, cut_cb);
  gtk_widget_class_install_action (widget_class, "canvas.paste", NULL, paste_cb);
  gtk_widget_class_install_action (widget_class, "canvas.duplicate", NULL, duplicate_cb);
}
