/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "base/json.h"
#include "document/checks/traits.h"

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  const StrataSpec *input = strata_traits_get_input (node, 0);
  const GPtrArray *inputs = strata_checkup_get_inputs (checkup);
  JsonObject *fit = strata_checkup_get_setting (checkup, "fit");
  int size = fit != NULL ? (int) strata_json_get_int (fit, "batch_size", 32) : 32;
  g_autoptr (GString) shape = NULL;
  const StrataSpec *spec;
  StrataDiagnostic *diagnostic;

  if (!strata_traits_is_recurrent (node) || !strata_traits_get_flag (node, "stateful") || input == NULL ||
      input->shape.dims[0] >= 0)
    return;
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_ERROR,
                                   _("A stateful layer goes on where the batch before ended, so it must know how many "
                                     "samples a batch has. "
                                     "Say so in the shape of the input."));
  spec = inputs->len == 1 ? strata_doc_node_get_output_spec (g_ptr_array_index (inputs, 0), 0) : NULL;
  if (spec == NULL)
    return;
  shape = g_string_new (NULL);
  g_string_printf (shape, "[%d", size);
  for (int i = 1; i < spec->shape.rank; i++)
    if (spec->shape.dims[i] < 0)
      g_string_append (shape, ", null");
    else
      g_string_append_printf (shape, ", %" G_GINT64_FORMAT, spec->shape.dims[i]);
  g_string_append_c (shape, ']');
  strata_fix_set_param (strata_fix_new (diagnostic, g_strdup_printf (_("Use batches of %d"), size)),
                        g_ptr_array_index (inputs, 0), "batch_shape", shape->str);
}

const StrataCheck strata_check_stateful_batch = {
  .name = "stateful-batch",
  .look = look,
};
