/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/note.h"

G_BEGIN_DECLS

/* Only the document's commands change a note. */
struct _StrataDocNote
{
  GObject parent_instance;

  guint id;
  StrataNoteKind kind;
  StrataNoteLook *look;
};

StrataDocNote *strata_doc_note_new  (guint id, StrataNoteKind kind,
                                     const StrataNoteLook *look) G_GNUC_WARN_UNUSED_RESULT;

/* In files and on the clipboard; note-serial.c */
JsonObject    *strata_note_write    (StrataDocNote *note) G_GNUC_WARN_UNUSED_RESULT;
gboolean       strata_note_read     (JsonObject *object, StrataNoteKind *kind, StrataNoteLook *look);

/* What commands do to notes besides, in the open step; note-commands.c */
void           strata_document_insert_note      (StrataDocument *self, guint id, StrataNoteKind kind,
                                                 const StrataNoteLook *look);
void           strata_document_remove_notes_of  (StrataDocument *self, GPtrArray *groups);
GHashTable    *strata_document_survey_frames    (StrataDocument *self, StrataDocNode *scope) G_GNUC_WARN_UNUSED_RESULT;
void           strata_document_fit_frames       (StrataDocument *self, GHashTable *held);

G_END_DECLS
