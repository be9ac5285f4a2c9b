/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Someone who cannot see builds a network, wires it and trains it: by names and roles alone, without a pointer. */
#include <string.h>

#include "atspi.h"

static const char *program;

static void
add_layer (Atspi      *atspi,
           const char *class_name)
{
  atspi_type (atspi, "search box", "Search layers", class_name);
  atspi_act (atspi, "list item", class_name, "layer.add");
}

static void
connect_cards (Atspi      *atspi,
               const char *from,
               const char *to)
{
  atspi_act (atspi, "option", from, "node.connect");
  atspi_act (atspi, "option", to, "node.connect");
}

static void
test_walk (void)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) app = NULL;
  Atspi atspi = { NULL };

  g_subprocess_launcher_setenv (launcher, "GTK_A11Y", "atspi", TRUE);
  app = g_subprocess_launcher_spawn (launcher, &error, program, NULL);
  g_assert_no_error (error);
  atspi_open (&atspi);

  atspi_act (&atspi, "button", "New Network", "click");
  add_layer (&atspi, "InputLayer");
  g_free (atspi_find (&atspi, "option", "input_layer, InputLayer, output 28×28, 1 channel"));
  add_layer (&atspi, "Flatten");
  add_layer (&atspi, "Dense");
  g_free (atspi_find (&atspi, "option", "dense, Dense, output 64 values, 50240 parameters"));
  atspi_expect (&atspi, "option", "dense, Dense", "Takes flatten.");

  /* Wires as such: another one, and back. */
  connect_cards (&atspi, "input_layer, InputLayer", "dense, Dense");
  atspi_expect (&atspi, "option", "dense, Dense", "Takes input_layer.");
  connect_cards (&atspi, "flatten, Flatten", "dense, Dense");
  atspi_expect (&atspi, "option", "dense, Dense", "Takes flatten. Leads to no layer.");

  atspi_act (&atspi, "option", "dense, Dense", "node.select");
  atspi_set_value (&atspi, "spin button", "Units", 10);
  g_free (atspi_find (&atspi, "option", "dense, Dense, output 10 values, 7850 parameters"));

  /* What was left undone is told, and mended where it is told. */
  atspi_expect (&atspi, "option", "dense, Dense", "wants probabilities");
  atspi_act (&atspi, "button", "Use softmax", "click");

  atspi_act (&atspi, "tab", "Train", "click");
  atspi_set_value (&atspi, "spin button", "Epochs", 1);
  atspi_act (&atspi, "button", "Train", "click");
  /* An epoch may be over before "Stop" could be seen: the run stays, and "Train" comes back when it is over. */
  g_free (atspi_find (&atspi, "list item", "Run 1"));
  g_free (atspi_find (&atspi, "button", "Train"));

  /* How well it does is told, and it can be asked with keys. */
  atspi_act (&atspi, "tab", "Evaluate", "click");
  g_free (atspi_find (&atspi, "button", "Evaluate again"));
  atspi_expect (&atspi, "image", "Paper to draw on", "The arrow keys move the pen");

  /* Gone for good: there is one app at a time, and the next test has its own. */
  g_subprocess_force_exit (app);
  g_subprocess_wait (app, NULL, NULL);
  atspi_close (&atspi);
}

static void
assert_all_named (Atspi      *atspi,
                  const char *where)
{
  g_autoptr (GPtrArray) nameless = g_ptr_array_new_with_free_func (g_free);
  guint n = atspi_collect_nameless (atspi, atspi->root, where, nameless);

  g_test_message ("%s: %u things to act on", where, n);
  g_assert_cmpuint (n, >, 20);
  for (guint i = 0; i < nameless->len; i++)
    g_test_message ("%s has no name", (char *) g_ptr_array_index (nameless, i));
  g_assert_cmpuint (nameless->len, ==, 0);
}

/* Whatever layer is selected, all that its page has is called by a name, and so is each node. */
static void
test_names (void)
{
  static const char *const layers[] = { "MultiHeadAttention", "LSTM", "Conv2D", "RandomRotation", "TextVectorization" };
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) app = NULL;
  Atspi atspi = { NULL };

  g_subprocess_launcher_setenv (launcher, "GTK_A11Y", "atspi", TRUE);
  app = g_subprocess_launcher_spawn (launcher, &error, program, "--example", "iris", NULL);
  g_assert_no_error (error);
  atspi_open (&atspi);

  g_free (atspi_find (&atspi, "option", "measurements, InputLayer"));
  assert_all_named (&atspi, "the network's page");
  for (guint i = 0; i < G_N_ELEMENTS (layers); i++)
    {
      add_layer (&atspi, layers[i]);
      assert_all_named (&atspi, layers[i]);
    }
  /* Gone for good: there is one app at a time, and the next test has its own. */
  g_subprocess_force_exit (app);
  g_subprocess_wait (app, NULL, NULL);
  atspi_close (&atspi);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
  g_test_add_func ("/window/walk", test_walk);
  g_test_add_func ("/window/names", test_names);
  return g_test_run ();
}
