/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

/* From here on, always guessing the same looks good. */
#define LARGE_SHARE 0.8

static void
look_at_all (StrataCheckup *checkup)
{
  const StrataDataFacts *facts = strata_checkup_get_facts (checkup);
  gint64 all = 0, most = 0;
  guint which = 0;

  if (facts == NULL || facts->class_counts->len < 2)
    return;
  for (guint i = 0; i < facts->class_counts->len; i++)
    {
      gint64 count = g_array_index (facts->class_counts, gint64, i);

      all += count;
      which = count > most ? i : which;
      most = MAX (most, count);
    }
  if (all == 0 || most < LARGE_SHARE * all)
    return;
  strata_checkup_say (checkup, NULL, STRATA_SEVERITY_HINT,
                      _("%.0f of 100 samples are of the class “%s”. A network that always says so has that accuracy "
                        "and has learnt nothing: "
                        "look at precision and recall, too."), 100.0 * most / all,
                      facts->class_names != NULL && which < facts->class_names->len
                        ? (const char *) g_ptr_array_index (facts->class_names, which) : "?");
}

const StrataCheck strata_check_class_imbalance = {
  .name = "class-imbalance",
  .look_at_all = look_at_all,
};
