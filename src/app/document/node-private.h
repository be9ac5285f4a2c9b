/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/node.h"
#include "layers/symbol.h"

G_BEGIN_DECLS

/**
 * StrataDocNode:
 * @layer: what it does; never built and never changed, but replaced. Nodes that share one call the same layer.
 * @arguments: (nullable): arguments that are not tensors, as in [struct@Call]
 * @args: (nullable): the positional arguments as Keras writes them, as in [struct@Site]
 * @trained: (nullable): a layer whose weights it has
 * @muted: whether what comes in goes on as if it were not there
 * @probe: (nullable): a copy of @layer that was called on @input_specs
 * @problem: (nullable): why that failed
 * @revision: counts what changed of it, so that views need not compare all
 */
struct _StrataDocNode
{
  GObject parent_instance;

  guint id;
  StrataLayer *layer;
  JsonObject *arguments;
  JsonNode *args;
  double x, y;
  double height;                        /* as it is shown; 0: nothing has measured it */
  StrataLayer *trained;

  StrataLayer *probe, *probed_layer;
  GArray *input_specs, *input_ports;    /* of StrataSpec, and of guint: where each comes in */
  GArray *output_specs;
  char *problem;
  gint64 n_params, n_trainable, multiply_adds;
  guint n_wired_inputs, n_wanted_inputs;
  GPtrArray *diagnostics;

  gboolean is_group;
  StrataDocNode *group;                 /* that it is in, or NULL */
  guint n_inside;
  GArray *entries, *exits;              /* of a group: StrataDocEntry and StrataDocEnd */
  gboolean muted, probed_muted;

  GPtrArray *incoming, *outgoing;       /* of StrataDocWire in the document's order; no references */
  guint revision;
};

StrataDocNode *strata_doc_node_new       (guint id, StrataLayer *layer, double x, double y) G_GNUC_WARN_UNUSED_RESULT;
StrataDocNode *strata_doc_node_new_group (guint id, StrataLayer *layer, double x, double y) G_GNUC_WARN_UNUSED_RESULT;
JsonObject    *strata_doc_node_dup_arguments (StrataDocNode *self, const guint *ports,
                                              guint n_inputs) G_GNUC_WARN_UNUSED_RESULT;
JsonNode      *strata_doc_node_dup_args      (StrataDocNode *self, guint n_inputs) G_GNUC_WARN_UNUSED_RESULT;
void           strata_doc_node_take_call     (StrataDocNode *self, const StrataSite *site, guint *ports);
void           strata_doc_node_set_layer (StrataDocNode *self, StrataLayer *layer);

G_END_DECLS
