/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "base/json.h"
#include "document/checks/traits.h"

/* Columns of a table in their own units: grams beside years. */
#define LARGE 30

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  const StrataDataFacts *facts = strata_checkup_get_facts (checkup);
  JsonObject *data = strata_checkup_get_setting (checkup, "data");
  StrataDocNode *after = strata_checkup_get_after (checkup, node);
  StrataDiagnostic *diagnostic;

  if (!strata_doc_node_is_input (node) || facts == NULL || facts->input.shape.rank != 1 || facts->has_words ||
      data == NULL ||
      strata_json_get_bool (data, "normalize", FALSE) || !(MAX (-facts->input_low, facts->input_high) > LARGE) ||
      after == NULL || strata_traits_is (after, "Embedding") || strata_traits_is_in (after, "Normalization") ||
      strata_traits_is_in (after, "Preprocessing"))
    return;
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_WARNING,
                                   _("The data has numbers as large as %g beside smaller ones. What is large drowns "
                                     "the rest, and training is slow; "
                                     "brought to the same spread, all columns count."),
                                   MAX (-facts->input_low, facts->input_high));
  strata_fix_set_setting (strata_fix_new (diagnostic, g_strdup (_("Normalize the data"))), "data", "normalize", "true");
}

const StrataCheck strata_check_missing_normalization = {
  .name = "missing-normalization",
  .look = look,
};
