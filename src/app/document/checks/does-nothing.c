/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

/* Why a layer changes nothing, or %NULL. */
static const char *
get_reason (StrataDocNode *node)
{
  const StrataSpec *input = strata_traits_get_input (node, 0);

  if (strata_traits_is (node, "Dropout,SpatialDropout1D,SpatialDropout2D,SpatialDropout3D") &&
      strata_traits_get_number (node, "rate", 1) == 0)
    return _("A rate of 0 forgets nothing: this layer passes its input on as it is.");
  if (strata_traits_is (node,
                        "MaxPooling1D,MaxPooling2D,MaxPooling3D,AveragePooling1D,AveragePooling2D,AveragePooling3D") &&
      strata_traits_get_largest (node, "pool_size") == 1 && strata_traits_get_largest (node, "strides") <= 1)
    return _("A window of 1 takes the largest of one number: this layer passes its input on as it is.");
  if (strata_traits_is (node, "Activation") && g_strcmp0 (strata_traits_get_activation (node), "linear") == 0)
    return _("Linear means: as it is. This layer passes its input on unchanged.");
  if (strata_traits_is (node, "Flatten") && input != NULL && input->shape.rank == 2)
    return _("What comes in is a row already: this layer passes it on as it is.");
  if (strata_traits_is (node, "UpSampling1D,UpSampling2D,UpSampling3D") &&
      strata_traits_get_largest (node, "size") == 1)
    return _("A factor of 1 leaves the size as it is: this layer passes its input on unchanged.");
  return NULL;
}

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  const char *reason = get_reason (node);
  StrataDiagnostic *diagnostic;

  if (reason == NULL || strata_checkup_get_before (checkup, node) == NULL)
    return;
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_HINT, "%s", reason);
  strata_fix_bypass (strata_fix_new (diagnostic, g_strdup (_("Remove it"))), node);
}

const StrataCheck strata_check_does_nothing = {
  .name = "does-nothing",
  .look = look,
};
