/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is found out before training: what the data is like, and how long an epoch takes. */
#include "runner/runner.h"

#include "../document/network.h"

#define MOST_SECONDS 30

static void
wait (StrataDocument *document,
      gboolean        for_seconds)
{
  gint64 end = g_get_monotonic_time () + MOST_SECONDS * G_USEC_PER_SEC;

  while (g_get_monotonic_time () < end &&
         (for_seconds ? strata_document_get_epoch_seconds (document) < 0
                      : strata_document_get_data_facts (document) == NULL))
    {
      g_usleep (1000);
      g_main_context_iteration (NULL, FALSE);
    }
}

static void
test_found (void)
{
  g_autoptr (StrataDocument) document = network_new ("Input(batch_shape=[None,4]) > Dense(units=8,activation='relu') > "
                                                     "Dense(units=3,activation='softmax') > Dense() <");
  g_autoptr (StrataRunner) runner = strata_runner_new (document);
  g_autoptr (GPtrArray) loose = g_ptr_array_new ();
  const StrataDataFacts *facts;
  double seconds;

  network_set (document, "compile", "{\"optimizer\": \"adam\", \"loss\": \"sparse_categorical_crossentropy\"}");
  network_set (document, "data", "{\"kind\": \"iris\"}");
  wait (document, FALSE);
  facts = strata_document_get_data_facts (document);
  g_assert_nonnull (facts);
  g_assert_cmpint (facts->n_classes, ==, 3);
  g_assert_cmpint (facts->n_samples, ==, 120);
  g_assert_cmpint (facts->input.shape.dims[0], ==, 4);
  g_assert_cmpfloat (facts->input_low, <, 1);
  g_assert_cmpfloat (facts->input_high, >, 6);
  g_assert_cmpint (g_array_index (facts->class_counts, gint64, 0) + g_array_index (facts->class_counts, gint64, 1) +
                   g_array_index (facts->class_counts, gint64, 2), ==, 120);

  /* A network that cannot be trained is not timed; once it is mended, it is. */
  g_assert_cmpfloat (strata_document_get_epoch_seconds (document), <, 0);
  g_ptr_array_add (loose, strata_document_find_node (document, "dense_2"));
  strata_document_remove_nodes (document, loose);
  wait (document, TRUE);
  seconds = strata_document_get_epoch_seconds (document);
  g_assert_cmpfloat (seconds, >, 0);
  g_assert_cmpfloat (seconds, <, MOST_SECONDS);
  g_assert_false (strata_document_is_trained (document));
}

/* What was scouted for a document that has gone is for nobody. */
static void
test_gone (void)
{
  StrataDocument *document = network_new ("Input(batch_shape=[None,4]) > Dense(units=3,activation='softmax')");
  StrataRunner *runner = strata_runner_new (document);
  gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC;

  network_set (document, "compile", "{\"optimizer\": \"adam\", \"loss\": \"sparse_categorical_crossentropy\"}");
  network_set (document, "data", "{\"kind\": \"iris\"}");
  while (g_get_monotonic_time () < end)
    {
      g_usleep (1000);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_finalize_object (runner);
  g_assert_finalize_object (document);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scout/found", test_found);
  g_test_add_func ("/scout/gone", test_gone);
  return g_test_run ();
}
