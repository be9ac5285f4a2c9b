/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "initializers/initializer.h"

#include <string.h>

static void
zeros_fill (StrataInitializer *self,
            const StrataShape *shape,
            StrataRandom      *random,
            float             *out)
{
  memset (out, 0, strata_shape_get_size (shape) * sizeof *out);
}

const StrataInitializerInfo strata_initializer_zeros = {
  .object = {
    .name = "Zeros",
    .aliases = (const char *const[]){ "zero", NULL },
    .title = "Zeros",
    .description = "All zero",
    .formula = "w = 0",
    .instance_size = sizeof (StrataInitializer),
    .samples = (const char *const[]){ "{}", NULL },
  },
  .fill = zeros_fill,
};
