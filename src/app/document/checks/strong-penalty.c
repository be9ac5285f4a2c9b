/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "base/json.h"
#include "document/checks/traits.h"

/* A penalty that outweighs the loss keeps all weights near zero. */
#define STRONG 0.3

static const char *const params[] = { "kernel_regularizer", "bias_regularizer", "activity_regularizer",
                                      "embeddings_regularizer" };

static double
get_strength (StrataDocNode *node,
              const char    *param)
{
  g_autoptr (JsonNode) value = strata_traits_has (node, param)
                                 ? strata_object_get_param (STRATA_OBJECT (strata_doc_node_get_layer (node)),
                                                            param) : NULL;
  JsonObject *object = value != NULL && JSON_NODE_HOLDS_OBJECT (value) ? json_node_get_object (value) : NULL;
  JsonObject *config = object != NULL ? strata_json_get_object (object, "config") : NULL;

  if (config == NULL)
    return 0;
  return MAX (strata_json_get_double (config, "l1", 0), strata_json_get_double (config, "l2", 0));
}

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  for (guint i = 0; i < G_N_ELEMENTS (params); i++)
    {
      double strength = get_strength (node, params[i]);
      StrataDiagnostic *diagnostic;

      if (strength < STRONG)
        continue;
      diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_WARNING,
                                       _("The penalty on weights is %g, so strong that the network rather keeps them "
                                         "all near 0 than learns. Usual are 0.0001 to 0.01."),
                                       strength);
      strata_fix_set_param (strata_fix_new (diagnostic, g_strdup (_("Use 0.001"))), node, params[i],
                            "{\"class_name\": \"L2\", \"config\": {\"l2\": 0.001}}");
      return;
    }
}

const StrataCheck strata_check_strong_penalty = {
  .name = "strong-penalty",
  .look = look,
};
