/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n-lib.h>

#include "layers/common-params.h"
#include "ops/elementwise.h"

typedef struct
{
  StrataLayer parent;
  StrataObject *alpha_initializer, *alpha_regularizer, *alpha_constraint;
  StrataInts shared_axes;
  StrataVariable *alpha;
} PReLU;

static const StrataParam params[] = {
  STRATA_PARAM_INITIALIZER (PReLU, alpha_initializer, "\"Zeros\"", "Slope initializer", "How the slopes begin"),
  STRATA_PARAM_REGULARIZER (PReLU, alpha_regularizer, "Slope regularizer", "Penalty on large slopes"),
  STRATA_PARAM_CONSTRAINT (PReLU, alpha_constraint, "Slope constraint", "What the slopes are kept to"),
  STRATA_PARAM (INTS, PReLU, shared_axes, "null", .nullable = TRUE, .minimum = 1, .maximum = STRATA_MAX_RANK - 1,
                .soft_minimum = 1,
                .soft_maximum = 3, .title = "Shared axes",
                .description = "Dimensions along which one slope serves all: 1 and 2 for one a channel of an image"),
  { NULL },
};

static gboolean
p_re_lu_build (StrataLayer       *layer,
               const StrataSpec  *inputs,
               guint              n_inputs,
               GError           **error)
{
  PReLU *self = (PReLU *) layer;
  StrataShape shape = inputs[0].shape;

  self->shared_axes.scalar = FALSE;
  for (int i = 0; i < self->shared_axes.n; i++)
    if (self->shared_axes.v[i] < shape.rank)
      shape.dims[self->shared_axes.v[i]] = 1;
  strata_shape_remove (&shape, 0);
  self->alpha = strata_layer_add_weight_full (layer, "alpha", &shape, self->alpha_initializer,
                                              self->alpha_regularizer, self->alpha_constraint, error);
  if (self->alpha == NULL && !strata_shape_is_known (&shape))
    g_prefix_error (error, "%s", _("where a dimension is not known, name it in shared_axes: "));
  return self->alpha != NULL;
}

static void
p_re_lu_call (StrataLayer   *layer,
              StrataBuilder *b,
              StrataCall    *call)
{
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32);
  StrataValue *alpha = strata_builder_read (b, ((PReLU *) layer)->alpha);

  strata_call_return (call,
                      strata_subtract (b, strata_relu (b, x),
                                       strata_multiply (b, alpha, strata_relu (b, strata_negative (b, x)))));
}

const StrataLayerInfo strata_layer_p_re_lu = {
  .object = {
    .name = "PReLU",
    .title = "Parametric ReLU",
    .category = "Activation",
    .description = "A leaky ReLU that learns its slopes",
    .formula = "y = x where x > 0, α · x elsewhere",
    .params = params,
    .instance_size = sizeof (PReLU),
    .samples = (const char *const[]){
      "{}",
      "{\"shared_axes\": [1]}",
      "{\"shared_axes\": [1, 2]}",
      "{\"shared_axes\": 2}",
      "{\"alpha_regularizer\": {\"class_name\": \"L2\", \"config\": {\"l2\": 0.01}}, \"shared_axes\": [2]}",
      NULL },
  },
  .flags = STRATA_LAYER_PASSES_MASK,
  .min_rank = 2,
  .sample_inputs = "2,5,3",
  .build = p_re_lu_build,
  .call = p_re_lu_call,
};
