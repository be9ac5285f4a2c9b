/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "models/model.h"

G_BEGIN_DECLS

/**
 * StrataWorkload:
 * @name: what `bench` calls it
 * @description: what it is, in a line
 * @input: shape of a sample
 * @vocabulary: for texts: how many words; 0 for images and numbers
 * @n_classes: how many classes to tell apart; 0 for a number to predict
 * @application: (nullable): a published network that comes before the layers
 * @n_thawed: how many of its last layers learn; 0 for none
 * @layers: (nullable): the network, layer by layer, %NULL-terminated
 * @optimizer: what trains it; %NULL where it only predicts
 * @batch_size: samples a step, or 0 for a few usual sizes
 *
 * A network to measure on, with random samples.
 */
typedef struct
{
  const char *name;
  const char *description;
  StrataShape input;
  gint64 vocabulary;
  gint64 n_classes;
  const char *application;
  guint n_thawed;
  const char *const *layers;
  const char *optimizer;
  gint64 batch_size;
} StrataWorkload;

extern const StrataWorkload strata_workloads[];
extern const guint strata_n_workloads;

StrataModel *strata_workload_build (const StrataWorkload *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean     strata_workload_draw  (const StrataWorkload *self, gint64 n, StrataSource **x, StrataSource **y,
                                    GError **error);

G_END_DECLS
