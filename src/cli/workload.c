/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "workload.h"

#include "applications/application.h"
#include "layers/core/input-layer.h"
#include "models/array-source.h"
#include "models/sequential.h"
#include "tensor/random.h"

#define LAYERS(...) ((const char *const[]){ __VA_ARGS__, NULL })

const StrataWorkload strata_workloads[] = {
  {
    .name = "mlp",
    .description = "784-128-64-10 with dropout on digits",
    .input = { 1, { 784 } },
    .n_classes = 10,
    .layers = LAYERS ("Dense(units=128, activation=relu)", "Dropout(rate=0.2)", "Dense(units=64, activation=relu)",
                      "Dropout(rate=0.2)", "Dense(units=10, activation=softmax)"),
    .optimizer = "Adam",
  },
  {
    .name = "cnn",
    .description = "Conv 32, pool, Conv 64, pool, Conv 64, Dense 64, Dense 10 on digits",
    .input = { 3, { 28, 28, 1 } },
    .n_classes = 10,
    .layers = LAYERS ("Conv2D(filters=32, kernel_size=3, activation=relu)", "MaxPooling2D(pool_size=2)",
                      "Conv2D(filters=64, kernel_size=3, activation=relu)", "MaxPooling2D(pool_size=2)",
                      "Conv2D(filters=64, kernel_size=3, activation=relu)", "Flatten",
                      "Dense(units=64, activation=relu)",
                      "Dense(units=10, activation=softmax)"),
    .optimizer = "Adam",
  },
  {
    .name = "text",
    .description = "Embedding of 10,000 words, LSTM 64, LSTM 32, on texts of 100 words",
    .input = { 1, { 100 } },
    .vocabulary = 10000,
    .n_classes = 2,
    .layers = LAYERS ("Embedding(input_dim=10000, output_dim=128)", "LSTM(units=64, return_sequences=true)",
                      "LSTM(units=32)",
                      "Dense(units=1, activation=sigmoid)"),
    .optimizer = "Adam",
  },
  {
    .name = "series",
    .description = "LSTM 50, LSTM 50, on series of 60 steps",
    .input = { 2, { 60, 1 } },
    .layers = LAYERS ("LSTM(units=50, return_sequences=true)", "LSTM(units=50)", "Dense(units=1)"),
    .optimizer = "Adam",
  },
  {
    .name = "resnet50-predict",
    .description = "ResNet50 on photos of 224 by 224",
    .input = { 3, { 224, 224, 3 } },
    .application = "ResNet50(weights=null)",
    .batch_size = 8,
  },
  {
    .name = "vgg16-predict",
    .description = "VGG16 on one photo of 224 by 224",
    .input = { 3, { 224, 224, 3 } },
    .application = "VGG16(weights=null)",
    .batch_size = 1,
  },
  {
    .name = "efficientnet-predict",
    .description = "EfficientNetB0 on photos of 224 by 224",
    .input = { 3, { 224, 224, 3 } },
    .application = "EfficientNetB0(weights=null)",
    .batch_size = 8,
  },
  {
    .name = "vgg16-head",
    .description = "A new head, Dense 256 and Dense 10, on a frozen VGG16",
    .input = { 3, { 224, 224, 3 } },
    .n_classes = 10,
    .application = "VGG16(weights=null, include_top=false, input_shape=[224, 224, 3])",
    .layers = LAYERS ("Flatten", "Dense(units=256, activation=relu)", "Dense(units=10, activation=softmax)"),
    .optimizer = "Adam",
    .batch_size = 8,
  },
  {
    .name = "resnet50-tune",
    .description = "A new head on ResNet50, whose last 30 layers learn too",
    .input = { 3, { 224, 224, 3 } },
    .n_classes = 10,
    .application = "ResNet50(weights=null, include_top=false, pooling=avg, input_shape=[224, 224, 3])",
    .n_thawed = 30,
    .layers = LAYERS ("Dense(units=10, activation=softmax)"),
    .optimizer = "Adam",
    .batch_size = 8,
  },
};

