/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  const StrataSpec *input = strata_traits_get_input (node, 0);
  const char *window = strata_traits_has (node, "pool_size") ? "pool_size" : "kernel_size";
  StrataDiagnostic *diagnostic;
  g_autofree char *size = NULL;

  if (strata_traits_get_problem (node) == NULL || input == NULL || input->shape.rank < 3 ||
      !strata_traits_has (node, window) ||
      strata_checkup_has_said (checkup, node, STRATA_SEVERITY_ERROR) || !strata_fix_try_param (node, "padding",
                                                                                               "\"same\""))
    return;
  size = strata_traits_dup_dims (&input->shape, 1, input->shape.rank - 1);
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_ERROR,
                                   _("The window of %d does not fit into what is left of the image, %s. Each "
                                     "convolution and pooling before has made it smaller; "
                                     "padding keeps its size."),
                                   (int) strata_traits_get_largest (node, window), size);
  strata_fix_set_param (strata_fix_new (diagnostic, g_strdup (_("Use “same” padding"))), node, "padding", "\"same\"");
}

const StrataCheck strata_check_window_too_large = {
  .name = "window-too-large",
  .look = look,
};
