/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* fit() with a training step of one's own: each batch is trained on as it is
 * and with noise added, so that what the model learns is smooth. Epochs,
 * batches, callbacks, metrics and logs stay what they are. */

#include <stdio.h>

#include "models/array-source.h"
#include "models/model.h"
#include "ops/drawing.h"
#include "ops/elementwise.h"
#include "tensor/random.h"
#include "tensor/seed.h"

#define MY_TYPE_SMOOTH (my_smooth_get_type ())
G_DECLARE_FINAL_TYPE (MySmooth, my_smooth, MY, SMOOTH, StrataModel)

struct _MySmooth
{
  StrataModel parent_instance;

  StrataLayer *hidden, *output;
};

G_DEFINE_FINAL_TYPE (MySmooth, my_smooth, STRATA_TYPE_MODEL)

static void
my_smooth_call (StrataLayer   *layer,
                StrataBuilder *b,
                StrataCall    *call)
{
  MySmooth *self = MY_SMOOTH (layer);
  StrataValue *hidden = strata_layer_call_on (self->hidden, b, call->inputs[0], call->training);

  strata_call_return (call, strata_layer_call_on (self->output, b, hidden, call->training));
}

static StrataValue *
my_smooth_train_step (StrataModel       *model,
                      StrataBuilder     *b,
                      const StrataBatch *batch)
{
  StrataValue *noise = strata_draw_normal (b, &batch->x[0]->shape, STRATA_NONE_INT);
  StrataValue *noisy_x = strata_add (b, batch->x[0], strata_scale (b, noise, 0.1));
  StrataBatch noisy = *batch;
  StrataCall clean_call, noisy_call;
  StrataValue *loss;

  noisy.x = &noisy_x;
  strata_model_forward (model, b, batch, TRUE, &clean_call);
  strata_model_forward (model, b, &noisy, TRUE, &noisy_call);
  loss = strata_add (b, strata_model_compute_loss (model, b, batch, &clean_call),
                     strata_model_compute_loss (model, b, &noisy, &noisy_call));
  strata_model_minimize (model, b, loss);
  strata_model_update_metrics (model, b, batch, &clean_call);
  return loss;
}

static void
my_smooth_class_init (MySmoothClass *klass)
{
  STRATA_LAYER_CLASS (klass)->call = my_smooth_call;
  STRATA_MODEL_CLASS (klass)->train_step = my_smooth_train_step;
}

static void
my_smooth_init (MySmooth *self)
{
  g_autoptr (StrataLayer) hidden = strata_layer_new_from_text ("Dense(units=16, activation=relu)", NULL);
  g_autoptr (StrataLayer) output = strata_layer_new_from_text ("Dense(units=1, activation=sigmoid)", NULL);

  strata_layer_add_child (STRATA_LAYER (self), "hidden", self->hidden = hidden);
  strata_layer_add_child (STRATA_LAYER (self), "output", self->output = output);
}

int
main (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = g_object_new (MY_TYPE_SMOOTH, NULL);
  g_autoptr (StrataTensor) x = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (256, 2));
  g_autoptr (StrataTensor) y = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (256, 1));
  g_autoptr (StrataSource) inputs = NULL, targets = NULL;
  g_autoptr (StrataHistory) history = NULL;
  const double *accuracy;
  guint n;

  strata_seed_set (3);
  strata_random_fill_normal (1, 0, 0, strata_tensor_get_floats (x), 512);
  for (int i = 0; i < 256; i++)
    strata_tensor_get_floats (y)[i] = strata_tensor_get_floats (x)[2 * i] > strata_tensor_get_floats (x)[2 * i + 1];
  inputs = strata_array_source_new1 (x);
  targets = strata_array_source_new1 (y);

  if (!strata_model_compile_with (model, "Adam(learning_rate=0.02)", "binary_crossentropy", "accuracy", &error) ||
      (history = strata_model_fit (model, &(StrataFit){ .x = inputs, .y = targets, .epochs = 20, .shuffle = TRUE,
                                                        .seed = 1 }, &error)) == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  accuracy = strata_history_get_values (history, "accuracy", &n);
  printf ("accuracy %.3f -> %.3f\n", accuracy[0], accuracy[n - 1]);
  return accuracy[n - 1] > 0.9 ? 0 : 1;
}
