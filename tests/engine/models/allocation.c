/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "models/array-source.h"
#include "models/sequential.h"
#include "tensor/pool.h"
#include "tensor/random.h"

/* Whoever allocates, in whatever library, comes through here: the program's own
 * functions take precedence over those of the C library. Sanitizers need theirs. */
#if !STRATA_SANITIZED && defined(__GLIBC__)
#define COUNTS 1

extern void *__libc_malloc (size_t);
extern void *__libc_calloc (size_t, size_t);
extern void *__libc_realloc (void *, size_t);
extern void *__libc_memalign (size_t, size_t);

static atomic_uint n_allocations;

void *
malloc (size_t size)
{
  atomic_fetch_add (&n_allocations, 1);
  return __libc_malloc (size);
}

void *
calloc (size_t n,
        size_t size)
{
  atomic_fetch_add (&n_allocations, 1);
  return __libc_calloc (n, size);
}

void *
realloc (void   *data,
         size_t  size)
{
  atomic_fetch_add (&n_allocations, 1);
  return __libc_realloc (data, size);
}

void *
memalign (size_t alignment,
          size_t size)
{
  atomic_fetch_add (&n_allocations, 1);
  return __libc_memalign (alignment, size);
}

void *
aligned_alloc (size_t alignment,
               size_t size)
{
  return memalign (alignment, size);
}

int
posix_memalign (void   **data,
                size_t   alignment,
                size_t   size)
{
  *data = memalign (alignment, size);
  return *data == NULL ? ENOMEM : 0;
}

static guint
count_allocations (void)
{
  return atomic_load (&n_allocations);
}
#else
#define COUNTS 0

static guint
count_allocations (void)
{
  return 0;
}
#endif

#define BATCH 16
/* A worker of the pool allocates its scratch memory with its first task, which
 * may be late; but whatever allocates in every step does so in every try. */
#define N_TRIES 5
/* What libraries may keep for themselves: less than a byte an epoch. */
#define LEEWAY 2048

typedef struct
{
  const char *name;
  StrataShape input;
  const char *layers[10];
} Network;

static const Network networks[] = {
  { "mlp", { 1, { 40 } },
    { "Dense(units=32, activation=relu)", "Dropout(rate=0.2)", "Dense(units=4, activation=softmax)" } },
  { "cnn", { 3, { 16, 16, 1 } },
    { "Conv2D(filters=8, kernel_size=3, activation=relu)", "MaxPooling2D", "BatchNormalization",
      "Conv2D(filters=8, kernel_size=3, activation=relu)", "Flatten", "Dense(units=4, activation=softmax)" } },
};

static void
add (StrataModel *model,
     StrataLayer *layer)
{
  g_autoptr (GError) error = NULL;

  strata_sequential_add (STRATA_SEQUENTIAL (model), layer, &error);
  g_assert_no_error (error);
}

static StrataModel *
make_model (const Network *network)
{
  StrataModel *model = strata_sequential_new (network->name);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; network->layers[i] != NULL; i++)
    {
      g_autoptr (StrataLayer) layer = strata_layer_new_from_text (network->layers[i], &error);

      g_assert_no_error (error);
      add (model, layer);
    }
  strata_model_compile_with (model, "Adam", "sparse_categorical_crossentropy", "accuracy", &error);
  g_assert_no_error (error);
  return model;
}

static void
make_samples (const Network  *network,
              gint64          n,
              StrataSource  **x,
              StrataSource  **y)
{
  StrataShape shape = network->input;
  g_autoptr (StrataTensor) inputs = NULL, targets = strata_tensor_new (STRATA_INT64, &STRATA_SHAPE (n));

  strata_shape_insert (&shape, 0, n);
  inputs = strata_tensor_new (STRATA_FLOAT32, &shape);
  strata_random_fill_normal (1, 0, 0, strata_tensor_get_floats (inputs), strata_tensor_get_size (inputs));
  for (gint64 i = 0; i < n; i++)
    ((gint64 *) strata_tensor_get_data (targets))[i] = i % 4;
  *x = strata_array_source_new1 (inputs);
  *y = strata_array_source_new1 (targets);
}

/* What fit() allocates for some batches of training, from its start to its end. */
static guint
count_in_fit (StrataModel        *model,
              const Network      *network,
              gint64              n_batches,
              StrataProgressFunc  progress,
              gpointer            user_data)
{
  g_autoptr (StrataSource) x = NULL, y = NULL;
  g_autoptr (GError) error = NULL;
  StrataHistory *history;
  StrataFit fit = { .batch_size = BATCH, .epochs = 1, .shuffle = TRUE, .seed = 1, .progress = progress,
                    .user_data = user_data };
  guint before;

  make_samples (network, BATCH * n_batches, &x, &y);
  fit.x = x;
  fit.y = y;
  before = count_allocations ();
  history = strata_model_fit (model, &fit, &error);
  g_assert_no_error (error);
  strata_history_free (history);
  return count_allocations () - before;
}

/* Twenty batches more allocate nothing more: neither the feeding nor the step. */
static void
test_steps (gconstpointer data)
{
  const Network *network = data;
  g_autoptr (StrataModel) model = make_model (network);
  guint few = 0, many = 1;

  count_in_fit (model, network, 5, NULL, NULL);
  for (int try = 0; try < N_TRIES && many != few; try++)
    {
      few = count_in_fit (model, network, 5, NULL, NULL);
      many = count_in_fit (model, network, 25, NULL, NULL);
    }
  g_assert_cmpuint (few, >, 0);
  g_assert_cmpuint (many, ==, few);
}

