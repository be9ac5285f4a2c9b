/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/core/einsum-dense.h"

#include <string.h>

#include "ops/einsum.h"
#include "ops/elementwise.h"

static const StrataParam params[] = {
  STRATA_PARAM (STRING, StrataEinsumDense, equation, NULL, .title = "Equation",
                .description = "Which dimensions of input and kernel are multiplied and summed, such as abc,cd->abd"),
  STRATA_PARAM (JSON, StrataEinsumDense, output_shape, NULL, .partial = TRUE, .minimum = 1, .maximum = G_MAXINT32,
                .title = "Output shape",
                .description = "The output's sizes without the batch; null where they follow from the input"),
  STRATA_PARAM_ACTIVATION (StrataEinsumDense, activation, "\"linear\""),
  STRATA_PARAM (STRING, StrataEinsumDense, bias_axes, "null", .nullable = TRUE, .title = "Bias axes",
                .description = "The output's dimensions along which the bias differs; none for no bias"),
  STRATA_WEIGHT_PARAMS (StrataEinsumDense),
  { NULL },
};

/* Keras writes one size as a list of one. */
static gboolean
einsum_dense_configured (StrataObject  *object,
                         GError       **error)
{
  StrataEinsumDense *self = (StrataEinsumDense *) object;

  if (JSON_NODE_HOLDS_VALUE (self->output_shape))
    {
      JsonArray *list = json_array_new ();

      json_array_add_int_element (list, json_node_get_int (self->output_shape));
      json_node_unref (self->output_shape);
      self->output_shape = json_node_init_array (json_node_alloc (), list);
      json_array_unref (list);
    }
  if (JSON_NODE_HOLDS_ARRAY (self->output_shape))
    return TRUE;
  strata_set_error (error, STRATA_ERROR_VALUE, "output_shape must be a whole number or a list of them");
  return FALSE;
}

static gint64
get_size (StrataEinsumDense *self,
          int                i)
{
  JsonArray *list = json_node_get_array (self->output_shape);
  JsonNode *node = i >= 0 && i < (int) json_array_get_length (list) ? json_array_get_element (list, i) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_int (node) : STRATA_UNKNOWN;
}

/* The sizes of the output that Keras tells: the batch, what an ellipsis stands for, and those that are given. */
static StrataShape
get_declared_shape (StrataEinsumDense  *self,
                    const StrataEinsum *parts,
                    const StrataShape  *x)
{
  StrataShape shape = { .rank = strlen (parts->z) };

  for (int i = 0, next = 0; i < shape.rank; i++)
    {
      const char *at = strchr (parts->x, parts->z[i]);

      if (i > 0 && !g_ascii_isdigit (parts->z[i]))
        shape.dims[i] = get_size (self, next++);
      else
        shape.dims[i] = at != NULL ? x->dims[at - parts->x] : STRATA_UNKNOWN;
    }
  return shape;
}

/* All sizes of the output: those that are left open are the input's. */
static StrataShape
get_output_shape (StrataEinsumDense  *self,
                  const StrataEinsum *parts,
                  const StrataShape  *x)
{
  StrataShape shape = get_declared_shape (self, parts, x);

  for (int i = 0; i < shape.rank; i++)
    {
      const char *at = strchr (parts->x, parts->z[i]);

      if (shape.dims[i] == STRATA_UNKNOWN && at != NULL)
        shape.dims[i] = x->dims[at - parts->x];
    }
  return shape;
}

static StrataShape
get_kernel_shape (const StrataEinsum *parts,
                  const StrataShape  *x,
                  const StrataShape  *z)
{
  StrataShape shape = { 0 };

  for (const char *letter = parts->y; *letter != '\0'; letter++)
    {
      const char *in_x = strchr (parts->x, *letter), *in_z = strchr (parts->z, *letter);

      strata_shape_append (&shape, in_x != NULL ? x->dims[in_x - parts->x] : in_z != NULL ? z->dims[in_z - parts->z]
                           : STRATA_UNKNOWN);
    }
  return shape;
}

