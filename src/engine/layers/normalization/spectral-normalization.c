/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/wrapper-base.h"

#include "ops/constants.h"
#include "ops/elementwise.h"
#include "ops/matmul.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

static const StrataParam params[] = {
  STRATA_PARAM_LAYER,
  STRATA_PARAM (INT, StrataWrapperLayer, power_iterations, "1", .minimum = 1, .maximum = G_MAXINT32, .soft_minimum = 1,
                .soft_maximum = 5,
                .title = "Power iterations", .description = "How exactly the largest stretch is measured"),
  { NULL },
};

static StrataVariable *
find_kernel (StrataWrapperLayer *self)
{
  g_autoptr (GPtrArray) weights = strata_layer_dup_own_weights (self->layer);

  for (guint i = 0; i < weights->len; i++)
    {
      const char *name = strata_variable_get_name (weights->pdata[i]);

      if (g_str_equal (name, "kernel") || g_str_equal (name, "embeddings"))
        return weights->pdata[i];
    }
  return NULL;
}

static gboolean
spectral_normalization_build (StrataLayer       *layer,
                              const StrataSpec  *inputs,
                              guint              n_inputs,
                              GError           **error)
{
  StrataWrapperLayer *self = (StrataWrapperLayer *) layer;
  g_autoptr (StrataObject) initializer = strata_object_new_from_text (STRATA_KIND_INITIALIZER,
                                                                      "TruncatedNormal(stddev=0.02)", error);
  StrataVariable *kernel;

  if (initializer == NULL || !strata_wrapper_layer_build (layer, inputs, n_inputs, error))
    return FALSE;
  kernel = find_kernel (self);
  if (kernel == NULL)
    {
      strata_set_error (error, STRATA_ERROR_VALUE,
                        "%s has no kernel that could be normalized; put a Dense or convolution layer inside",
                        strata_object_get_class_name (STRATA_OBJECT (self->layer)));
      return FALSE;
    }
  strata_layer_share_weight (layer, kernel);
  self->vector_u = strata_layer_add_state (layer, "vector_u", STRATA_FLOAT32,
                                           &STRATA_SHAPE (1, kernel->shape.dims[kernel->shape.rank - 1]),
                                           initializer, error);
  return self->vector_u != NULL;
}

static StrataValue *
normalize (StrataBuilder *b,
           StrataValue   *x)
{
  StrataValue *inverse = strata_rsqrt (b, strata_reduce_sum (b, strata_square (b, x), STRATA_ALL_AXES, FALSE));

  return strata_multiply (b, x, strata_minimum (b, inverse, strata_builder_scalar (b, 1e7)));
}

/* Divides the kernel by its largest stretch, which a few multiplications measure. The new kernel is
 * the weight itself: gradients go to it as if it had always been so. */
static void
normalize_kernel (StrataWrapperLayer *self,
                  StrataBuilder      *b,
                  StrataVariable     *variable)
{
  StrataValue *kernel = strata_builder_read (b, variable), *u = strata_builder_read (b, self->vector_u), *v = NULL;
  StrataValue *matrix, *stretch, *some, *next;
  StrataShape flat = STRATA_SHAPE (strata_shape_get_span (&kernel->shape, 0, kernel->shape.rank - 1),
                                   kernel->shape.dims[kernel->shape.rank - 1]);

  if (!strata_can_list (b, self->power_iterations))
    return;
  matrix = strata_reshape (b, kernel, &flat);
  for (gint64 i = 0; i < self->power_iterations; i++)
    {
      v = normalize (b, strata_matmul (b, u, matrix, FALSE, TRUE));
      u = normalize (b, strata_matmul (b, v, matrix, FALSE, FALSE));
    }
  stretch = strata_matmul (b, strata_matmul (b, v, matrix, FALSE, FALSE), u, FALSE, TRUE);
  some = strata_reduce_max (b, strata_absolute (b, kernel), STRATA_ALL_AXES, FALSE);
  some = strata_greater (b, some, strata_builder_scalar (b, 0));
  next = strata_where (b, some, strata_divide (b, kernel, strata_reshape (b, stretch, &STRATA_SCALAR)), kernel);
  next = strata_add (b, kernel, strata_stop_gradient (b, strata_subtract (b, next, kernel)));
  strata_builder_assign (b, variable, next);
  strata_builder_assign (b, self->vector_u, strata_where (b, some, u, strata_builder_read (b, self->vector_u)));
}

static void
spectral_normalization_call (StrataLayer   *layer,
                             StrataBuilder *b,
                             StrataCall    *call)
{
  StrataWrapperLayer *self = (StrataWrapperLayer *) layer;

  if (call->training)
    normalize_kernel (self, b, find_kernel (self));
  strata_wrapper_layer_call (layer, b, call);
  /* Keras gives what comes out the type of what goes in, so an Embedding's numbers become whole ones. */
  if (!strata_dtype_is_float (call->inputs[0]->dtype))
    call->outputs[0] = strata_cast (b, call->outputs[0], call->inputs[0]->dtype);
}

const StrataLayerInfo strata_layer_spectral_normalization = {
  .object = {
    .name = "SpectralNormalization",
    .title = "Spectral normalization",
    .category = "Normalization",
    .description = "Keeps the layer inside from stretching its input, which steadies adversarial networks",
    .formula = "kernel ← kernel / σ(kernel)",
    .params = params,
    .instance_size = sizeof (StrataWrapperLayer),
    .configured = strata_wrapper_layer_configured,
    .samples = (const char *const[]){
      "{\"layer\": {\"class_name\": \"Dense\", \"config\": {\"units\": 3}}}",
      "{\"layer\": {\"class_name\": \"Dense\", \"config\": {\"units\": 2}}, \"power_iterations\": 3}",
      NULL },
  },
  .flags = STRATA_LAYER_WRAPS | STRATA_LAYER_MIXES_SAMPLES,
  .sample_inputs = "2,4",
  .build = spectral_normalization_build,
  .call = spectral_normalization_call,
};
