/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/object.h"
#include "tensor/random.h"
#include "tensor/tensor.h"

G_BEGIN_DECLS

#define STRATA_TYPE_INITIALIZER (strata_initializer_get_type ())
G_DECLARE_DERIVABLE_TYPE (StrataInitializer, strata_initializer, STRATA, INITIALIZER, StrataObject)

/**
 * StrataInitializerInfo:
 * @object: what every kind has
 * @check: whether it suits weights of @shape, or %NULL for all
 * @fill: writes the first values of a weight of @shape
 *
 * What a file in initializers/ exports.
 */
typedef struct
{
  StrataObjectInfo object;
  gboolean (*check) (StrataInitializer *self, const StrataShape *shape, GError **error);
  void (*fill) (StrataInitializer *self, const StrataShape *shape, StrataRandom *random, float *out);
} StrataInitializerInfo;

struct _StrataInitializerClass
{
  StrataObjectClass parent_class;

  gboolean (*check) (StrataInitializer *self, const StrataShape *shape, GError **error);
  void (*fill) (StrataInitializer *self, const StrataShape *shape, StrataRandom *random, float *out);

  gpointer padding[4];
};

gboolean strata_initializer_fill_seeded (StrataInitializer *self, StrataTensor *tensor, guint64 seed, GError **error);
gboolean strata_initializer_fill (StrataInitializer *self, StrataTensor *tensor, GError **error);
void     strata_initializer_get_fans (const StrataShape *shape, double *fan_in, double *fan_out);

G_END_DECLS
