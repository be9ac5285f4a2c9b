/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/note-private.h"

#include "document/document-private.h"
#include "document/node-private.h"

/**
 * StrataDocNote:
 *
 * What someone wrote on the canvas, or a frame around some layers. The model knows nothing of either.
 */
G_DEFINE_FINAL_TYPE (StrataDocNote, strata_doc_note, G_TYPE_OBJECT)

/* As files have them. */
static const char *const color_names[STRATA_NOTE_N_COLORS] = { "yellow", "orange", "green", "blue", "purple", "grey" };

static void
strata_doc_note_finalize (GObject *object)
{
  strata_note_look_free (STRATA_DOC_NOTE (object)->look);

  G_OBJECT_CLASS (strata_doc_note_parent_class)->finalize (object);
}

static void
strata_doc_note_class_init (StrataDocNoteClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_doc_note_finalize;
}

static void
strata_doc_note_init (StrataDocNote *self)
{
}

StrataDocNote *
strata_doc_note_new (guint                 id,
                     StrataNoteKind        kind,
                     const StrataNoteLook *look)
{
  StrataDocNote *self = g_object_new (STRATA_TYPE_DOC_NOTE, NULL);

  self->id = id;
  self->kind = kind;
  self->look = strata_note_look_copy (look);
  return self;
}

StrataNoteLook *
strata_note_look_copy (const StrataNoteLook *look)
{
  StrataNoteLook *copy = g_memdup2 (look, sizeof *look);

  copy->text = g_strdup (look->text != NULL ? look->text : "");
  return copy;
}

void
strata_note_look_free (StrataNoteLook *look)
{
  g_free (look->text);
  g_free (look);
}

const char *
strata_note_color_get_name (StrataNoteColor color)
{
  return color_names[color];
}

/**
 * strata_note_color_parse:
 * @color: (out): left as it is where there is no such colour
 */
gboolean
strata_note_color_parse (const char      *name,
                         StrataNoteColor *color)
{
  for (guint i = 0; i < STRATA_NOTE_N_COLORS; i++)
    if (g_strcmp0 (name, color_names[i]) == 0)
      {
        *color = i;
        return TRUE;
      }
  return FALSE;
}

guint
strata_doc_note_get_id (StrataDocNote *self)
{
  return self->id;
}

StrataNoteKind
strata_doc_note_get_kind (StrataDocNote *self)
{
  return self->kind;
}

/**
 * strata_doc_note_get_look: (skip)
 *
 * Returns: (transfer none): what it looks like until it changes
 */
const StrataNoteLook *
strata_doc_note_get_look (StrataDocNote *self)
{
  return self->look;
}

/**
 * strata_document_get_notes:
 *
 * Returns: (transfer none) (element-type StrataDocNote): all notes and frames, in order of making
 */
const GPtrArray *
strata_document_get_notes (StrataDocument *self)
{
  return self->notes;
}

/**
 * strata_document_get_note:
 *
 * Returns: (transfer none) (nullable): the note of that number
 */
StrataDocNote *
strata_document_get_note (StrataDocument *self,
                          guint           id)
{
  for (guint i = 0; i < self->notes->len; i++)
    if (((StrataDocNote *) g_ptr_array_index (self->notes, i))->id == id)
      return g_ptr_array_index (self->notes, i);
  return NULL;
}

/**
 * strata_document_dup_notes:
 * @scope: (nullable): a group, or %NULL for the whole network
 *
 * Returns: (transfer full) (element-type StrataDocNote): the notes and frames that one sees there
 */
GPtrArray *
strata_document_dup_notes (StrataDocument *self,
                           StrataDocNode  *scope)
{
  GPtrArray *notes = g_ptr_array_new_with_free_func (g_object_unref);
  guint group = scope != NULL ? scope->id : 0;

  for (guint i = 0; i < self->notes->len; i++)
    if (((StrataDocNote *) g_ptr_array_index (self->notes, i))->look->group == group)
      g_ptr_array_add (notes, g_object_ref (g_ptr_array_index (self->notes, i)));
  return notes;
}

/* What has its middle on a frame is held by it. */
static gboolean
holds (const StrataNoteLook *frame,
       double                x,
       double                y,
       double                width,
       double                height)
{
  double dx = x + width / 2 - frame->x, dy = y + height / 2 - frame->y;

  return dx >= 0 && dy >= 0 && dx < frame->width && dy < frame->height;
}

static gboolean
add_once (GPtrArray *list,
          gpointer   object)
{
  if (g_ptr_array_find (list, object, NULL))
    return FALSE;
  g_ptr_array_add (list, g_object_ref (object));
  return TRUE;
}

/**
 * strata_document_collect_held:
 * @frame: a frame; a note holds nothing
 * @nodes: (element-type StrataDocNode): gets the nodes and groups that lie on it, but for those that it has
 * @notes: (element-type StrataDocNote): gets the notes on it, and what frames among them hold
 *
 * What moves with a frame.
 */
void
strata_document_collect_held (StrataDocument *self,
                              StrataDocNote  *frame,
                              GPtrArray      *nodes,
                              GPtrArray      *notes)
{
  const StrataNoteLook *look = frame->look;
  StrataDocNode *scope = look->group != 0 ? strata_document_get_node (self, look->group) : NULL;
  g_autoptr (GPtrArray) units = strata_document_dup_units (self, scope);
  g_autoptr (GPtrArray) others = strata_document_dup_notes (self, scope);

  if (frame->kind != STRATA_NOTE_FRAME)
    return;
  for (guint i = 0; i < units->len; i++)
    {
      StrataDocNode *unit = g_ptr_array_index (units, i);

      if (holds (look, unit->x, unit->y, strata_doc_node_get_width (unit), strata_doc_node_get_height (unit)))
        add_once (nodes, unit);
    }
  for (guint i = 0; i < others->len; i++)
    {
      StrataDocNote *other = g_ptr_array_index (others, i);
      const StrataNoteLook *place = other->look;

      /* Of two frames that lie on each other, the larger one holds the other. */
      if (other != frame && holds (look, place->x, place->y, place->width, place->height) &&
          (other->kind != STRATA_NOTE_FRAME || place->width * place->height < look->width * look->height))
        add_once (notes, other);
    }
}
