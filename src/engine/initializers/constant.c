/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "initializers/initializer.h"

typedef struct
{
  StrataInitializer parent;
  double value;
} Constant;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, Constant, value, "0.0", .soft_minimum = -1, .soft_maximum = 1, .title = "Value",
                .description = "What all numbers are"),
  { NULL },
};

static void
constant_fill (StrataInitializer *self,
               const StrataShape *shape,
               StrataRandom      *random,
               float             *out)
{
  gint64 n = strata_shape_get_size (shape);

  for (gint64 i = 0; i < n; i++)
    out[i] = ((Constant *) self)->value;
}

const StrataInitializerInfo strata_initializer_constant = {
  .object = {
    .name = "Constant",
    .title = "Constant",
    .description = "All the same number",
    .formula = "w = value",
    .params = params,
    .instance_size = sizeof (Constant),
    .samples = (const char *const[]){ "{}", "{\"value\": 0.25}", NULL },
  },
  .fill = constant_fill,
};
