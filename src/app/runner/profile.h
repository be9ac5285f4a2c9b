/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/document.h"
#include "models/model.h"

G_BEGIN_DECLS

/* What else time goes to: reports, callbacks, making programs. */
#define STRATA_PROFILE_REST STRATA_N_PHASES
#define STRATA_PROFILE_N_PHASES (STRATA_PROFILE_REST + 1)

/**
 * StrataProfileRow:
 * @name: what people call it
 * @node: (nullable): the name of the node that it is
 * @seconds: by phase
 * @total: all of these
 *
 * Time that goes to one thing, for a batch.
 */
typedef struct
{
  char *name, *node;
  double seconds[STRATA_PROFILE_N_PHASES];
  double total;
} StrataProfileRow;

/**
 * StrataProfile:
 *
 * Where the time of a training has gone until now. It changes no more, so that threads may share it.
 */
typedef struct _StrataProfile StrataProfile;

StrataProfile *strata_profile_new          (StrataModel *model, gint64 n_batches,
                                            double seconds) G_GNUC_WARN_UNUSED_RESULT;
StrataProfile *strata_profile_ref          (StrataProfile *self);
void           strata_profile_unref        (StrataProfile *self);
gint64         strata_profile_get_n_batches (const StrataProfile *self);
double         strata_profile_get_seconds  (const StrataProfile *self);
double         strata_profile_get_phase    (const StrataProfile *self, guint phase);
GPtrArray     *strata_profile_by_layer     (const StrataProfile *self,
                                            StrataDocument *document) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray     *strata_profile_by_op        (const StrataProfile *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataProfile, strata_profile_unref)

G_END_DECLS
