/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "models/mask-graph.h"

G_BEGIN_DECLS

/**
 * StrataNetworkItem:
 * @layer: (nullable): a layer of a functional model
 * @mask: (nullable): or an operation that computes a mask
 *
 * What has a row in the summary of a functional model.
 */
typedef struct
{
  StrataLayer *layer;
  StrataMaskOp *mask;
} StrataNetworkItem;

/**
 * StrataNetwork:
 * @sites: the calls in between, each after what it needs, so that people can follow
 * @running: the same in the order in which Keras computes them: by decreasing
 *   distance from the outputs
 * @items: (element-type StrataNetworkItem): layers and masks in Keras's order: by
 *   decreasing distance from the outputs, then as they were first met
 * @masks: the masks that Keras records
 *
 * What lies between inputs and outputs.
 */
typedef struct
{
  GPtrArray *sites;
  GPtrArray *running;
  GArray *items;
  StrataMaskGraph *masks;
} StrataNetwork;

gboolean strata_network_map   (StrataNetwork *self, StrataSymbol *const *inputs, guint n_inputs,
                               StrataSymbol *const *outputs, guint n_outputs, GError **error);
void     strata_network_name_masks (StrataNetwork *self);
void     strata_network_clear (StrataNetwork *self);

G_END_DECLS
