/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"
#include "document/target.h"

/* Samples that have as many numbers are laid out anew by training. */
static gboolean
goes_with (const StrataShape *input,
           const StrataShape *sample)
{
  gint64 size = 1;

  if (input->rank == sample->rank + 1)
    {
      gboolean same = TRUE;

      for (int i = 0; i < sample->rank && same; i++)
        same = input->dims[i + 1] < 0 || sample->dims[i] < 0 || input->dims[i + 1] == sample->dims[i];
      if (same)
        return TRUE;
    }
  for (int i = 1; i < input->rank; i++)
    {
      if (input->dims[i] < 0)
        return TRUE;
      size *= input->dims[i];
    }
  return size == strata_shape_get_size (sample);
}

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  const StrataDataFacts *facts = strata_checkup_get_facts (checkup);
  const StrataSpec *spec = strata_doc_node_get_output_spec (node, 0);
  g_autofree char *has = NULL, *takes = NULL, *shape = NULL;
  StrataDiagnostic *diagnostic;

  if (facts == NULL || spec == NULL || !strata_doc_node_is_input (node) || facts->n_inputs != 1 ||
      strata_checkup_get_inputs (checkup)->len != 1 || goes_with (&spec->shape, &facts->input.shape))
    return;
  has = strata_traits_dup_dims (&facts->input.shape, 0, facts->input.shape.rank);
  takes = strata_traits_dup_dims (&spec->shape, 1, spec->shape.rank);
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_WARNING,
                                   _("A sample of the data is %s, but this input takes %s. Both must have as many "
                                     "numbers."), has, takes);
  shape = strata_target_dup_batch_shape (facts);
  strata_fix_set_param (strata_fix_new (diagnostic, g_strdup_printf (_("Take %s"), has)), node, "batch_shape", shape);
}

const StrataCheck strata_check_input_shape = {
  .name = "input-shape",
  .look = look,
};
