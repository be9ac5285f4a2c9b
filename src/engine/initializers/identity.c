/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "initializers/initializer.h"

typedef struct
{
  StrataInitializer parent;
  double gain;
} Identity;

/* Keras forgets the gain when it writes files. */
static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, Identity, gain, "1.0", .soft_minimum = 0, .soft_maximum = 2, .omit_default = TRUE,
                .title = "Gain", .description = "What the diagonal is"),
  { NULL },
};

static gboolean
identity_check (StrataInitializer  *self,
                const StrataShape  *shape,
                GError            **error)
{
  if (shape->rank == 2)
    return TRUE;
  strata_set_error (error, STRATA_ERROR_SHAPE, "Identity makes matrices, not weights of %d dimensions", shape->rank);
  return FALSE;
}

static void
identity_fill (StrataInitializer *self,
               const StrataShape *shape,
               StrataRandom      *random,
               float             *out)
{
  for (gint64 i = 0; i < shape->dims[0]; i++)
    for (gint64 j = 0; j < shape->dims[1]; j++)
      *out++ = i == j ? ((Identity *) self)->gain : 0;
}

const StrataInitializerInfo strata_initializer_identity = {
  .object = {
    .name = "Identity",
    .aliases = (const char *const[]){ "IdentityInitializer", NULL },
    .title = "Identity",
    .description = "1 on the diagonal, else 0: what comes in goes out",
    .formula = "w[i, j] = gain where i = j, else 0",
    .params = params,
    .instance_size = sizeof (Identity),
    .samples = (const char *const[]){ "{}", "{\"gain\": 0.5}", NULL },
  },
  .check = identity_check,
  .fill = identity_fill,
};
