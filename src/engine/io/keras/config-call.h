/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/json.h"
#include "layers/symbol.h"

G_BEGIN_DECLS

/* Reading how the layers of a functional model are called: see config-graph.c. */

/**
 * StrataConfigEntry:
 * @object: a layer of the model as the file has it
 * @spare: whether it is of no use unless another layer asks for it
 * @layer: (nullable): the layer; %NULL where it is not known, and perhaps not needed
 * @problem: (nullable): why there is no @layer
 * @calls: (nullable): its calls as the file has them
 * @n_calls: how many
 * @sites: those that were made
 * @masks: JsonNode, for each of those the mask that Keras found by itself, or %NULL
 * @waiting: numbers of entries that need a call that is not made yet
 * @base: what the file adds to the numbers of its calls: Keras 2 counts those of models from 1
 */
typedef struct
{
  JsonObject *object;
  gboolean spare;
  StrataLayer *layer;
  GError *problem;
  JsonArray *calls;
  guint n_calls;
  GPtrArray *sites;
  GPtrArray *masks;
  GArray *waiting;
  gint64 base;
} StrataConfigEntry;

typedef struct
{
  GArray *entries;
  GHashTable *names; /* name -> number of the entry */
} StrataConfigGraph;

/**
 * StrataConfigCall:
 * @inputs: StrataSymbol, all tensors among the arguments
 * @arguments: (nullable): arguments by name, tensors as `{"$": index}`
 * @args: (nullable): positional arguments, where they are not the usual ones
 * @mask: (nullable): the mask that Keras found by itself, as the file has it
 */
typedef struct
{
  GPtrArray *inputs;
  JsonObject *arguments;
  JsonNode *args;
  JsonNode *mask;
} StrataConfigCall;

gboolean      strata_config_call_read        (StrataConfigCall *self, StrataConfigGraph *graph,
                                              StrataConfigEntry *entry, JsonNode *node, int *awaited, GError **error);
void          strata_config_call_clear       (StrataConfigCall *self);
StrataSymbol *strata_config_graph_find       (StrataConfigGraph *self, JsonNode *reference, gboolean port, int *awaited,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
void          strata_config_graph_find_bases (StrataConfigGraph *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataConfigCall, strata_config_call_clear)

G_END_DECLS
