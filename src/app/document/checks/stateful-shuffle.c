/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "base/json.h"
#include "document/checks/traits.h"

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  JsonObject *fit = strata_checkup_get_setting (checkup, "fit");
  StrataDiagnostic *diagnostic;

  if (!strata_traits_is_recurrent (node) || !strata_traits_get_flag (node, "stateful") || fit == NULL ||
      !strata_json_get_bool (fit, "shuffle", TRUE))
    return;
  diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_WARNING,
                                   _("A stateful layer goes on where the batch before ended, but samples are shuffled: "
                                     "it would go on with another one."));
  strata_fix_set_setting (strata_fix_new (diagnostic, g_strdup (_("Keep the order"))), "fit", "shuffle", "false");
}

const StrataCheck strata_check_stateful_shuffle = {
  .name = "stateful-shuffle",
  .look = look,
};
