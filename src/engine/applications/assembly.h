/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/symbol.h"

G_BEGIN_DECLS

/**
 * StrataNameFunc:
 * @class_name: what is to be named
 *
 * Makes a name for a layer that has none of its own.
 * Returns: (transfer full): the name
 */
typedef char *(*StrataNameFunc) (const char *class_name, gpointer user_data);

/**
 * StrataAssembly:
 * @symbols: all that were made; they live as long as the assembly
 * @error: the first error, after which nothing more is added
 * @name_layer: (nullable): names layers that have no names; they are counted in the process where it is %NULL
 * @user_data: what @name_layer is given
 *
 * A functional network while it is put together, layer by layer, so that the
 * code that does it reads like the network.
 */
typedef struct
{
  GPtrArray *symbols;
  GError *error;
  StrataNameFunc name_layer;
  gpointer user_data;
} StrataAssembly;

void          strata_assembly_init  (StrataAssembly *self);
void          strata_assembly_clear (StrataAssembly *self);
StrataSymbol *strata_assembly_input (StrataAssembly *self, const StrataShape *shape);
StrataSymbol *strata_assembly_add   (StrataAssembly *self, StrataSymbol *x, const char *name, const char *format,
                                     ...) G_GNUC_PRINTF (4, 5);
StrataSymbol *strata_assembly_connect (StrataAssembly *self, StrataLayer *layer, StrataSymbol *x);
StrataSymbol *strata_assembly_merge (StrataAssembly *self, const char *class_name, const char *name, StrataSymbol *a,
                                     StrataSymbol *b);
gint64        strata_assembly_get_channels (const StrataSymbol *x);
StrataSymbol *strata_assembly_pad_for_stride (StrataAssembly *self, StrataSymbol *x, const char *name, int kernel_size);

/**
 * StrataNamedBlock: (skip)
 * @prefix: what the names of its layers begin with
 *
 * A run of layers that are named alike. @name is the last that was asked for.
 */
typedef struct
{
  StrataAssembly *assembly;
  char prefix[32];
  char name[64];
} StrataNamedBlock;

const char *strata_named_block_get (StrataNamedBlock *self, const char *suffix);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataAssembly, strata_assembly_clear)

G_END_DECLS
