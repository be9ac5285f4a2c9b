/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "callbacks/rates.h"

guint
strata_rates_count (StrataOptimizer *optimizer)
{
  GPtrArray *parts = strata_optimizer_get_parts (optimizer);

  return parts != NULL ? parts->len : 1;
}

/* Returns: (transfer none): what has the @i-th learning rate */
StrataOptimizer *
strata_rates_get (StrataOptimizer *optimizer,
                  guint            i)
{
  GPtrArray *parts = strata_optimizer_get_parts (optimizer);

  return parts != NULL ? g_ptr_array_index (parts, i) : optimizer;
}

/* Returns: (transfer full): what logs call the @i-th learning rate */
char *
strata_rates_dup_name (StrataOptimizer *optimizer,
                       guint            i)
{
  if (strata_optimizer_get_parts (optimizer) == NULL)
    return g_strdup ("learning_rate");
  return g_strdup_printf ("learning_rate_%s", strata_optimizer_get_name (strata_rates_get (optimizer, i)));
}

void
strata_rates_tell (StrataOptimizer *optimizer,
                   StrataLogs      *logs)
{
  for (guint i = 0; i < strata_rates_count (optimizer); i++)
    {
      g_autofree char *name = strata_rates_dup_name (optimizer, i);

      strata_logs_set (logs, name, strata_optimizer_get_rate (strata_rates_get (optimizer, i)));
    }
}
