/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/document.h"

G_BEGIN_DECLS

#define STRATA_TYPE_DOC_NOTE (strata_doc_note_get_type ())
G_DECLARE_FINAL_TYPE (StrataDocNote, strata_doc_note, STRATA, DOC_NOTE, GObject)

/**
 * StrataNoteKind:
 * @STRATA_NOTE_TEXT: a piece of paper with text on it
 * @STRATA_NOTE_FRAME: a coloured ground with a title, on which layers lie
 */
typedef enum
{
  STRATA_NOTE_TEXT,
  STRATA_NOTE_FRAME,
} StrataNoteKind;

typedef enum
{
  STRATA_NOTE_YELLOW,
  STRATA_NOTE_ORANGE,
  STRATA_NOTE_GREEN,
  STRATA_NOTE_BLUE,
  STRATA_NOTE_PURPLE,
  STRATA_NOTE_GREY,
  STRATA_NOTE_N_COLORS,
} StrataNoteColor;

/* The least that a note can be made. */
#define STRATA_NOTE_LEAST_WIDTH 96
#define STRATA_NOTE_LEAST_HEIGHT 48
/* What a frame has around the cards on it: at the sides, for its title above, and below. Between cards that are
 * arranged below each other, the end of one frame and the title of the next have room. */
#define STRATA_FRAME_MARGIN 16
#define STRATA_FRAME_TITLE 28
#define STRATA_FRAME_BELOW 8

/**
 * StrataNoteLook:
 * @group: the number of the group that it is seen in, or 0 for the whole network
 *
 * All that can be changed of a note. A title may be empty.
 */
typedef struct
{
  StrataNoteColor color;
  double x, y, width, height;
  guint group;
  char *text;
} StrataNoteLook;

StrataNoteLook       *strata_note_look_copy          (const StrataNoteLook *look) G_GNUC_WARN_UNUSED_RESULT;
void                  strata_note_look_free          (StrataNoteLook *look);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataNoteLook, strata_note_look_free)

const char           *strata_note_color_get_name     (StrataNoteColor color);
gboolean              strata_note_color_parse        (const char *name, StrataNoteColor *color);

/* Looking */
guint                 strata_doc_note_get_id         (StrataDocNote *self);
StrataNoteKind        strata_doc_note_get_kind       (StrataDocNote *self);
const StrataNoteLook *strata_doc_note_get_look       (StrataDocNote *self);

const GPtrArray      *strata_document_get_notes      (StrataDocument *self);
StrataDocNote        *strata_document_get_note       (StrataDocument *self, guint id);
GPtrArray            *strata_document_dup_notes      (StrataDocument *self,
                                                      StrataDocNode *scope) G_GNUC_WARN_UNUSED_RESULT;
void                  strata_document_collect_held   (StrataDocument *self, StrataDocNote *frame, GPtrArray *nodes,
                                                      GPtrArray *notes);

/* Commands */
StrataDocNote        *strata_document_add_note       (StrataDocument *self, StrataNoteKind kind,
                                                      const StrataNoteLook *look);
void                  strata_document_change_note    (StrataDocument *self, StrataDocNote *note,
                                                      const StrataNoteLook *look);
void                  strata_document_set_note_text  (StrataDocument *self, StrataDocNote *note, const char *text);
void                  strata_document_color_notes    (StrataDocument *self, GPtrArray *notes, StrataNoteColor color);
void                  strata_document_regroup_notes  (StrataDocument *self, GPtrArray *notes, StrataDocNode *group);
void                  strata_document_move_all       (StrataDocument *self, GPtrArray *nodes, GPtrArray *notes,
                                                      double dx, double dy);
void                  strata_document_remove_all     (StrataDocument *self, GPtrArray *nodes, GPtrArray *notes);

G_END_DECLS
