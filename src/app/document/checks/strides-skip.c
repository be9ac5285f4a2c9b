/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  const char *window = strata_traits_has (node, "pool_size") ? "pool_size" : "kernel_size";
  gint64 size, stride;
  StrataDiagnostic *diagnostic;

  if (!(strata_traits_is (node, "Conv1D,Conv2D,Conv3D") || strata_traits_is_in (node, "Pooling")) ||
      !strata_traits_has (node, "strides"))
    return;
  size = strata_traits_get_largest (node, window);
  stride = strata_traits_get_largest (node, "strides");
  /* A kernel of one with a stride is how residual networks make images smaller. */
  if (stride <= size || size <= 1)
    return;
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_WARNING,
                                   _("The window of %d moves by %d each time, so what lies between is never "
                                     "looked at."),
                                   (int) size, (int) stride);
  strata_fix_set_number (strata_fix_new (diagnostic, g_strdup_printf (_("Move by %d"), (int) size)), node, "strides",
                         size);
}

const StrataCheck strata_check_strides_skip = {
  .name = "strides-skip",
  .look = look,
};
