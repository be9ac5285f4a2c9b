/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

/* Images as files have them: bytes. */
#define BYTES_FROM 64
#define BYTES_TO 255

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  const StrataDataFacts *facts = strata_checkup_get_facts (checkup);
  StrataDocNode *after = strata_checkup_get_after (checkup, node);
  StrataDiagnostic *diagnostic;

  if (!strata_doc_node_is_input (node) || facts == NULL || after == NULL || facts->input.shape.rank < 2 ||
      facts->has_words ||
      !(facts->input_low >= 0 && facts->input_high >= BYTES_FROM && facts->input_high <= BYTES_TO) ||
      strata_traits_is (after, "Rescaling,Embedding") || strata_traits_is_in (after, "Normalization") ||
      strata_traits_is_in (after, "Preprocessing"))
    return;
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_WARNING,
                                   _("The pixels go from 0 to %d. Networks learn best from numbers near 0 to 1: with "
                                     "large ones, "
                                     "the first steps are far too long."), (int) facts->input_high);
  strata_fix_insert (strata_fix_new (diagnostic, g_strdup (_("Add Rescaling"))), after, "Rescaling",
                     "{\"scale\": 0.00392156862745098}");
}

const StrataCheck strata_check_missing_rescaling = {
  .name = "missing-rescaling",
  .look = look,
};
