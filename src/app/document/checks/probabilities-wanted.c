/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

/* What an image becomes is no answer, unless the data is known to have one for each pixel. */
static gboolean
is_image (StrataCheckup *checkup,
          StrataDocNode *node)
{
  return strata_checkup_get_facts (checkup) == NULL && strata_doc_node_get_output_spec (node, 0)->shape.rank > 3;
}

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  gboolean classes = strata_checkup_loss_is (checkup, STRATA_LOSSES_OF_CLASSES);
  const char *wanted = classes ? "softmax" : "sigmoid", *given;
  g_autofree char *value = NULL;
  StrataDiagnostic *diagnostic;
  StrataDocNode *where;

  if ((!classes && !strata_checkup_loss_is (checkup, STRATA_LOSSES_OF_YES_OR_NO)) ||
      strata_checkup_takes_logits (checkup) ||
      strata_doc_node_get_output_spec (node, 0) == NULL || !strata_checkup_is_output (checkup, node) ||
      strata_checkup_is_unfinished (checkup, node) || is_image (checkup, node))
    return;
  given = strata_checkup_get_final (checkup, node, &where);
  if (given == NULL || g_str_equal (given, "softmax") || g_str_equal (given, "sigmoid") ||
      g_str_equal (given, "hard_sigmoid"))
    return;
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_WARNING,
                                   _("The loss %s wants probabilities, but %s gives any number. With %s, its outputs "
                                     "become probabilities."),
                                   strata_checkup_get_loss (checkup), given, wanted);
  if (!strata_traits_has (where, "activation"))
    return;
  value = g_strdup_printf ("\"%s\"", wanted);
  strata_fix_set_param (strata_fix_new (diagnostic, g_strdup_printf (_("Use %s"), wanted)), where, "activation", value);
}

const StrataCheck strata_check_probabilities_wanted = {
  .name = "probabilities-wanted",
  .look = look,
};
