/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/builder-private.h"

#include "ops/elementwise.h"

/**
 * strata_builder_add_loss:
 * @loss: a scalar that training adds to the loss
 */
void
strata_builder_add_loss (StrataBuilder *self,
                         StrataValue   *loss)
{
  g_ptr_array_add (self->losses, loss);
}

/**
 * strata_builder_drop_losses: (skip)
 * @n: how many to keep
 *
 * Forgets the losses that were added after the first @n.
 */
void
strata_builder_drop_losses (StrataBuilder *self,
                            guint          n)
{
  if (n < self->losses->len)
    g_ptr_array_set_size (self->losses, n);
}

/**
 * strata_builder_repeat_losses: (skip)
 * @n: how many to leave as they are
 *
 * Multiplies the losses that were added after the first @n.
 */
void
strata_builder_repeat_losses (StrataBuilder *self,
                              guint          n,
                              gint64         times)
{
  for (guint i = n; i < self->losses->len; i++)
    self->losses->pdata[i] = strata_scale (self, self->losses->pdata[i], times);
}

/**
 * strata_builder_get_losses: (skip)
 */
const GPtrArray *
strata_builder_get_losses (StrataBuilder *self)
{
  return self->losses;
}
