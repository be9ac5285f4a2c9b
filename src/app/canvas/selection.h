/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/document.h"
#include "document/note.h"

G_BEGIN_DECLS

#define STRATA_TYPE_SELECTION (strata_selection_get_type ())
G_DECLARE_FINAL_TYPE (StrataSelection, strata_selection, STRATA, SELECTION, GObject)

/* Signal: changed () */
StrataSelection *strata_selection_new          (StrataDocument *document) G_GNUC_WARN_UNUSED_RESULT;
StrataSelection *strata_selection_get          (StrataDocument *document) G_GNUC_WARN_UNUSED_RESULT;

gboolean         strata_selection_contains     (StrataSelection *self, StrataDocNode *node);
guint            strata_selection_get_n_nodes  (StrataSelection *self);
GPtrArray       *strata_selection_dup_nodes    (StrataSelection *self) G_GNUC_WARN_UNUSED_RESULT;
StrataDocNode   *strata_selection_get_single   (StrataSelection *self);
StrataDocWire   *strata_selection_get_wire     (StrataSelection *self);
gboolean         strata_selection_contains_note (StrataSelection *self, StrataDocNote *note);
GPtrArray       *strata_selection_dup_notes    (StrataSelection *self) G_GNUC_WARN_UNUSED_RESULT;
StrataDocNote   *strata_selection_get_single_note (StrataSelection *self);
gboolean         strata_selection_is_empty     (StrataSelection *self);

void             strata_selection_clear        (StrataSelection *self);
void             strata_selection_select       (StrataSelection *self, StrataDocNode *node);
void             strata_selection_toggle       (StrataSelection *self, StrataDocNode *node);
void             strata_selection_set_nodes    (StrataSelection *self, const GPtrArray *nodes);
void             strata_selection_set_all      (StrataSelection *self, const GPtrArray *nodes, const GPtrArray *notes);
void             strata_selection_select_note  (StrataSelection *self, StrataDocNote *note);
void             strata_selection_toggle_note  (StrataSelection *self, StrataDocNote *note);
void             strata_selection_select_wire  (StrataSelection *self, StrataDocWire *wire);

G_END_DECLS
