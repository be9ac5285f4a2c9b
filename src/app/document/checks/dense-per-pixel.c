/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  const StrataSpec *input = strata_traits_get_input (node, 0);
  StrataDiagnostic *diagnostic;

  if (!strata_traits_is (node, "Dense") || strata_traits_get_problem (node) != NULL || input == NULL ||
      input->shape.rank <= 3)
    return;
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_WARNING,
                                   _("The same small Dense is applied to every pixel, because an image comes in. "
                                     "To see the whole image at once, make it flat first."));
  strata_fix_insert (strata_fix_new (diagnostic, g_strdup (_("Insert Flatten"))), node, "Flatten", "{}");
}

const StrataCheck strata_check_dense_per_pixel = {
  .name = "dense-per-pixel",
  .style = TRUE,
  .look = look,
};
