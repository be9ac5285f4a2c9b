/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n.h>
#include <math.h>

#include "canvas/canvas-private.h"
#include "canvas/in-place.h"
#include "canvas/metrics.h"
#include "canvas/note-draw.h"

/* Names and notes are written where they are shown. From afar, what one writes in is as large as can be read. */
#define LEAST_SCALE 0.85
/* Where a card's name is, a little larger. */
#define NAME_LEFT (STRATA_NODE_PADDING + 16 + 2)
#define NAME_TOP 4
/* A line, and what is around it. */
#define LINE_HEIGHT 25

static gboolean
rename_node (const char  *text,
             gpointer     user_data,
             GError     **error)
{
  StrataCanvas *self = user_data;

  return strata_document_rename (self->document, STRATA_DOC_NODE (self->edited), text, error);
}

/* A note grows with what is written on it. */
static gboolean
write_note (const char  *text,
            gpointer     user_data,
            GError     **error)
{
  StrataCanvas *self = user_data;
  StrataDocNote *note = STRATA_DOC_NOTE (self->edited);
  StrataNoteLook look = *strata_doc_note_get_look (note);
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));

  look.text = (char *) text;
  if (strata_doc_note_get_kind (note) == STRATA_NOTE_TEXT)
    look.height = MAX (look.height, STRATA_GRID * ceil (strata_note_measure (context, text, look.width) / STRATA_GRID));
  strata_document_end_coalescing (self->document);
  strata_document_change_note (self->document, note, &look);
  strata_document_end_coalescing (self->document);
  return TRUE;
}

/* What is edited, in the canvas's units. */
static void
get_area (StrataCanvas    *self,
          graphene_rect_t *area)
{
  if (STRATA_IS_DOC_NODE (self->edited))
    {
      gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

      strata_canvas_get_card_area (self, STRATA_DOC_NODE (self->edited), area);
      area->origin.x += mirrored ? STRATA_NODE_PADDING - 6 : NAME_LEFT;
      area->origin.y += NAME_TOP;
      area->size.width -= NAME_LEFT + STRATA_NODE_PADDING - 6;
      area->size.height = LINE_HEIGHT;
      return;
    }
  strata_canvas_get_note_area (self, STRATA_DOC_NOTE (self->edited), area);
  if (strata_doc_note_get_kind (STRATA_DOC_NOTE (self->edited)) == STRATA_NOTE_FRAME)
    {
      graphene_rect_inset (area, 6, 2);
      area->size.height = LINE_HEIGHT;
    }
}

/**
 * strata_canvas_allocate_editor: (skip)
 *
 * Keeps what one writes in where it belongs while the canvas moves below it.
 */
void
strata_canvas_allocate_editor (StrataCanvas *self)
{
  double scale = MAX (self->viewport.scale, LEAST_SCALE * self->text_scale);
  graphene_point_t corner;
  graphene_rect_t area;
  int width, height;

  if (self->editor == NULL)
    return;
  get_area (self, &area);
  strata_viewport_to_widget (&self->viewport, &area.origin, &corner);
  gtk_widget_measure (self->editor, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  width = MAX (width, (int) area.size.width);
  gtk_widget_measure (self->editor, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  gtk_widget_allocate (self->editor, width, MAX (height, (int) area.size.height), -1,
                       gsk_transform_scale (gsk_transform_translate (NULL, &corner), scale, scale));
}

static gboolean
unparent_cb (gpointer editor)
{
  if (gtk_widget_get_parent (editor) != NULL)
    gtk_widget_unparent (editor);
  return G_SOURCE_REMOVE;
}

/* The focus goes back to what was edited, unless it went elsewhere by itself. */
static void
ended_cb (StrataCanvas *self)
{
  GtkWidget *editor = g_steal_pointer (&self->editor);
  g_autoptr (GObject) edited = g_steal_pointer (&self->edited);
  GtkWidget *card = STRATA_IS_DOC_NODE (edited) ? g_hash_table_lookup (self->cards, edited)
                                                : g_hash_table_lookup (self->notes, edited);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  if (focus != NULL && gtk_widget_is_ancestor (focus, editor))
    gtk_widget_grab_focus (card != NULL ? card : GTK_WIDGET (self));
  gtk_widget_hide (editor);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_cb, g_object_ref (editor), g_object_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
begin (StrataCanvas      *self,
       gpointer           edited,
       const char        *text,
       const char        *label,
       gboolean           has_lines,
       StrataInPlaceFunc  accept)
{
  strata_canvas_end_editing (self, TRUE);
  self->edited = g_object_ref (edited);
  self->space_held = FALSE;
  self->editor = strata_in_place_new (text, label, has_lines, accept, self);
  g_signal_connect_object (self->editor, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->editor, GTK_WIDGET (self));
  gtk_widget_grab_focus (strata_in_place_get_text (STRATA_IN_PLACE (self->editor)));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * strata_canvas_edit_name: (skip)
 *
 * Lets the user write another name on a card.
 */
void
strata_canvas_edit_name (StrataCanvas  *self,
                         StrataDocNode *node)
{
  begin (self, node, strata_doc_node_get_name (node), _("Name of the layer"), FALSE, rename_node);
}

/**
 * strata_canvas_edit_note: (skip)
 *
 * Lets the user write on a note, or the title of a frame.
 */
void
strata_canvas_edit_note (StrataCanvas  *self,
                         StrataDocNote *note)
{
  gboolean frame = strata_doc_note_get_kind (note) == STRATA_NOTE_FRAME;

  begin (self, note, strata_doc_note_get_look (note)->text, frame ? _("Title of the frame") : _("Note"),
         !frame, write_note);
}

/**
 * strata_canvas_end_editing: (skip)
 * @accept: whether what was written is taken over, if it may be
 */
void
strata_canvas_end_editing (StrataCanvas *self,
                           gboolean      accept)
{
  if (self->editor != NULL)
    strata_in_place_finish (STRATA_IN_PLACE (self->editor), accept);
}
