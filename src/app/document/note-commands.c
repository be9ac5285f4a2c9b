/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/note-private.h"

#include <glib/gi18n.h>

#include "document/document-private.h"
#include "document/node-private.h"

/* In the open step, gives a note another look, or takes it out where that is %NULL. */
static void
change (StrataDocument       *self,
        StrataDocNote        *note,
        const StrataNoteLook *look,
        const char           *key)
{
  StrataEdit *edit = strata_edit_new (STRATA_EDIT_NOTE);

  edit->note = g_object_ref (note);
  edit->key = g_strdup (key);
  edit->looks[0] = strata_note_look_copy (note->look);
  edit->looks[1] = look != NULL ? strata_note_look_copy (look) : NULL;
  g_ptr_array_find (self->notes, note, &edit->index);
  strata_document_do (self, edit);
}

/* Adds a note in the open step. */
void
strata_document_insert_note (StrataDocument       *self,
                             guint                 id,
                             StrataNoteKind        kind,
                             const StrataNoteLook *look)
{
  StrataEdit *edit = strata_edit_new (STRATA_EDIT_NOTE);

  edit->note = strata_doc_note_new (id, kind, look);
  edit->looks[1] = strata_note_look_copy (look);
  edit->index = self->notes->len;
  strata_document_do (self, edit);
}

/**
 * strata_document_add_note:
 * @look: what it looks like; it comes into what is looked into
 *
 * Returns: (transfer none): the new note
 */
StrataDocNote *
strata_document_add_note (StrataDocument       *self,
                          StrataNoteKind        kind,
                          const StrataNoteLook *look)
{
  StrataNoteLook placed = *look;

  placed.group = self->place != NULL ? self->place->id : 0;
  strata_document_begin_group (self, kind == STRATA_NOTE_FRAME ? _("Add frame") : _("Add note"));
  strata_document_insert_note (self, strata_document_take_id (self), kind, &placed);
  strata_document_end_group (self);
  return g_ptr_array_index (self->notes, self->notes->len - 1);
}

/**
 * strata_document_change_note:
 * @look: what it shall look like
 *
 * Moves a note, makes it larger or smaller, or gives it another text or colour.
 */
void
strata_document_change_note (StrataDocument       *self,
                             StrataDocNote        *note,
                             const StrataNoteLook *look)
{
  const StrataNoteLook *before = note->look;
  gboolean resized = look->width != before->width || look->height != before->height;

  if (!g_str_equal (look->text, before->text))
    strata_document_begin_group (self, note->kind == STRATA_NOTE_FRAME ? _("Change title") : _("Change note"));
  else if (look->color != before->color)
    strata_document_begin_group (self, _("Change color"));
  else if (resized || look->x != before->x || look->y != before->y || look->group != before->group)
    strata_document_begin_group (self, resized ? _("Resize") : _("Move"));
  else
    return;
  change (self, note, look, NULL);
  strata_document_end_group (self);
}

void
strata_document_set_note_text (StrataDocument *self,
                               StrataDocNote  *note,
                               const char     *text)
{
  StrataNoteLook look = *note->look;

  look.text = (char *) text;
  strata_document_change_note (self, note, &look);
}

/**
 * strata_document_color_notes:
 * @notes: (element-type StrataDocNote): which
 */
void
strata_document_color_notes (StrataDocument  *self,
                             GPtrArray       *notes,
                             StrataNoteColor  color)
{
  strata_document_begin_group (self, _("Change color"));
  for (guint i = 0; i < notes->len; i++)
    {
      StrataDocNote *note = g_ptr_array_index (notes, i);
      StrataNoteLook look = *note->look;

      look.color = color;
      if (look.color != note->look->color)
        change (self, note, &look, NULL);
    }
  strata_document_end_group (self);
}

/**
 * strata_document_regroup_notes:
 * @notes: (element-type StrataDocNote): which
 * @group: (nullable): where they shall be seen
 */
void
strata_document_regroup_notes (StrataDocument *self,
                               GPtrArray      *notes,
                               StrataDocNode  *group)
{
  strata_document_begin_group (self, _("Group"));
  for (guint i = 0; i < notes->len; i++)
    {
      StrataNoteLook look = *((StrataDocNote *) g_ptr_array_index (notes, i))->look;

      look.group = group != NULL ? group->id : 0;
      change (self, g_ptr_array_index (notes, i), &look, NULL);
    }
  strata_document_end_group (self);
}

/**
 * strata_document_move_all:
 * @nodes: (element-type StrataDocNode): which nodes and groups
 * @notes: (element-type StrataDocNote): which notes and frames
 *
 * Like strata_document_move_nodes().
 */