const guint strata_n_workloads = G_N_ELEMENTS (strata_workloads);

static StrataLayer *
make_input (const StrataWorkload  *self,
            GError               **error)
{
  g_autoptr (JsonObject) config = json_object_new ();
  StrataShape shape = self->input;

  strata_shape_insert (&shape, 0, STRATA_UNKNOWN);
  json_object_set_member (config, "batch_shape", strata_shape_to_json (&shape));
  json_object_set_string_member (config, "dtype", self->vocabulary > 0 ? "int32" : "float32");
  return strata_layer_new ("InputLayer", config, error);
}

static const char *
get_loss (const StrataWorkload *self)
{
  return self->n_classes == 0 ? "mse" : self->n_classes == 2 ? "binary_crossentropy"
                                                             : "sparse_categorical_crossentropy";
}

static gboolean
add_application (const StrataWorkload  *self,
                 StrataModel           *model,
                 GError               **error)
{
  g_autoptr (StrataModel) base = strata_application_build_from_text (self->application, error);

  if (base == NULL)
    return FALSE;
  for (guint i = 0; i + self->n_thawed < strata_model_get_n_layers (base); i++)
    strata_layer_set_trainable (strata_model_get_layer (base, i), FALSE);
  return strata_sequential_add (STRATA_SEQUENTIAL (model), STRATA_LAYER (base), error);
}

/**
 * strata_workload_build: (skip)
 *
 * Returns: (transfer full): the network, compiled
 */
StrataModel *
strata_workload_build (const StrataWorkload  *self,
                       GError               **error)
{
  g_autoptr (StrataModel) model = strata_sequential_new (self->name);
  g_autoptr (StrataLayer) input = make_input (self, error);

  if (input == NULL || !strata_sequential_add (STRATA_SEQUENTIAL (model), input, error))
    return NULL;
  if (self->application != NULL && !add_application (self, model, error))
    return NULL;
  for (guint i = 0; self->layers != NULL && self->layers[i] != NULL; i++)
    {
      g_autoptr (StrataLayer) layer = strata_layer_new_from_text (self->layers[i], error);

      if (layer == NULL || !strata_sequential_add (STRATA_SEQUENTIAL (model), layer, error))
        return NULL;
    }
  if (self->optimizer != NULL && !strata_model_compile_with (model, self->optimizer, get_loss (self),
                                  self->n_classes > 0 ? "accuracy" : NULL, error))
    return NULL;
  return g_steal_pointer (&model);
}

/**
 * strata_workload_draw: (skip)
 * @n: how many samples
 * @x: (out): random inputs
 * @y: (out): random targets
 */
gboolean
strata_workload_draw (const StrataWorkload  *self,
                      gint64                 n,
                      StrataSource         **x,
                      StrataSource         **y,
                      GError               **error)
{
  StrataShape shape = self->input;
  g_autoptr (StrataTensor) inputs = NULL, targets = NULL;
  StrataRandom random;

  strata_shape_insert (&shape, 0, n);
  strata_random_init (&random, 1);
  inputs = strata_tensor_try_new (self->vocabulary > 0 ? STRATA_INT32 : STRATA_FLOAT32, &shape, error);
  targets = inputs != NULL ? strata_tensor_try_new (STRATA_FLOAT32, &STRATA_SHAPE (n), error) : NULL;
  if (targets == NULL)
    return FALSE;
  for (gint64 i = 0; i < strata_tensor_get_size (inputs); i++)
    if (self->vocabulary > 0)
      ((gint32 *) strata_tensor_get_data (inputs))[i] = strata_random_below (&random, self->vocabulary);
    else
      strata_tensor_get_floats (inputs)[i] = strata_random_uniform (&random);
  for (gint64 i = 0; i < n; i++)
    strata_tensor_get_floats (targets)[i] = self->n_classes > 0 ? strata_random_below (&random, self->n_classes)
                                                                : strata_random_uniform (&random);
  *x = strata_array_source_new1 (inputs);
  *y = strata_array_source_new1 (targets);
  return TRUE;
}
