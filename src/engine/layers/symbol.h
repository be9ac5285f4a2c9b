/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/layer.h"

G_BEGIN_DECLS

/**
 * StrataSymbol:
 * @layer: the layer that makes it
 * @site: which of the layer's calls
 * @index: which of that call's outputs
 * @spec: type and shape
 *
 * A tensor of a functional model while it is put together: Keras's KerasTensor.
 */
typedef struct
{
  gatomicrefcount ref_count;
  StrataLayer *layer;
  StrataSite *site;
  guint index;
  StrataSpec spec;
} StrataSymbol;

/**
 * StrataSite:
 * @layer: the layer that is called
 * @index: which of the layer's calls this is, from 0: Keras's node index
 * @inputs: symbols it takes
 * @arguments: (nullable): the other arguments, as in [struct@Call]
 * @args: (nullable): the positional arguments as Keras writes them, each tensor
 *   being `{"$": index into inputs}`; %NULL for the usual form
 * @specs: type and shape of what it makes
 * @mask_specs: type and shape of the masks of that; of rank 0 where there is none
 * @n_outputs: how much it makes
 *
 * One call of a layer in a functional model: Keras's Node.
 */
struct _StrataSite
{
  gatomicrefcount ref_count;
  StrataLayer *layer;
  guint index;
  GPtrArray *inputs;
  JsonObject *arguments;
  JsonNode *args;
  StrataSpec specs[STRATA_MAX_RESULTS];
  StrataSpec mask_specs[STRATA_MAX_RESULTS];
  guint n_outputs;
};

#define STRATA_TYPE_SYMBOL (strata_symbol_get_type ())

GType         strata_symbol_get_type (void) G_GNUC_CONST;
StrataSymbol *strata_symbol_ref      (StrataSymbol *self);
void          strata_symbol_unref    (StrataSymbol *self);
StrataSite   *strata_site_ref        (StrataSite *self);
void          strata_site_unref      (StrataSite *self);

StrataSymbol *strata_input           (const char *name, StrataDType dtype, const StrataShape *shape,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataSymbol *strata_layer_connect   (StrataLayer *self, StrataSymbol *const *inputs, guint n_inputs,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataSymbol *strata_layer_connect1  (StrataLayer *self, StrataSymbol *input, GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataSite   *strata_layer_connect_full (StrataLayer *self, StrataSymbol *const *inputs, guint n_inputs,
                                         JsonObject *arguments, JsonNode *args,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      strata_site_has_mask   (StrataSite *self, guint i);
StrataSymbol *strata_site_get_output (StrataSite *self, guint i) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataSymbol, strata_symbol_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataSite, strata_site_unref)

G_END_DECLS
