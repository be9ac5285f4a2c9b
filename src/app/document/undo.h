/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/note.h"
#include "document/wire.h"

G_BEGIN_DECLS

/**
 * StrataEditKind:
 * @STRATA_EDIT_NODE: a node comes (or goes, where @removes)
 * @STRATA_EDIT_WIRE: a wire comes (or goes, where @removes)
 * @STRATA_EDIT_LAYER: nodes get another layer
 * @STRATA_EDIT_MOVE: nodes get other places
 * @STRATA_EDIT_SETTING: a setting gets another value
 * @STRATA_EDIT_GROUP: nodes go from one group to another
 * @STRATA_EDIT_MUTE: nodes are muted, or no longer where @removes
 * @STRATA_EDIT_NOTE: a note comes, goes or gets another look
 * @STRATA_EDIT_ARGUMENT: a node is called with another argument, or without
 */
typedef enum
{
  STRATA_EDIT_NODE,
  STRATA_EDIT_WIRE,
  STRATA_EDIT_LAYER,
  STRATA_EDIT_MOVE,
  STRATA_EDIT_SETTING,
  STRATA_EDIT_GROUP,
  STRATA_EDIT_MUTE,
  STRATA_EDIT_NOTE,
  STRATA_EDIT_ARGUMENT,
} StrataEditKind;

/**
 * StrataEdit:
 * @removes: for nodes and wires, whether doing it takes them out
 * @index: where in the list the node, wire or note is
 * @key: (nullable): the setting's or the argument's key, the parameter that a layer edit changes, or "place" where a
 *   note
 *   only moves
 * @nodes: those that move, or that share the layer
 * @layers: the layer before and after
 * @values: the setting or the argument before and after
 * @groups: (nullable): the group before and after
 * @places: x and y of each node before, then after
 * @looks: (nullable): of a note before and after; %NULL where it is not there
 *
 * The smallest change of a document, which can be done and undone.
 */
typedef struct
{
  StrataEditKind kind;
  gboolean removes;
  guint index;
  char *key;
  StrataDocNode *node;
  StrataDocWire *wire;
  GPtrArray *nodes;
  StrataLayer *layers[2];
  JsonNode *values[2];
  StrataDocNode *groups[2];
  double *places[2];
  StrataDocNote *note;
  StrataNoteLook *looks[2];
} StrataEdit;

StrataEdit *strata_edit_new  (StrataEditKind kind) G_GNUC_WARN_UNUSED_RESULT;
void        strata_edit_free (StrataEdit *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataEdit, strata_edit_free)

typedef void (*StrataEditFunc) (StrataEdit *edit, gboolean forward, gpointer user_data);

/**
 * StrataUndo:
 *
 * Steps that were done and undone. A step is one or more edits under a label;
 * groups nest, and the outermost makes the step.
 */
typedef struct _StrataUndo StrataUndo;

StrataUndo *strata_undo_new            (void) G_GNUC_WARN_UNUSED_RESULT;
void        strata_undo_free           (StrataUndo *self);
void        strata_undo_begin_group    (StrataUndo *self, const char *label);
gboolean    strata_undo_end_group      (StrataUndo *self);
gboolean    strata_undo_is_grouping    (StrataUndo *self);
void        strata_undo_push           (StrataUndo *self, StrataEdit *edit);
void        strata_undo_end_coalescing (StrataUndo *self);
gboolean    strata_undo_undo           (StrataUndo *self, StrataEditFunc func, gpointer user_data);
gboolean    strata_undo_redo           (StrataUndo *self, StrataEditFunc func, gpointer user_data);
const char *strata_undo_get_undo_label (StrataUndo *self);
const char *strata_undo_get_redo_label (StrataUndo *self);
void        strata_undo_clear          (StrataUndo *self);
guint64     strata_undo_get_serial     (StrataUndo *self);
void        strata_undo_set_saved      (StrataUndo *self, guint64 serial);
gboolean    strata_undo_is_saved       (StrataUndo *self);

G_END_DECLS
