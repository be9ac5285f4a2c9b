/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "io/formats/hdf5.h"
#include "layers/layer.h"

G_BEGIN_DECLS

/**
 * StrataLegacyOrigin:
 * @keras1: whether Keras 1 wrote the file, which laid several weights out otherwise
 * @convolves: whether Theano did: its convolutions go through kernels backwards
 *
 * What wrote a file of weights.
 */
typedef struct
{
  gboolean keras1;
  gboolean convolves;
} StrataLegacyOrigin;

StrataLegacyOrigin  strata_legacy_origin_read    (StrataHdf5 *file, const char *root);
GPtrArray          *strata_legacy_layout_convert (StrataLayer *layer, GPtrArray *arrays,
                                                  const StrataLegacyOrigin *origin,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray          *strata_legacy_dup_weights    (StrataLayer *layer) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
