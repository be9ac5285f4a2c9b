/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

/* What would come in if the layer before gave all of its steps. */
static gboolean
get_sequence (StrataDocNode *before,
              StrataSpec    *sequence)
{
  const StrataSpec *input = strata_traits_get_input (before, 0), *output = strata_doc_node_get_output_spec (before, 0);

  if (input == NULL || output == NULL || input->shape.rank != 3 || output->shape.rank != 2)
    return FALSE;
  *sequence = (StrataSpec){ output->dtype, input->shape };
  sequence->shape.dims[2] = output->shape.dims[1];
  return TRUE;
}

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  StrataDocNode *before = strata_checkup_get_worker (checkup, node);
  StrataDiagnostic *diagnostic;
  StrataSpec sequence;

  if (strata_traits_get_problem (node) == NULL || before == NULL || !strata_traits_is_recurrent (before) ||
      strata_traits_get_flag (before, "return_sequences") || !get_sequence (before, &sequence) ||
      !strata_fix_try_input (node, &sequence))
    return;
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_ERROR,
                                   _("This layer reads a sequence, but %s hands on only its last step. Let it return "
                                     "all steps."),
                                   strata_doc_node_get_name (before));
  strata_fix_set_param (strata_fix_new (diagnostic, g_strdup (_("Return sequences"))), before, "return_sequences",
                        "true");
}

const StrataCheck strata_check_sequence_lost = {
  .name = "sequence-lost",
  .look = look,
};
