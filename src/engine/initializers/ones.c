/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "initializers/initializer.h"

static void
ones_fill (StrataInitializer *self,
           const StrataShape *shape,
           StrataRandom      *random,
           float             *out)
{
  gint64 n = strata_shape_get_size (shape);

  for (gint64 i = 0; i < n; i++)
    out[i] = 1;
}

const StrataInitializerInfo strata_initializer_ones = {
  .object = {
    .name = "Ones",
    .aliases = (const char *const[]){ "one", NULL },
    .title = "Ones",
    .description = "All one",
    .formula = "w = 1",
    .instance_size = sizeof (StrataInitializer),
    .samples = (const char *const[]){ "{}", NULL },
  },
  .fill = ones_fill,
};
