/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

/* The input's shape with one more dimension of one: an image without channels, or a series of single numbers. */
static char *
with_channel (const StrataShape *shape)
{
  g_autoptr (GString) text = g_string_new ("{\"name\": \"add_channel\", \"target_shape\": [");

  for (int i = 1; i < shape->rank; i++)
    {
      if (shape->dims[i] < 0)
        return NULL;
      g_string_append_printf (text, "%" G_GINT64_FORMAT ", ", shape->dims[i]);
    }
  g_string_append (text, "1]}");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  const StrataSpec *input = strata_traits_get_input (node, 0);
  g_autofree char *config = NULL, *dims = NULL;
  StrataDiagnostic *diagnostic;

  if (strata_traits_get_problem (node) == NULL || input == NULL || input->shape.rank < 2 ||
      strata_checkup_has_said (checkup, node, STRATA_SEVERITY_ERROR))
    return;
  config = with_channel (&input->shape);
  if (config == NULL || !strata_fix_try_layer (node, "Reshape", config))
    return;
  dims = strata_traits_dup_dims (&input->shape, 1, input->shape.rank);
  if (strata_traits_is_in (node, "Recurrent"))
    diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_ERROR,
                                     _("This layer reads a sequence of steps, each with its features, but a row of %s "
                                       "numbers comes in, which has too few dimensions. "
                                       "Make each number a step with one feature."), dims);
  else if (input->shape.rank == 2)
    diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_ERROR,
                                     _("This layer goes along a sequence of steps, each with its channels, but a row "
                                       "of %s numbers comes in, which has too few dimensions. "
                                       "Make each number a step with one channel."), dims);
  else
    diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_ERROR,
                                     _("What comes in is %s and has too few dimensions: this layer expects a last one "
                                       "for the channels. "
                                       "A gray image has one channel."), dims);
  strata_fix_insert (strata_fix_new (diagnostic, g_strdup (_("Add a channel"))), node, "Reshape", config);
}

const StrataCheck strata_check_missing_channel = {
  .name = "missing-channel",
  .look = look,
};
