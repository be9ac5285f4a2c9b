/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is found out before training: what the data is like, and how long an epoch takes. */
#include "runner/runner.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>

#include "../document/network.h"
#include "data/data-source.h"
#include "runner/trial.h"

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

/* A large gray picture, @n times in each of two classes. */
static void
write_pictures (const char *folder,
                guint       n)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 700, 700);
  guchar *pixels = gdk_pixbuf_get_pixels (pixbuf);
  g_autofree char *png = NULL;
  gsize size;

  for (guint i = 0; i < 700 * (guint) gdk_pixbuf_get_rowstride (pixbuf); i++)
    pixels[i] = (guchar) (i * 7919 >> 5);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &png, &size, "png", NULL, NULL));
  for (guint i = 0; i < 2 * n; i++)
    {
      g_autofree char *class = g_strdup_printf ("%s/%u", folder, i % 2);
      g_autofree char *path = g_strdup_printf ("%s/%u.png", class, i);

      g_mkdir_with_parents (class, 0700);
      g_assert_true (g_file_set_contents (path, png, (gssize) size, NULL));
    }
}

/* How long all of a folder take to be read from their files. */
static double
time_reading (const char *description)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataDataSet) set = strata_data_source_load_text (description, NULL, &error);
  gint64 began = g_get_monotonic_time ();
  float pixels[8 * 8 * 3];

  g_assert_no_error (error);
  for (gint64 i = 0; i < strata_source_get_size (set->x); i++)
    {
      strata_source_fill (set->x, 0, &i, 1, STRATA_FLOAT32, pixels, &error);
      g_assert_no_error (error);
    }
  return (g_get_monotonic_time () - began) / (double) G_USEC_PER_SEC;
}

/* Files of pictures are read in the first epoch alone: how long an epoch takes is told without that. */
static void
test_pictures (void)
{
  g_autofree char *folder = g_dir_make_tmp ("strata-scout-XXXXXX", NULL);
  g_autofree char *description = g_strdup_printf ("{\"kind\": \"image-folder\", \"path\": \"%s\", "
                                                  "\"image_size\": [8, 8], \"test\": 0}", folder);
  g_autoptr (StrataDocument) document = network_new ("Input(batch_shape=[None,8,8,3]) > Flatten() > Dense(units=1)");
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = strata_document_build_blank_model (document, &error);
  g_autoptr (StrataDataSet) set = NULL;
  StrataTrial *trial;

  g_assert_no_error (error);
  write_pictures (folder, 12);
  set = strata_data_source_load_text (description, NULL, &error);
  g_assert_no_error (error);
  trial = strata_trial_new (model, description, "{\"optimizer\": \"sgd\", \"loss\": \"mse\"}",
                            "{\"batch_size\": 2}", NULL, set);
  strata_trial_run (trial, NULL);
  g_assert_cmpfloat (strata_trial_get_epoch_seconds (trial), >, 0);
  /* An epoch that had reading in it would take longer than reading alone. */
  g_assert_cmpfloat (2 * strata_trial_get_epoch_seconds (trial), <, time_reading (description));
  strata_trial_free (trial);
  for (guint i = 0; i < 24; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%u/%u.png", folder, i % 2, i);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *class = g_strdup_printf ("%s/%u", folder, i);

      g_assert_cmpint (g_rmdir (class), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
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
  g_test_add_func ("/scout/pictures", test_pictures);
  g_test_add_func ("/scout/gone", test_gone);
  return g_test_run ();
}
