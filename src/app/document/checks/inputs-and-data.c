/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

static void
look_at_all (StrataCheckup *checkup)
{
  const StrataDataFacts *facts = strata_checkup_get_facts (checkup);
  const GPtrArray *inputs = strata_checkup_get_inputs (checkup);

  if (facts == NULL || inputs->len == 0 || inputs->len == facts->n_inputs)
    return;
  strata_checkup_say (checkup, NULL, STRATA_SEVERITY_WARNING,
                      _("Each input of the network needs a part of its own: inputs: %d, parts of a sample of the data: "
                        "%d."),
                      (int) inputs->len, (int) facts->n_inputs);
}

const StrataCheck strata_check_inputs_and_data = {
  .name = "inputs-and-data",
  .look_at_all = look_at_all,
};
