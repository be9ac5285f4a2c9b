/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/document.h"
#include "document/group.h"
#include "document/index.h"
#include "document/undo.h"
#include "models/model.h"

G_BEGIN_DECLS

/* How far a document had come, to tell later whether it has changed since. */
typedef struct
{
  guint64 step, besides;
} StrataMark;

struct _StrataDocument
{
  GObject parent_instance;

  GPtrArray *nodes, *groups, *wires, *notes, *runs;
  StrataDocNode *place;         /* the group that new nodes belong to, or NULL */
  StrataIndex *index;
  guint next_id;
  JsonObject *settings;
  StrataUndo *undo;

  char *title;
  GFile *file;
  char *disk_state;             /* of the file when it was read or written */
  guint64 besides, saved_besides;       /* counts changes that are no steps: of weights and runs */
  gboolean was_modified;
  gboolean unplaced;            /* nobody chose where the nodes are */

  StrataModel *underway;        /* what training has come to so far, or NULL; for copies only: it may come to nothing */
  StrataModel *optimized;       /* whose optimizer remembers how far training is, or NULL */
  GPtrArray *warnings;          /* what of its file could not be taken over */

  GPtrArray *diagnostics;
  JsonNode *data_description;    /* what the facts are about */
  StrataDataFacts *data_facts;
  double epoch_seconds;         /* -1: not known */
  gint64 n_params, n_trainable, multiply_adds;
};

/* Doing edits, with signals; document.c */
void           strata_document_do         (StrataDocument *self, StrataEdit *edit);
StrataDocNode *strata_document_append     (StrataDocument *self, StrataLayer *layer, double x, double y);
guint          strata_document_take_id    (StrataDocument *self);
void           strata_document_update     (StrataDocument *self);
void           strata_document_touch      (StrataDocument *self);
StrataMark     strata_document_get_mark   (StrataDocument *self);
void           strata_document_mark_saved (StrataDocument *self, StrataMark mark);
void           strata_document_set_file   (StrataDocument *self, GFile *file, const char *title);

void           strata_document_emit_runs_changed (StrataDocument *self);

char          *strata_document_make_title (GFile *file) G_GNUC_WARN_UNUSED_RESULT;

/* What training made; model.c */
StrataLayer   *strata_document_find_weights (StrataDocument *self, StrataDocNode *node);
void           strata_document_set_optimized (StrataDocument *self, StrataModel *model);

/* Edits of one kind; node-commands.c, group-commands.c and wire-commands.c */
void           strata_document_insert_node (StrataDocument *self, StrataDocNode *node);
StrataDocNode *strata_document_append_group (StrataDocument *self, guint id, const char *name, StrataDocNode *parent,
                                             double x, double y);
StrataDocWire *strata_document_insert_wire (StrataDocument *self, StrataDocNode *from, guint from_port,
                                            StrataDocNode *to, guint to_port);
void           strata_document_take_wire_out (StrataDocument *self, StrataDocWire *wire);

/* Finding; query.c */
char          *strata_document_free_name   (StrataDocument *self, const char *base) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray     *strata_document_dup_sharers (StrataDocument *self, StrataLayer *layer) G_GNUC_WARN_UNUSED_RESULT;
gboolean       strata_document_leads_to    (StrataDocument *self, StrataDocNode *from, StrataDocNode *to);
GPtrArray     *strata_document_dup_sorted  (StrataDocument *self, gboolean *has_cycle) G_GNUC_WARN_UNUSED_RESULT;

/* Making the model, with no weights yet, all that the document has, or those only that are not learned; assembly.c */
typedef enum
{
  STRATA_WEIGHTS_NONE,
  STRATA_WEIGHTS_ALL,
  STRATA_WEIGHTS_GIVEN,
} StrataWeightsKept;

gboolean       strata_document_writes_groups (StrataDocument *self);
StrataModel   *strata_document_assemble    (StrataDocument *self, StrataWeightsKept kept,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Ports and counts of groups; group.c */
void           strata_document_survey_groups (StrataDocument *self);
GPtrArray     *strata_document_dup_sorted_units (StrataDocument *self, StrataDocNode *scope,
                                                 gboolean *has_cycle) G_GNUC_WARN_UNUSED_RESULT;

/* Shapes, counts and what is wrong; analysis.c and checks.c */
void           strata_document_analyse     (StrataDocument *self);
void           strata_document_check       (StrataDocument *self);
void           strata_document_emit_analysed (StrataDocument *self);

G_END_DECLS
