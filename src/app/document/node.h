/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/diagnostic.h"
#include "layers/layer.h"

G_BEGIN_DECLS

#define STRATA_TYPE_DOC_NODE (strata_doc_node_get_type ())
G_DECLARE_FINAL_TYPE (StrataDocNode, strata_doc_node, STRATA, DOC_NODE, GObject)

/* How large a node is shown where nothing has measured it. */
#define STRATA_DOC_NODE_WIDTH 224
#define STRATA_DOC_NODE_HEIGHT 104

/* Only the document's commands change a node; views read it, and tell how large they show it. */

guint                  strata_doc_node_get_id           (StrataDocNode *self);
StrataLayer           *strata_doc_node_get_layer        (StrataDocNode *self);
const StrataLayerInfo *strata_doc_node_get_info         (StrataDocNode *self);
const char            *strata_doc_node_get_class_name   (StrataDocNode *self);
const char            *strata_doc_node_get_name         (StrataDocNode *self);
gboolean               strata_doc_node_is_input         (StrataDocNode *self);
double                 strata_doc_node_get_x            (StrataDocNode *self);
double                 strata_doc_node_get_y            (StrataDocNode *self);
double                 strata_doc_node_get_width        (StrataDocNode *self);
double                 strata_doc_node_get_height       (StrataDocNode *self);
void                   strata_doc_node_set_height       (StrataDocNode *self, double height);

/* Ports */
guint                  strata_doc_node_get_n_inputs     (StrataDocNode *self);
guint                  strata_doc_node_get_n_needed     (StrataDocNode *self);
guint                  strata_doc_node_get_most_inputs (StrataDocNode *self);
char                  *strata_doc_node_dup_next_input_name (StrataDocNode *self) G_GNUC_WARN_UNUSED_RESULT;
guint                  strata_doc_node_get_n_outputs    (StrataDocNode *self);
gboolean               strata_doc_node_takes_list       (StrataDocNode *self, guint input);
char                  *strata_doc_node_dup_input_name   (StrataDocNode *self, guint input) G_GNUC_WARN_UNUSED_RESULT;
gboolean               strata_doc_node_needs_input      (StrataDocNode *self, guint input);
char                  *strata_doc_node_dup_output_name  (StrataDocNode *self, guint output) G_GNUC_WARN_UNUSED_RESULT;

/* What the layer is told at the call */
GPtrArray             *strata_doc_node_dup_constants    (StrataDocNode *self,
                                                         gboolean masks) G_GNUC_WARN_UNUSED_RESULT;
const StrataParam     *strata_doc_node_get_call_params  (StrataDocNode *self);
JsonNode              *strata_doc_node_dup_argument     (StrataDocNode *self,
                                                         const char *name) G_GNUC_WARN_UNUSED_RESULT;
gboolean               strata_doc_node_can_be_causal    (StrataDocNode *self);
gboolean               strata_doc_node_is_causal        (StrataDocNode *self);

const GPtrArray       *strata_doc_node_get_wires        (StrataDocNode *self, gboolean incoming);

/* Results of the analysis */
const StrataSpec      *strata_doc_node_get_output_spec  (StrataDocNode *self, guint output);
gint64                 strata_doc_node_get_n_params     (StrataDocNode *self);
gint64                 strata_doc_node_get_n_trainable  (StrataDocNode *self);
gint64                 strata_doc_node_get_multiply_adds (StrataDocNode *self);
gboolean               strata_doc_node_get_muted        (StrataDocNode *self);
guint                  strata_doc_node_get_revision     (StrataDocNode *self);
const GPtrArray       *strata_doc_node_get_diagnostics  (StrataDocNode *self);
gboolean               strata_doc_node_has_severity     (StrataDocNode *self, StrataSeverity severity);

G_END_DECLS
