/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/data-facts.h"
#include "models/model.h"

G_BEGIN_DECLS

/**
 * StrataTrial:
 *
 * A few steps of training, to see how long they take; and a look at the data before.
 */
typedef struct _StrataTrial StrataTrial;

StrataTrial     *strata_trial_new               (StrataModel *model, const char *data, const char *compile,
                                                 const char *fit, const char *folder,
                                                 StrataDataSet *set) G_GNUC_WARN_UNUSED_RESULT;
void             strata_trial_free              (StrataTrial *self);
void             strata_trial_run               (StrataTrial *self, GCancellable *cancellable);
const char      *strata_trial_get_data          (StrataTrial *self);
StrataDataSet   *strata_trial_get_set           (StrataTrial *self);
StrataDataFacts *strata_trial_get_facts         (StrataTrial *self);
double           strata_trial_get_epoch_seconds (StrataTrial *self);

G_END_DECLS
