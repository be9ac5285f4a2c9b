/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

/* A share of all weights, and a number of them, that is worth a word. */
#define LARGE_SHARE 0.9
#define MANY 2000000

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  StrataDocNode *flatten = strata_checkup_get_before (checkup, node);
  const StrataSpec *image = flatten != NULL ? strata_traits_get_input (flatten, 0) : NULL;
  gint64 own = strata_doc_node_get_n_params (node);
  gint64 all = strata_document_get_n_params (strata_checkup_get_document (checkup));
  StrataDiagnostic *diagnostic;
  StrataFix *fix;

  if (image == NULL || image->shape.rank != 4 || !strata_traits_is (node, "Dense") ||
      !strata_traits_is (flatten, "Flatten") || own < MANY ||
      own < LARGE_SHARE * all)
    return;
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_HINT,
                                   _("%.0f of 100 weights of the network are in this layer, one for each pixel that "
                                     "Flatten lays out. They learn by heart easily; "
                                     "with the mean of each channel instead, few are left."), 100.0 * own / all);
  fix = strata_fix_new (diagnostic, g_strdup (_("Use GlobalAveragePooling2D")));
  strata_fix_insert (fix, flatten, "GlobalAveragePooling2D", "{}");
  strata_fix_bypass (fix, flatten);
}

const StrataCheck strata_check_large_dense = {
  .name = "large-dense",
  .style = TRUE,
  .look = look,
};
