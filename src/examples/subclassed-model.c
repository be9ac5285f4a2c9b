/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A model by subclassing: layers are made in init, and call() says in C how
 * they work together. compile(), fit() and predict() come with the class. */

#include <math.h>
#include <stdio.h>

#include "models/array-source.h"
#include "models/model.h"
#include "ops/elementwise.h"
#include "tensor/random.h"
#include "tensor/seed.h"

#define MY_TYPE_RESIDUAL (my_residual_get_type ())
G_DECLARE_FINAL_TYPE (MyResidual, my_residual, MY, RESIDUAL, StrataModel)

#define N_BLOCKS 3

struct _MyResidual
{
  StrataModel parent_instance;

  StrataLayer *widen, *blocks[N_BLOCKS], *narrow;
};

G_DEFINE_FINAL_TYPE (MyResidual, my_residual, STRATA_TYPE_MODEL)

/* Each block adds to what came in: a loop, as it would be in Python. */
static void
my_residual_call (StrataLayer   *layer,
               StrataBuilder *b,
               StrataCall    *call)
{
  MyResidual *self = MY_RESIDUAL (layer);
  StrataValue *x = strata_layer_call_on (self->widen, b, call->inputs[0], call->training);

  for (int i = 0; i < N_BLOCKS; i++)
    x = strata_add (b, x, strata_layer_call_on (self->blocks[i], b, x, call->training));
  strata_call_return (call, strata_layer_call_on (self->narrow, b, x, call->training));
}

static void
my_residual_class_init (MyResidualClass *klass)
{
  STRATA_LAYER_CLASS (klass)->call = my_residual_call;
}

static StrataLayer *
add_layer (MyResidual *self,
           const char *attribute,
           const char *text)
{
  g_autoptr (StrataLayer) layer = strata_layer_new_from_text (text, NULL);

  strata_layer_add_child (STRATA_LAYER (self), attribute, layer);
  return layer;
}

static void
my_residual_init (MyResidual *self)
{
  self->widen = add_layer (self, "widen", "Dense(units=32, activation=relu)");
  for (int i = 0; i < N_BLOCKS; i++)
    self->blocks[i] = add_layer (self, "blocks", "Dense(units=32, activation=relu)");
  self->narrow = add_layer (self, "narrow", "Dense(units=1)");
}

int
main (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = g_object_new (MY_TYPE_RESIDUAL, NULL);
  g_autoptr (StrataTensor) x = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (512, 1));
  g_autoptr (StrataTensor) y = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (512, 1));
  g_autoptr (StrataSource) inputs = NULL, targets = NULL;
  g_autoptr (StrataHistory) history = NULL;
  const double *loss;
  guint n;

  strata_seed_set (1);
  strata_random_fill_normal (1, 0, 0, strata_tensor_get_floats (x), 512);
  for (int i = 0; i < 512; i++)
    strata_tensor_get_floats (y)[i] = sinf (2 * strata_tensor_get_floats (x)[i]);
  inputs = strata_array_source_new1 (x);
  targets = strata_array_source_new1 (y);

  if (!strata_model_compile_with (model, "Adam(learning_rate=0.005)", "mse", NULL, &error) ||
      (history = strata_model_fit (model, &(StrataFit){ .x = inputs, .y = targets, .epochs = 30, .shuffle = TRUE,
                                                        .seed = 1 }, &error)) == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  loss = strata_history_get_values (history, "loss", &n);
  printf ("loss %.4f -> %.4f\n", loss[0], loss[n - 1]);
  return loss[n - 1] < 0.1 * loss[0] ? 0 : 1;
}