void
strata_document_move_all (StrataDocument *self,
                          GPtrArray      *nodes,
                          GPtrArray      *notes,
                          double          dx,
                          double          dy)
{
  strata_document_begin_group (self, _("Move"));
  strata_document_move_nodes (self, nodes, dx, dy);
  for (guint i = 0; i < notes->len; i++)
    {
      StrataNoteLook look = *((StrataDocNote *) g_ptr_array_index (notes, i))->look;

      look.x += dx;
      look.y += dy;
      change (self, g_ptr_array_index (notes, i), &look, "place");
    }
  strata_document_end_group (self);
}

/**
 * strata_document_remove_all:
 * @nodes: (element-type StrataDocNode): which nodes and groups
 * @notes: (element-type StrataDocNote): which notes and frames; what a frame holds stays
 */
void
strata_document_remove_all (StrataDocument *self,
                            GPtrArray      *nodes,
                            GPtrArray      *notes)
{
  if (notes->len == 0)
    {
      strata_document_remove_nodes (self, nodes);
      return;
    }
  strata_document_begin_group (self, nodes->len > 0 ? _("Remove") : _("Remove note"));
  strata_document_remove_nodes (self, nodes);
  for (guint i = 0; i < notes->len; i++)
    if (g_ptr_array_find (self->notes, g_ptr_array_index (notes, i), NULL))
      change (self, g_ptr_array_index (notes, i), NULL, NULL);
  strata_document_end_group (self);
}

/* What was written inside groups goes with them. */
void
strata_document_remove_notes_of (StrataDocument *self,
                                 GPtrArray      *groups)
{
  for (guint i = 0; i < groups->len; i++)
    {
      g_autoptr (GPtrArray) notes = NULL;

      if (!strata_doc_node_is_group (g_ptr_array_index (groups, i)))
        continue;
      notes = strata_document_dup_notes (self, g_ptr_array_index (groups, i));
      for (guint j = notes->len; j > 0; j--)
        change (self, g_ptr_array_index (notes, j - 1), NULL, NULL);
    }
}

/* Frames around what is laid out anew */

/**
 * strata_document_survey_frames: (skip)
 *
 * Returns: (transfer full): the frames there, and a list of the nodes that each holds
 */
GHashTable *
strata_document_survey_frames (StrataDocument *self,
                               StrataDocNode  *scope)
{
  GHashTable *held = g_hash_table_new_full (NULL, NULL, g_object_unref, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) notes = strata_document_dup_notes (self, scope);

  for (guint i = 0; i < notes->len; i++)
    {
      g_autoptr (GPtrArray) ignored = g_ptr_array_new_with_free_func (g_object_unref);
      GPtrArray *nodes = g_ptr_array_new_with_free_func (g_object_unref);

      strata_document_collect_held (self, g_ptr_array_index (notes, i), nodes, ignored);
      g_hash_table_insert (held, g_object_ref (g_ptr_array_index (notes, i)), nodes);
    }
  return held;
}

static void
fit_frame (StrataDocument *self,
           StrataDocNote  *frame,
           GPtrArray      *nodes)
{
  double left = G_MAXDOUBLE, top = G_MAXDOUBLE, right = -G_MAXDOUBLE, bottom = -G_MAXDOUBLE;
  StrataNoteLook look = *frame->look;

  for (guint i = 0; i < nodes->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (nodes, i);

      left = MIN (left, node->x);
      top = MIN (top, node->y);
      right = MAX (right, node->x + strata_doc_node_get_width (node));
      bottom = MAX (bottom, node->y + strata_doc_node_get_height (node));
    }
  look.x = left - STRATA_FRAME_MARGIN;
  look.y = top - STRATA_FRAME_TITLE;
  look.width = right - left + 2 * STRATA_FRAME_MARGIN;
  look.height = bottom - look.y + STRATA_FRAME_BELOW;
  change (self, frame, &look, NULL);
}

/**
 * strata_document_fit_frames: (skip)
 * @held: what strata_document_survey_frames() found before nodes went elsewhere
 *
 * Puts frames around what they held, in the open step.
 */
void
strata_document_fit_frames (StrataDocument *self,
                            GHashTable     *held)
{
  for (guint i = 0; i < self->notes->len; i++)
    {
      GPtrArray *nodes = g_hash_table_lookup (held, g_ptr_array_index (self->notes, i));

      if (nodes != NULL && nodes->len > 0)
        fit_frame (self, g_ptr_array_index (self->notes, i), nodes);
    }
}
