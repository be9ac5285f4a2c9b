/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/clone.h"

/**
 * strata_clone_layer: (skip)
 *
 * Returns: (transfer full): a layer of the same parameters and name, not built
 */
StrataLayer *
strata_clone_layer (StrataLayer  *layer,
                    GError      **error)
{
  return (StrataLayer *) strata_object_clone (STRATA_OBJECT (layer), error);
}
