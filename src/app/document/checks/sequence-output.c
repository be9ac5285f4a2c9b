/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

/* Where the steps of time come from: the nearest recurrent layer before the output. */
static StrataDocNode *
find_recurrent (StrataCheckup *checkup,
                StrataDocNode *node)
{
  while (node != NULL && !strata_traits_is_recurrent (node))
    node = strata_traits_is (node, "Dense,Dropout,Activation,LayerNormalization")
             ? strata_checkup_get_before (checkup, node) : NULL;
  return node;
}

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  const StrataDataFacts *facts = strata_checkup_get_facts (checkup);
  const StrataSpec *spec = strata_doc_node_get_output_spec (node, 0);
  StrataDiagnostic *diagnostic;
  StrataDocNode *recurrent;
  g_autofree char *steps = NULL;

  if (facts == NULL || facts->n_targets == 0 || facts->target.shape.rank > 1 || spec == NULL || spec->shape.rank != 3 ||
      strata_shape_get_size (&facts->target.shape) == spec->shape.dims[1] || !strata_checkup_is_output (checkup, node))
    return;
  steps = strata_traits_dup_dims (&spec->shape, 1, 2);
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_WARNING,
                                   _("An answer for each step (%s) comes out, but the data has one answer for the "
                                     "whole sequence."),
                                   steps);
  recurrent = find_recurrent (checkup, node);
  if (recurrent != NULL && strata_traits_get_flag (recurrent, "return_sequences"))
    strata_fix_set_param (strata_fix_new (diagnostic, g_strdup (_("Keep the last step only"))), recurrent,
                          "return_sequences", "false");
  else if (strata_traits_is (node, "Dense"))
    strata_fix_insert (strata_fix_new (diagnostic, g_strdup (_("Take the mean of the steps"))), node,
                       "GlobalAveragePooling1D", "{}");
}

const StrataCheck strata_check_sequence_output = {
  .name = "sequence-output",
  .look = look,
};