/* From the first dimension along which the bias differs to the last of the output. */
static gboolean
get_bias_shape (StrataEinsumDense   *self,
                const StrataEinsum  *parts,
                const StrataShape   *z,
                StrataShape         *shape,
                GError             **error)
{
  *shape = (StrataShape){ 0 };
  for (const char *letter = self->bias_axes; *letter != '\0'; letter++)
    if (strchr (parts->z, *letter) == NULL)
      {
        strata_set_error (error, STRATA_ERROR_VALUE,
                          "bias_axes names “%c”, which the output “%s” does not have", *letter, parts->z);
        return FALSE;
      }
  for (int i = 0; i < z->rank; i++)
    {
      gboolean differs = strchr (self->bias_axes, parts->z[i]) != NULL;

      if (differs || shape->rank > 0)
        strata_shape_append (shape, differs ? z->dims[i] : 1);
    }
  return TRUE;
}

static gboolean
einsum_dense_build (StrataLayer       *layer,
                    const StrataSpec  *inputs,
                    guint              n_inputs,
                    GError           **error)
{
  StrataEinsumDense *self = (StrataEinsumDense *) layer;
  const StrataShape *x = &inputs[0].shape;
  StrataEinsum parts;
  StrataShape z, kernel, bias;

  if (!strata_einsum_parse (self->equation, x->rank, &parts, error))
    return FALSE;
  z = get_output_shape (self, &parts, x);
  kernel = get_kernel_shape (&parts, x, &z);
  self->kernel = strata_layer_add_weight_full (layer, "kernel", &kernel, self->kernel_initializer,
                                               self->kernel_regularizer, self->kernel_constraint, error);
  if (self->kernel == NULL)
    return FALSE;
  if (self->bias_axes == NULL || *self->bias_axes == '\0')
    return TRUE;

  if (!get_bias_shape (self, &parts, &z, &bias, error))
    return FALSE;
  self->bias = strata_layer_add_weight_full (layer, "bias", &bias, self->bias_initializer, self->bias_regularizer,
                                             self->bias_constraint, error);
  return self->bias != NULL;
}

static void
einsum_dense_call (StrataLayer   *layer,
                   StrataBuilder *b,
                   StrataCall    *call)
{
  StrataEinsumDense *self = (StrataEinsumDense *) layer;
  StrataValue *y = strata_einsum (b, self->equation, strata_cast (b, call->inputs[0], STRATA_FLOAT32),
                                  strata_builder_read (b, self->kernel));
  StrataEinsum parts;

  if (self->bias != NULL)
    y = strata_add_bias (b, y, strata_builder_read (b, self->bias));
  y = strata_activation_apply (self->activation, b, y);
  strata_layer_add_activity (layer, b, self->activity_regularizer, y);
  if (strata_builder_is_declaring (b) && !self->tells_all
      && strata_einsum_parse (self->equation, call->inputs[0]->shape.rank, &parts, NULL))
    {
      StrataShape shape = get_declared_shape (self, &parts, &call->inputs[0]->shape);

      y = strata_builder_input (b, "output", y->dtype, &shape);
    }
  strata_call_return (call, y);
}

const StrataLayerInfo strata_layer_einsum_dense = {
  .object = {
    .name = "EinsumDense",
    .title = "Einsum dense",
    .category = "Core",
    .description = "A dense layer along whatever dimensions an equation names",
    .formula = "y = activation(einsum(equation, x, kernel) + bias)",
    .params = params,
    .instance_size = sizeof (StrataEinsumDense),
    .samples = (const char *const[]){
      "{\"equation\": \"abc,cd->abd\", \"output_shape\": [null, 5]}",
      "{\"equation\": \"abc,cd->abd\", \"output_shape\": [null, 5], \"bias_axes\": \"d\", \"activation\": \"relu\"}",
      "{\"equation\": \"abc,cde->abde\", \"output_shape\": [null, 2, 3], \"bias_axes\": \"de\"}",
      "{\"equation\": \"...x,xy->...y\", \"output_shape\": 4, \"bias_axes\": \"y\"}",
      "{\"equation\": \"abc,bd->adc\", \"output_shape\": [3, null]}",
      NULL },
    .configured = einsum_dense_configured,
  },
  .min_rank = 2,
  .sample_inputs = "2,4,3",
  .build = einsum_dense_build,
  .call = einsum_dense_call,
};
