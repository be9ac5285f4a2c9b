/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Two networks against each other, each with an optimizer of its own: a judge
 * learns to tell samples from what a generator makes of noise, the generator
 * learns to be taken for real. fit() needs no targets then, and metrics of the
 * model's own tell how both are doing. */

#include <math.h>
#include <stdio.h>

#include "losses/loss.h"
#include "models/array-source.h"
#include "models/model.h"
#include "ops/drawing.h"
#include "ops/elementwise.h"
#include "ops/shaping.h"
#include "tensor/random.h"
#include "tensor/seed.h"

#define MY_TYPE_GAN (my_gan_get_type ())
G_DECLARE_FINAL_TYPE (MyGan, my_gan, MY, GAN, StrataModel)

struct _MyGan
{
  StrataModel parent_instance;

  StrataLayer *generator, *features, *verdict;
  StrataOptimizer *generator_optimizer, *judge_optimizer;
  StrataMetric *judge_loss;
  StrataLoss *loss;
};

G_DEFINE_FINAL_TYPE (MyGan, my_gan, STRATA_TYPE_MODEL)

static GPtrArray *
dup_judge_weights (MyGan *self)
{
  GPtrArray *weights = strata_layer_dup_trainable_weights (self->features);
  g_autoptr (GPtrArray) more = strata_layer_dup_trainable_weights (self->verdict);

  for (guint i = 0; i < more->len; i++)
    g_ptr_array_add (weights, strata_variable_ref (g_ptr_array_index (more, i)));
  return weights;
}

/* What it costs that the judge takes @x for what it takes it for, where @truth is 1 for real ones. */
static StrataValue *
judge (MyGan         *self,
       StrataBuilder *b,
       StrataValue   *x,
       double         truth)
{
  StrataValue *pair[] = { x, strata_square (b, x) };
  StrataValue *features = strata_layer_call_on (self->features, b, strata_concatenate (b, pair, 2, 1), TRUE);
  StrataValue *verdict = strata_layer_call_on (self->verdict, b, features, TRUE);
  StrataValue *target = strata_broadcast_to (b, strata_builder_scalar (b, truth), &verdict->shape);

  return strata_loss_compute (self->loss, b, target, verdict, NULL, NULL);
}

static StrataValue *
generate (MyGan             *self,
          StrataBuilder     *b,
          const StrataShape *shape)
{
  return strata_layer_call_on (self->generator, b, strata_draw_normal (b, shape, STRATA_NONE_INT), TRUE);
}

static void
my_gan_call (StrataLayer   *layer,
             StrataBuilder *b,
             StrataCall    *call)
{
  strata_call_return (call, strata_layer_call_on (MY_GAN (layer)->generator, b, call->inputs[0], call->training));
}

static StrataValue *
my_gan_train_step (StrataModel       *model,
                   StrataBuilder     *b,
                   const StrataBatch *batch)
{
  MyGan *self = MY_GAN (model);
  StrataValue *real = batch->x[0], *loss;
  g_autoptr (GPtrArray) weights = NULL, judge_weights = NULL;

  /* Layers have weights once they were called. */
  loss = strata_add (b, judge (self, b, real, 1), judge (self, b, generate (self, b, &real->shape), 0));
  judge_weights = dup_judge_weights (self);
  strata_optimizer_minimize (self->judge_optimizer, b, loss, judge_weights);
  strata_metric_update_mean (self->judge_loss, b, loss, NULL);

  /* The judge has learned by now: it is asked anew. */
  loss = judge (self, b, generate (self, b, &real->shape), 1);
  weights = strata_layer_dup_trainable_weights (self->generator);
  strata_optimizer_minimize (self->generator_optimizer, b, loss, weights);
  return loss;
}

static void
my_gan_finalize (GObject *object)
{
  MyGan *self = MY_GAN (object);

  g_object_unref (self->generator_optimizer);
  g_object_unref (self->judge_optimizer);
  g_object_unref (self->judge_loss);
  g_object_unref (self->loss);
  G_OBJECT_CLASS (my_gan_parent_class)->finalize (object);
}

static void
my_gan_class_init (MyGanClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = my_gan_finalize;
  STRATA_LAYER_CLASS (klass)->call = my_gan_call;
  STRATA_MODEL_CLASS (klass)->train_step = my_gan_train_step;
}

static StrataLayer *
add_layer (MyGan      *self,
           const char *attribute,
           const char *text)
{
  g_autoptr (StrataLayer) layer = strata_layer_new_from_text (text, NULL);

  strata_layer_add_child (STRATA_LAYER (self), attribute, layer);
  return layer;
}

static void
my_gan_init (MyGan *self)
{
  const char *adam = "Adam(learning_rate=0.01, beta_1=0.5)";

  self->generator = add_layer (self, "generator", "Dense(units=1)");
  self->features = add_layer (self, "features", "Dense(units=16, activation=relu)");
  self->verdict = add_layer (self, "verdict", "Dense(units=1)");
  self->generator_optimizer = (StrataOptimizer *) strata_object_new_from_text (STRATA_KIND_OPTIMIZER, adam, NULL);
  self->judge_optimizer = (StrataOptimizer *) strata_object_new_from_text (STRATA_KIND_OPTIMIZER, adam, NULL);
  self->judge_loss = (StrataMetric *) strata_object_new_from_text (STRATA_KIND_METRIC, "Mean(name=judge_loss)", NULL);
  self->loss = (StrataLoss *) strata_object_new_from_text (STRATA_KIND_LOSS, "BinaryCrossentropy(from_logits=true)",
                                                           NULL);
  strata_model_add_metric (STRATA_MODEL (self), self->judge_loss);
}

int
main (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = g_object_new (MY_TYPE_GAN, NULL);
  g_autoptr (StrataTensor) samples = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (1024, 1));
  g_autoptr (StrataTensor) noise = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (1024, 1));
  g_autoptr (StrataTensor) made = NULL;
  g_autoptr (StrataSource) x = NULL;
  g_autoptr (StrataHistory) history = NULL;
  double mean = 0;

  /* Real samples lie around 3. */
  strata_seed_set (5);
  strata_random_fill_normal (1, 0, 0, strata_tensor_get_floats (samples), 1024);
  strata_random_fill_normal (2, 0, 0, strata_tensor_get_floats (noise), 1024);
  for (int i = 0; i < 1024; i++)
    strata_tensor_get_floats (samples)[i] = 3 + 0.5 * strata_tensor_get_floats (samples)[i];
  x = strata_array_source_new1 (samples);

  if (!strata_model_compile_with (model, "adam", NULL, NULL, &error) ||
      (history = strata_model_fit (model, &(StrataFit){ .x = x, .epochs = 40, .shuffle = TRUE, .seed = 1 },
                                   &error)) == NULL ||
      (made = strata_model_predict1 (model, noise, &error)) == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  for (int i = 0; i < 1024; i++)
    mean += strata_tensor_get_floats (made)[i] / 1024;
  printf ("what is made lies around %.2f\n", mean);
  return fabs (mean - 3) < 0.7 ? 0 : 1;
}
