/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/document.h"
#include "document/undo.h"
#include "models/model.h"

G_BEGIN_DECLS

struct _StrataDocument
{
  GObject parent_instance;

  GPtrArray *nodes, *wires, *runs;
  guint next_id;
  JsonObject *settings;
  StrataUndo *undo;

  char *title;
  GFile *file;
  gboolean changed_besides;     /* weights or runs are newer than the file */
  gboolean was_modified;

  GPtrArray *diagnostics;
  gint64 n_params, n_trainable, multiply_adds;
};

/* Doing edits, with signals; document.c */
void           strata_document_do         (StrataDocument *self, StrataEdit *edit);
StrataDocNode *strata_document_append     (StrataDocument *self, StrataLayer *layer, double x, double y);
guint          strata_document_take_id    (StrataDocument *self);
void           strata_document_update     (StrataDocument *self);
void           strata_document_touch      (StrataDocument *self);
void           strata_document_mark_saved (StrataDocument *self);

void           strata_document_emit_runs_changed (StrataDocument *self);

/* Edits of one kind; commands.c */
void           strata_document_insert_node (StrataDocument *self, StrataDocNode *node);
StrataDocWire *strata_document_insert_wire (StrataDocument *self, StrataDocNode *from, guint from_port, StrataDocNode *to, guint to_port);

/* Finding; query.c */
char          *strata_document_free_name   (StrataDocument *self, const char *base) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray     *strata_document_dup_sharers (StrataDocument *self, StrataLayer *layer) G_GNUC_WARN_UNUSED_RESULT;
gboolean       strata_document_leads_to    (StrataDocument *self, StrataDocNode *from, StrataDocNode *to);
GPtrArray     *strata_document_dup_sorted  (StrataDocument *self, gboolean *has_cycle) G_GNUC_WARN_UNUSED_RESULT;

/* Shapes, counts and what is wrong; analysis.c and checks.c */
void           strata_document_analyse     (StrataDocument *self);
void           strata_document_check       (StrataDocument *self);

G_END_DECLS
