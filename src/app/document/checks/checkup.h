/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/data-facts.h"
#include "document/document.h"
#include "document/fixes.h"

G_BEGIN_DECLS

/**
 * StrataCheckup:
 *
 * One round of all checks over a document: what they ask of it, and what they say.
 */
typedef struct _StrataCheckup StrataCheckup;

/* Around the network */
StrataDocument        *strata_checkup_get_document   (StrataCheckup *self);
const GPtrArray       *strata_checkup_get_nodes      (StrataCheckup *self);
const GPtrArray       *strata_checkup_get_outputs    (StrataCheckup *self);
const GPtrArray       *strata_checkup_get_inputs     (StrataCheckup *self);
StrataDocNode         *strata_checkup_get_before     (StrataCheckup *self, StrataDocNode *node);
StrataDocNode         *strata_checkup_get_after      (StrataCheckup *self, StrataDocNode *node);
StrataDocNode         *strata_checkup_get_worker     (StrataCheckup *self, StrataDocNode *node);
gboolean               strata_checkup_is_output      (StrataCheckup *self, StrataDocNode *node);
const char            *strata_checkup_get_final      (StrataCheckup *self, StrataDocNode *output,
                                                      StrataDocNode **where);

gboolean               strata_checkup_is_unfinished  (StrataCheckup *self, StrataDocNode *output);

/* How it is trained, and with what */
const StrataDataFacts *strata_checkup_get_facts      (StrataCheckup *self);
const char            *strata_checkup_get_loss       (StrataCheckup *self);
gint64                 strata_checkup_get_wanted     (StrataCheckup *self);
gboolean               strata_checkup_takes_logits   (StrataCheckup *self);
gboolean               strata_checkup_loss_is        (StrataCheckup *self, const char *names);
JsonObject            *strata_checkup_get_setting    (StrataCheckup *self, const char *key);

/* What there is to say */
StrataDiagnostic      *strata_checkup_say            (StrataCheckup *self, StrataDocNode *node, StrataSeverity severity,
                                                      const char *format, ...) G_GNUC_PRINTF (4, 5);
gboolean               strata_checkup_has_said       (StrataCheckup *self, StrataDocNode *node,
                                                      StrataSeverity severity);

void                   strata_checkup_run            (StrataDocument *document);

/* Groups of losses, for strata_checkup_loss_is() */
#define STRATA_LOSSES_OF_CLASSES "SparseCategoricalCrossentropy,CategoricalCrossentropy,CategoricalFocalCrossentropy"
#define STRATA_LOSSES_OF_YES_OR_NO "BinaryCrossentropy,BinaryFocalCrossentropy"
#define STRATA_LOSSES_OF_NUMBERS \
  "MeanSquaredError,MeanAbsoluteError,MeanAbsolutePercentageError,MeanSquaredLogarithmicError,Huber,LogCosh"

G_END_DECLS
