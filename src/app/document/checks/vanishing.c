/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

/* From so many layers in a row on, little of the gradient reaches the first. */
#define MANY 4

static gboolean
squeezes (StrataDocNode *node)
{
  const char *activation;

  if (!strata_traits_is (node, "Dense,Conv1D,Conv2D,Conv3D"))
    return FALSE;
  activation = strata_traits_get_activation (node);
  return g_strcmp0 (activation, "sigmoid") == 0 || g_strcmp0 (activation, "tanh") == 0;
}

/* Normalization keeps numbers where these functions are steep. */
static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  g_autoptr (GPtrArray) row = g_ptr_array_new ();
  StrataDocNode *next = strata_checkup_get_after (checkup, node), *before = node;
  StrataDiagnostic *diagnostic;
  StrataFix *fix;

  if (!squeezes (node) || next == NULL)
    return;
  while (before != NULL && squeezes (before))
    {
      g_ptr_array_add (row, before);
      before = strata_checkup_get_worker (checkup, before);
    }
  while (next != NULL && strata_traits_is_carrier (next))
    next = strata_checkup_get_after (checkup, next);
  if (row->len < MANY || next == NULL || squeezes (next))
    return;
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_WARNING,
                                   _("%d layers in a row squeeze their numbers with sigmoid or tanh. Each passes on a "
                                     "fraction of the gradient, so the first ones "
                                     "hardly learn (it vanishes). ReLU passes it on whole."), (int) row->len);
  fix = strata_fix_new (diagnostic, g_strdup (_("Use ReLU in all")));
  for (guint i = 0; i < row->len; i++)
    strata_fix_set_param (fix, g_ptr_array_index (row, i), "activation", "\"relu\"");
}

const StrataCheck strata_check_vanishing = {
  .name = "vanishing",
  .style = TRUE,
  .look = look,
};
