/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a network looks at: the gradient of its answer with respect to the
 * input tells how much each number matters. Of four numbers a sample has, two
 * decide here; the gradient finds them. Pixels of pictures work alike, and so
 * do samples that are changed to mislead a network. */

#include <math.h>
#include <stdio.h>

#include "graph/gradient.h"
#include "graph/tape.h"
#include "models/array-source.h"
#include "models/sequential.h"
#include "tensor/random.h"
#include "tensor/seed.h"

#define N_SAMPLES 256
#define N_NUMBERS 4

/* Fills @importance with how much each number matters, on average over all samples. */
static gboolean
look (StrataModel   *model,
      StrataTensor  *x,
      double        *importance,
      GError       **error)
{
  g_autoptr (StrataTape) tape = strata_tape_new (1);
  StrataBuilder *b = strata_tape_get_builder (tape);
  StrataValue *input = strata_tape_watch (tape, x);
  StrataValue *answer = strata_layer_call_on (STRATA_LAYER (model), b, input, FALSE), *gradient = NULL;

  if (!strata_gradient (b, answer, &input, 1, &gradient))
    return strata_builder_take_error (b, error);
  for (int i = 0; i < N_SAMPLES * N_NUMBERS; i++)
    importance[i % N_NUMBERS] += fabsf (strata_tensor_get_floats (gradient->tensor)[i]) / N_SAMPLES;
  return TRUE;
}

int
main (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = strata_sequential_new (NULL);
  g_autoptr (StrataLayer) hidden = strata_layer_new_from_text ("Dense(units=16, activation=relu)", &error);
  g_autoptr (StrataLayer) output = strata_layer_new_from_text ("Dense(units=1, activation=sigmoid)", &error);
  g_autoptr (StrataTensor) x = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (N_SAMPLES, N_NUMBERS));
  g_autoptr (StrataTensor) y = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (N_SAMPLES, 1));
  g_autoptr (StrataSource) inputs = NULL, targets = NULL;
  g_autoptr (StrataHistory) history = NULL;
  double importance[N_NUMBERS] = { 0 };

  strata_seed_set (3);
  strata_random_fill_normal (1, 0, 0, strata_tensor_get_floats (x), N_SAMPLES * N_NUMBERS);
  for (int i = 0; i < N_SAMPLES; i++)
    {
      const float *sample = strata_tensor_get_floats (x) + N_NUMBERS * i;

      strata_tensor_get_floats (y)[i] = sample[1] > sample[3];
    }
  inputs = strata_array_source_new1 (x);
  targets = strata_array_source_new1 (y);

  if (!strata_sequential_add (STRATA_SEQUENTIAL (model), hidden, &error) ||
      !strata_sequential_add (STRATA_SEQUENTIAL (model), output, &error) ||
      !strata_model_compile_with (model, "Adam(learning_rate=0.02)", "binary_crossentropy", NULL, &error) ||
      (history = strata_model_fit (model, &(StrataFit){ .x = inputs, .y = targets, .epochs = 30, .seed = 1 },
                                   &error)) == NULL ||
      !look (model, x, importance, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  for (int i = 0; i < N_NUMBERS; i++)
    printf ("number %d matters %.4f\n", i, importance[i]);
  return MIN (importance[1], importance[3]) > 3 * MAX (importance[0], importance[2]) ? 0 : 1;
}
