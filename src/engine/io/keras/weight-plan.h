/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "io/formats/hdf5.h"
#include "layers/layer.h"

G_BEGIN_DECLS

/**
 * StrataWeightPlan:
 *
 * Which array of a file each weight of a model gets. A plan is checked whole
 * before a weight is changed, so that a file that does not fit leaves the model
 * as it was.
 */
typedef struct _StrataWeightPlan StrataWeightPlan;

StrataWeightPlan *strata_weight_plan_new  (StrataHdf5 *file, GPtrArray *skipped) G_GNUC_WARN_UNUSED_RESULT;
void              strata_weight_plan_free (StrataWeightPlan *self);
void              strata_weight_plan_set_piecewise (StrataWeightPlan *self);
void              strata_weight_plan_add  (StrataWeightPlan *self, StrataLayer *layer, StrataVariable *variable,
                                           const char *path);
void              strata_weight_plan_add_array (StrataWeightPlan *self, StrataLayer *layer, StrataVariable *variable,
                                                const char *path, StrataTensor *array);
gboolean          strata_weight_plan_refuse (StrataWeightPlan *self, StrataLayer *layer, GError *why, GError **error);
gboolean          strata_weight_plan_run  (StrataWeightPlan *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataWeightPlan, strata_weight_plan_free)

G_END_DECLS