static void
note_count (const StrataProgress *progress,
            gpointer              user_data)
{
  guint *counts = user_data, count = count_allocations ();

  if (progress->batch == 3 && !progress->epoch_done)
    counts[0] = count;
  if (progress->batch == progress->n_batches && !progress->epoch_done)
    counts[1] = count;
}

/* Nor do the logs that whoever watches is told after each batch. */
static void
test_logs (gconstpointer data)
{
  const Network *network = data;
  g_autoptr (StrataModel) model = make_model (network);
  guint counts[2] = { 0, 1 };

  count_in_fit (model, network, 5, NULL, NULL);
  for (int try = 0; try < N_TRIES && counts[0] != counts[1]; try++)
    count_in_fit (model, network, 25, note_count, counts);
  g_assert_cmpuint (counts[0], >, 0);
  g_assert_cmpuint (counts[1], ==, counts[0]);
}

static gsize
measure_after (StrataModel   *model,
               const Network *network,
               gint64         epochs)
{
  g_autoptr (StrataSource) x = NULL, y = NULL;
  g_autoptr (GError) error = NULL;
  StrataFit fit = { .batch_size = BATCH, .epochs = epochs, .shuffle = TRUE, .seed = 1 };

  make_samples (network, BATCH, &x, &y);
  fit.x = x;
  fit.y = y;
  strata_history_free (strata_model_fit (model, &fit, &error));
  g_assert_no_error (error);
  return mallinfo2 ().uordblks + mallinfo2 ().hblkhd;
}

/* After thousands of epochs no more memory is held than after some. On a busy machine
 * a thread may come to its first task, and so to its scratch memory, late: then the
 * thousands of epochs after those must do without more. */
static void
test_epochs (gconstpointer data)
{
  const Network *network = data;
  g_autoptr (StrataModel) model = make_model (network);
  gsize before = 0, after = measure_after (model, network, 10);

  for (int try = 0; try < N_TRIES && after > before + LEEWAY; try++)
    {
      before = after;
      after = measure_after (model, network, 3000);
    }
  g_assert_cmpuint (after, <=, before + LEEWAY);
}

/* Predicts one sample, and counts what that allocates. */
static guint
count_in_prediction (StrataModel  *model,
                     StrataTensor *x)
{
  g_autoptr (GError) error = NULL;
  guint before = count_allocations ();
  StrataTensor *y = strata_model_predict1 (model, x, &error);

  g_assert_no_error (error);
  strata_tensor_unref (y);
  return count_allocations () - before;
}

/* A prediction after the first finds its program made: it allocates a result and what goes with it, and leaves
 * nothing. */
static void
test_predictions (gconstpointer data)
{
  const Network *network = data;
  g_autoptr (StrataModel) model = make_model (network);
  StrataShape shape = network->input;
  g_autoptr (StrataTensor) x = NULL;
  gsize before = 0, after = 1;
  guint first;

  strata_shape_insert (&shape, 0, 1);
  x = strata_tensor_new (STRATA_FLOAT32, &shape);
  strata_random_fill_normal (1, 0, 0, strata_tensor_get_floats (x), strata_tensor_get_size (x));
  first = count_in_prediction (model, x);
  for (int try = 0; try < N_TRIES && after > before + LEEWAY; try++)
    {
      before = mallinfo2 ().uordblks + mallinfo2 ().hblkhd;
      for (int i = 0; i < 2000; i++)
        g_assert_cmpuint (count_in_prediction (model, x), <, first / 8);
      after = mallinfo2 ().uordblks + mallinfo2 ().hblkhd;
    }
  g_assert_cmpuint (after, <=, before + LEEWAY);
}

/* If nothing were counted, the others would prove nothing. */
static void
test_counting (void)
{
  guint before = count_allocations ();
  void *volatile kept[4] = { g_malloc (8), g_new0 (int, 4), aligned_alloc (64, 64), g_aligned_alloc (1, 64, 64) };

  kept[0] = g_realloc (kept[0], 4096);
  g_assert_cmpuint (count_allocations () - before, ==, 5);
  g_free (kept[0]);
  g_free (kept[1]);
  free (kept[2]);
  g_aligned_free (kept[3]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (!COUNTS)
    return g_print ("1..0 # SKIP allocations cannot be counted under a sanitizer\n"), 0;

  strata_pool_set_n_threads (3);
  g_test_add_func ("/allocation/counting", test_counting);
  for (guint i = 0; i < G_N_ELEMENTS (networks); i++)
    {
      g_autofree char *steps = g_strdup_printf ("/allocation/%s/steps", networks[i].name);
      g_autofree char *logs = g_strdup_printf ("/allocation/%s/logs", networks[i].name);
      g_autofree char *epochs = g_strdup_printf ("/allocation/%s/epochs", networks[i].name);
      g_autofree char *predictions = g_strdup_printf ("/allocation/%s/predictions", networks[i].name);

      g_test_add_data_func (steps, &networks[i], test_steps);
      g_test_add_data_func (logs, &networks[i], test_logs);
      g_test_add_data_func (epochs, &networks[i], test_epochs);
      g_test_add_data_func (predictions, &networks[i], test_predictions);
    }
  return g_test_run ();
}
