/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/kind.h"

static const char *const kind_names[STRATA_N_KINDS] = {
  [STRATA_KIND_LAYER] = "layer",
  [STRATA_KIND_ACTIVATION] = "activation",
  [STRATA_KIND_INITIALIZER] = "initializer",
  [STRATA_KIND_REGULARIZER] = "regularizer",
  [STRATA_KIND_CONSTRAINT] = "constraint",
  [STRATA_KIND_LOSS] = "loss",
  [STRATA_KIND_METRIC] = "metric",
  [STRATA_KIND_OPTIMIZER] = "optimizer",
  [STRATA_KIND_SCHEDULE] = "schedule",
  [STRATA_KIND_CALLBACK] = "callback",
  [STRATA_KIND_APPLICATION] = "application",
};

/**
 * strata_kind_get_name:
 *
 * Returns: the kind as one lower-case word, as in error messages
 */
const char *
strata_kind_get_name (StrataKind self)
{
  g_return_val_if_fail (self < STRATA_N_KINDS, NULL);

  return kind_names[self];
}
