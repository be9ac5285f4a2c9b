/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

/* Beyond this, most computers of students are out of memory: weights, gradients and two moments of Adam are four
 * times as much. */
#define MANY_PARAMS G_GINT64_CONSTANT (250000000)
/* What a mended layer may have. */
#define FEWER_PARAMS 10000000

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  gint64 n_params = strata_doc_node_get_n_params (node), width = strata_traits_get_width (node), better;
  const char *param = strata_traits_get_width_param (node);
  g_autofree char *size = NULL;
  StrataDiagnostic *diagnostic;

  if (n_params <= MANY_PARAMS)
    return;
  size = g_format_size (n_params * 4);
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_WARNING,
                                   _("The weights take %s, and training four times as much. Make the layer or its "
                                     "input smaller."), size);
  if (param == NULL || width < 1)
    return;
  better = MAX (width * FEWER_PARAMS / n_params, 1);
  strata_fix_set_number (strata_fix_new (diagnostic,
                                         g_strdup_printf (g_dngettext (NULL, "Use %d unit", "Use %d units",
                                                                       (gulong) better), (int) better)),
                         node, param, better);
}

const StrataCheck strata_check_many_weights = {
  .name = "many-weights",
  .look = look,
};
