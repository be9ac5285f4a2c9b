/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A training loop of one's own: a tape remembers what is computed, gradients
 * are taken from it, an optimizer applies them. Nothing is hidden. */

#include <stdio.h>

#include "graph/tape.h"
#include "losses/loss.h"
#include "models/sequential.h"
#include "tensor/random.h"
#include "tensor/seed.h"

static gboolean
train_step (StrataModel      *model,
            StrataOptimizer  *optimizer,
            StrataLoss       *loss,
            StrataTensor     *x,
            StrataTensor     *y,
            guint64           step,
            float            *result,
            GError          **error)
{
  g_autoptr (StrataTape) tape = strata_tape_new (step);
  StrataBuilder *b = strata_tape_get_builder (tape);
  StrataValue *prediction = strata_layer_call_on (STRATA_LAYER (model), b, strata_tape_watch (tape, x), TRUE);
  StrataValue *value = strata_loss_compute (loss, b, strata_tape_watch (tape, y), prediction, NULL, NULL);
  g_autoptr (GPtrArray) weights = strata_layer_dup_trainable_weights (STRATA_LAYER (model));
  g_autofree StrataValue **grads = g_new0 (StrataValue *, weights->len);

  if (!strata_tape_gradient (tape, value, weights, grads, error) || !strata_optimizer_build (optimizer, weights, error))
    return FALSE;
  strata_optimizer_apply (optimizer, b, grads);
  *result = strata_tensor_get_floats (value->tensor)[0];
  return strata_builder_take_error (b, error);
}

int
main (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = strata_sequential_new (NULL);
  g_autoptr (StrataLayer) hidden = strata_layer_new_from_text ("Dense(units=16, activation=relu)", &error);
  g_autoptr (StrataLayer) output = strata_layer_new_from_text ("Dense(units=2, activation=softmax)", &error);
  g_autoptr (StrataOptimizer) optimizer =
    (StrataOptimizer *) strata_object_new_from_text (STRATA_KIND_OPTIMIZER, "Adam(learning_rate=0.02)", &error);
  g_autoptr (StrataLoss) loss = (StrataLoss *) strata_object_new_from_text (STRATA_KIND_LOSS,
                                                                            "SparseCategoricalCrossentropy", &error);
  g_autoptr (StrataTensor) x = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (128, 2));
  g_autoptr (StrataTensor) y = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (128));
  float first = 0, last = 0;

  /* Inside or outside a circle. */
  strata_seed_set (1);
  strata_random_fill_normal (1, 0, 0, strata_tensor_get_floats (x), 256);
  for (int i = 0; i < 128; i++)
    {
      const float *point = strata_tensor_get_floats (x) + 2 * i;

      strata_tensor_get_floats (y)[i] = point[0] * point[0] + point[1] * point[1] > 1.5f;
    }

  if (!strata_sequential_add (STRATA_SEQUENTIAL (model), hidden, &error) ||
      !strata_sequential_add (STRATA_SEQUENTIAL (model), output, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  for (int step = 0; step < 150; step++)
    {
      if (!train_step (model, optimizer, loss, x, y, step, &last, &error))
        {
          fprintf (stderr, "%s\n", error->message);
          return 1;
        }
      if (step == 0)
        first = last;
      if (step % 50 == 0)
        printf ("step %3d  loss %.4f\n", step, last);
    }
  printf ("step 150  loss %.4f\n", last);
  return last < 0.3f * first ? 0 : 1;
}
