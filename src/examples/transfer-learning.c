/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Transfer of weights: a published network without its classifier is frozen and
 * gets a new head, which learns from a few pictures; then the last layers of
 * the network are thawed and learn a little, too.
 *
 * Run with the argument "imagenet" to begin with weights that were learnt on a
 * million photos (they are fetched once); without, the features are random
 * ones, which is enough for the stripes that are told apart here. */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "applications/imagenet.h"
#include "models/array-source.h"
#include "models/functional.h"
#include "tensor/random.h"
#include "tensor/seed.h"

#define SIZE 32
#define N 32
#define N_THAWED 8

/* Noisy stripes, across or down, and which of them each picture shows. */
static void
draw_stripes (StrataTensor *pictures,
              StrataTensor *labels)
{
  float *pixel = strata_tensor_get_floats (pictures);

  strata_random_fill_normal (1, 0, 0, pixel, strata_tensor_get_size (pictures));
  for (int n = 0; n < N; n++)
    {
      strata_tensor_get_floats (labels)[n] = n % 2;
      for (int y = 0; y < SIZE; y++)
        for (int x = 0; x < SIZE; x++, pixel += 3)
          for (int c = 0; c < 3; c++)
            pixel[c] = 127.5f + 20 * pixel[c] + 100 * sinf ((n % 2 ? x : y) * 0.8f + n);
    }
}

static StrataModel *
add_head (StrataModel  *base,
          GError      **error)
{
  g_autoptr (StrataSymbol) input = strata_input ("pictures", STRATA_FLOAT32,
                                                 &STRATA_SHAPE (STRATA_UNKNOWN, SIZE, SIZE, 3), error);
  g_autoptr (StrataSymbol) features = input != NULL ? strata_layer_connect1 (STRATA_LAYER (base), input, error) : NULL;
  g_autoptr (StrataLayer) head = strata_layer_new_from_text ("Dense(units=2, activation=softmax, name=head)", error);
  g_autoptr (StrataSymbol) output = features != NULL && head != NULL
                                    ? strata_layer_connect1 (head, features, error) : NULL;

  return output != NULL ? strata_functional_new (&input, 1, &output, 1, "stripes", error) : NULL;
}

static gboolean
train (StrataModel   *model,
       const char    *optimizer,
       StrataTensor  *pictures,
       StrataTensor  *labels,
       gint64         epochs,
       double        *first,
       double        *last,
       GError       **error)
{
  g_autoptr (StrataSource) x = strata_array_source_new1 (pictures), y = strata_array_source_new1 (labels);
  g_autoptr (StrataHistory) history = NULL;
  const double *loss;
  guint n;

  /* Compiling again, as in Keras, takes note of what is frozen. */
  if (!strata_model_compile_with (model, optimizer, "sparse_categorical_crossentropy", "accuracy", error))
    return FALSE;
  printf ("%" G_GINT64_FORMAT " weights learn\n", strata_layer_count_params (STRATA_LAYER (model), TRUE));
  history = strata_model_fit (model, &(StrataFit){ .x = x, .y = y, .batch_size = 8, .epochs = epochs, .shuffle = TRUE,
                                                   .seed = 1 }, error);
  if (history == NULL)
    return FALSE;
  loss = strata_history_get_values (history, "loss", &n);
  *first = loss[0];
  *last = loss[n - 1];
  printf ("loss %.4f -> %.4f\n", *first, *last);
  return TRUE;
}

static void
thaw_last_layers (StrataModel *base)
{
  guint n = strata_model_get_n_layers (base);

  strata_layer_set_trainable (STRATA_LAYER (base), TRUE);
  for (guint i = 0; i + N_THAWED < n; i++)
    strata_layer_set_trainable (strata_model_get_layer (base, i), FALSE);
}

/* Whether the network's first weights are still what they were. */
static gboolean
is_unchanged (StrataModel *base,
              const float *before,
              gsize        n)
{
  g_autoptr (GPtrArray) weights = strata_layer_dup_weights (STRATA_LAYER (base));

  return memcmp (before, strata_variable_get_floats (g_ptr_array_index (weights, 0)), n * sizeof *before) == 0;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataTensor) pictures = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (N, SIZE, SIZE, 3));
  g_autoptr (StrataTensor) labels = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (N));
  g_autofree char *text =
    g_strdup_printf ("ResNet50(weights=%s, include_top=false, pooling=avg, input_shape=[%d, %d, 3])",
                     argc > 1 ? argv[1] : "null", SIZE, SIZE);
  g_autoptr (StrataModel) base = NULL, model = NULL;
  g_autoptr (GPtrArray) weights = NULL;
  g_autofree float *before = NULL;
  double untrained, with_head, thawed, end;

  strata_seed_set (1);
  draw_stripes (pictures, labels);
  base = strata_application_build_from_text (text, &error);
  if (base == NULL || !strata_imagenet_preprocess (pictures, STRATA_PREPROCESSING_CAFFE, FALSE, &error))
    goto failed;
  weights = strata_layer_dup_weights (STRATA_LAYER (base));
  if (!strata_variable_materialize (g_ptr_array_index (weights, 0), &error))
    goto failed;
  before = g_memdup2 (strata_variable_get_floats (g_ptr_array_index (weights, 0)), 16 * sizeof (float));

  strata_layer_set_trainable (STRATA_LAYER (base), FALSE);
  model = add_head (base, &error);
  if (model == NULL || !train (model, "Adam(learning_rate=0.002)", pictures, labels, 6, &untrained, &with_head, &error))
    goto failed;
  thaw_last_layers (base);
  if (!train (model, "Adam(learning_rate=0.0001)", pictures, labels, 2, &thawed, &end, &error))
    goto failed;
  if (!is_unchanged (base, before, 16))
    {
      fprintf (stderr, "what was frozen has changed\n");
      return 1;
    }
  return with_head < 0.5 * untrained && end < 0.5 * untrained ? 0 : 1;

failed:
  fprintf (stderr, "%s\n", error->message);
  return 1;
}
