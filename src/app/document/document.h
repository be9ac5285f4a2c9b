/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "document/data-facts.h"
#include "document/diagnostic.h"
#include "document/node.h"
#include "document/run.h"
#include "document/wire.h"
#include "models/model.h"

G_BEGIN_DECLS

#define STRATA_TYPE_DOCUMENT (strata_document_get_type ())
G_DECLARE_FINAL_TYPE (StrataDocument, strata_document, STRATA, DOCUMENT, GObject)

/*
 * Properties: can-undo, can-redo, undo-label, redo-label, modified, title, file.
 * Signals: node-added (node), node-removed (node), node-changed (node), node-moved (node),
 * wire-added (wire), wire-removed (wire), note-added (note), note-removed (note), note-changed (note),
 * settings-changed (key), runs-changed (), groups-changed (), and analysed (), after each change, once shapes, counts
 * and diagnostics are new; changed (), after anything that a file would hold.
 */
StrataDocument  *strata_document_new             (void) G_GNUC_WARN_UNUSED_RESULT;

/* What is in it */
const GPtrArray *strata_document_get_nodes       (StrataDocument *self);
const GPtrArray *strata_document_get_wires       (StrataDocument *self);
StrataDocNode   *strata_document_get_node        (StrataDocument *self, guint id);
StrataDocNode   *strata_document_find_node       (StrataDocument *self, const char *name);
StrataDocWire   *strata_document_get_wire        (StrataDocument *self, guint id);
GPtrArray       *strata_document_dup_wires_of    (StrataDocument *self, StrataDocNode *node,
                                                  gboolean incoming) G_GNUC_WARN_UNUSED_RESULT;
JsonNode        *strata_document_get_setting     (StrataDocument *self, const char *key);
const char      *strata_document_get_title       (StrataDocument *self);
GFile           *strata_document_get_file        (StrataDocument *self);
gboolean         strata_document_get_modified    (StrataDocument *self);
const GPtrArray *strata_document_get_warnings    (StrataDocument *self);

/* Commands: each is a step that can be undone */
StrataDocNode   *strata_document_add_node        (StrataDocument *self, const char *class_name, JsonObject *config,
                                                  double x, double y, GError **error);
StrataDocNode   *strata_document_add_call        (StrataDocument *self, StrataDocNode *shared, double x, double y);
void             strata_document_remove_nodes    (StrataDocument *self, GPtrArray *nodes);
StrataDocWire   *strata_document_connect         (StrataDocument *self, StrataDocNode *from, guint from_port,
                                                  StrataDocNode *to, guint to_port, GError **error);
gboolean         strata_document_can_connect     (StrataDocument *self, StrataDocNode *from, guint from_port,
                                                  StrataDocNode *to, guint to_port, GError **error);
gboolean         strata_document_would_fit       (StrataDocument *self, StrataDocNode *from, guint from_port,
                                                  StrataDocNode *to, guint to_port, GError **error);
gboolean         strata_document_try_wire        (StrataDocument *self, StrataDocNode *from, guint from_port,
                                                  StrataDocNode *to, guint to_port, StrataSpec *result,
                                                  gboolean *is_known, GError **error);
gboolean         strata_document_set_argument    (StrataDocument *self, StrataDocNode *node, const char *name,
                                                  JsonNode *value, GError **error);
void             strata_document_set_causal      (StrataDocument *self, StrataDocNode *node, gboolean causal);
void             strata_document_want_inputs     (StrataDocument *self, StrataDocNode *node, guint n_inputs);
void             strata_document_want_input      (StrataDocument *self, StrataDocNode *node);
void             strata_document_disconnect      (StrataDocument *self, StrataDocWire *wire);
StrataDocNode   *strata_document_insert_on_wire  (StrataDocument *self, StrataDocWire *wire, const char *class_name,
                                                  JsonObject *config, GError **error);
void             strata_document_move_nodes      (StrataDocument *self, GPtrArray *nodes, double dx, double dy);
void             strata_document_place_nodes     (StrataDocument *self, GPtrArray *nodes, const double *positions);
gboolean         strata_document_set_param       (StrataDocument *self, StrataDocNode *node, const char *name,
                                                  JsonNode *value, GError **error);
gboolean         strata_document_rename          (StrataDocument *self, StrataDocNode *node, const char *name,
                                                  GError **error);
void             strata_document_set_setting     (StrataDocument *self, const char *key, JsonNode *value);
void             strata_document_set_setting_member (StrataDocument *self, const char *key, const char *member,
                                                     JsonNode *value);
void             strata_document_arrange         (StrataDocument *self);
gboolean         strata_document_flows_down      (StrataDocument *self);
void             strata_document_arrange_first   (StrataDocument *self);
void             strata_document_arrange_some    (StrataDocument *self, GPtrArray *nodes);

/* Steps */
void             strata_document_begin_group     (StrataDocument *self, const char *label);
void             strata_document_end_group       (StrataDocument *self);
void             strata_document_end_coalescing  (StrataDocument *self);
gboolean         strata_document_can_undo        (StrataDocument *self);
gboolean         strata_document_can_redo        (StrataDocument *self);
const char      *strata_document_get_undo_label  (StrataDocument *self);
const char      *strata_document_get_redo_label  (StrataDocument *self);
void             strata_document_undo            (StrataDocument *self);
void             strata_document_redo            (StrataDocument *self);

/* Clipboard */
char            *strata_document_copy            (StrataDocument *self, GPtrArray *nodes,
                                                  GPtrArray *notes) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray       *strata_document_paste           (StrataDocument *self, const char *text, double dx, double dy,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What is known beyond what is edited, once someone has looked */
const StrataDataFacts *strata_document_get_data_facts (StrataDocument *self);
void             strata_document_set_data_facts  (StrataDocument *self, JsonNode *description, StrataDataFacts *facts);
double           strata_document_get_epoch_seconds (StrataDocument *self);
void             strata_document_set_epoch_seconds (StrataDocument *self, double seconds);

/* Results of the analysis */
const GPtrArray *strata_document_get_diagnostics (StrataDocument *self);
gboolean         strata_document_fix_all         (StrataDocument *self, GError **error);
guint            strata_document_count_severity  (StrataDocument *self, StrataSeverity severity);
gint64           strata_document_get_n_params    (StrataDocument *self);
gint64           strata_document_get_n_trainable (StrataDocument *self);
gint64           strata_document_get_multiply_adds (StrataDocument *self);

/* The model, and what training made */
StrataModel     *strata_document_build_model     (StrataDocument *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataModel     *strata_document_get_optimized   (StrataDocument *self);
StrataModel     *strata_document_build_fresh_model (StrataDocument *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataModel     *strata_document_build_blank_model (StrataDocument *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void             strata_document_set_underway    (StrataDocument *self, StrataModel *model);
void             strata_document_set_weights_from (StrataDocument *self, StrataModel *model);
gboolean         strata_document_is_trained      (StrataDocument *self);
const GPtrArray *strata_document_get_runs        (StrataDocument *self);
void             strata_document_add_run         (StrataDocument *self, StrataRun *run);
void             strata_document_remove_run      (StrataDocument *self, StrataRun *run);

G_END_DECLS
