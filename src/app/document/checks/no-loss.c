/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"
#include "document/ends.h"

/* What is usual for such targets. */
static const char *
choose_loss (StrataDocNode *output,
             gint64         n_classes)
{
  if (n_classes == 0)
    return "mean_squared_error";
  if (output != NULL && strata_traits_get_width (output) == 1)
    return "binary_crossentropy";
  return "sparse_categorical_crossentropy";
}

/* One for each of several outputs, as JSON and in words. */
static void
choose_losses (StrataCheckup          *checkup,
               const StrataDataFacts  *facts,
               GString                *value,
               GString                *words)
{
  g_autoptr (GArray) outputs = strata_document_dup_outputs (strata_checkup_get_document (checkup));

  g_string_append (value, "[");
  for (guint i = 0; i < MIN (outputs->len, facts->target_classes->len); i++)
    {
      StrataDocNode *output = g_array_index (outputs, StrataDocEnd, i).node;
      const char *loss = choose_loss (output, g_array_index (facts->target_classes, gint64, i));

      g_string_append_printf (value, "%s\"%s\"", i > 0 ? ", " : "", loss);
      g_string_append_printf (words, "%s%s: %s", i > 0 ? ", " : "", strata_doc_node_get_name (output), loss);
    }
  g_string_append (value, "]");
}

static void
look_at_all (StrataCheckup *checkup)
{
  const StrataDataFacts *facts = strata_checkup_get_facts (checkup);
  const GPtrArray *outputs = strata_checkup_get_outputs (checkup);
  JsonObject *compile = strata_checkup_get_setting (checkup, "compile");
  g_autoptr (GString) value = g_string_new (NULL), words = g_string_new (NULL);
  StrataDiagnostic *diagnostic;
  StrataFix *fix;

  if (facts == NULL || facts->n_targets == 0 || outputs->len == 0 ||
      (compile != NULL && json_object_has_member (compile, "loss") && !json_object_get_null_member (compile, "loss")))
    return;
  if (outputs->len > 1 && outputs->len == facts->n_targets)
    choose_losses (checkup, facts, value, words);
  else
    {
      g_string_assign (words, choose_loss (outputs->len == 1 ? g_ptr_array_index (outputs, 0) : NULL,
                                           facts->n_classes));
      g_string_printf (value, "\"%s\"", words->str);
    }
  diagnostic = strata_checkup_say (checkup, NULL, STRATA_SEVERITY_WARNING,
                                   _("No loss has been chosen: what training makes smaller. For this data, %s is "
                                     "usual."),
                                   words->str);
  fix = strata_fix_new (diagnostic, g_strdup (_("Use it")));
  strata_fix_set_setting (fix, "compile", "loss", value->str);
  if (compile == NULL || !json_object_has_member (compile, "optimizer"))
    strata_fix_set_setting (fix, "compile", "optimizer", "\"adam\"");
}

const StrataCheck strata_check_no_loss = {
  .name = "no-loss",
  .look_at_all = look_at_all,
};
