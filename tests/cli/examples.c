/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every example opens, says what it is, and learns: as well as told here, or better. */
#include "check.h"

#include "base/json.h"
#include "data/data-kind.h"
#include "io/example.h"

/* What the history ends with for samples that were not learned from; no epochs for sets that are too large to learn
 * here. */
static const struct
{
  const char *name, *epochs, *key;
  double lowest, highest;
} expected[] = {
  { "carbon-dioxide", "40", "val_mean_absolute_error", 0, 0.04 },
  { "digits", NULL, NULL, 0, 0 },
  { "digits-dense", NULL, NULL, 0, 0 },
  { "iris", "60", "val_accuracy", 0.9, 1 },
  { "penguins", "40", "val_accuracy", 0.95, 1 },
  { "spam", "8", "val_accuracy", 0.94, 1 },
  { "weather", "25", "val_mean_absolute_error", 0, 0.36 },
};

static double
get_last (const char *path,
          const char *key)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) history = NULL;
  JsonArray *values;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  history = json_from_string (text, NULL);
  values = strata_json_get_array (json_node_get_object (history), key);
  g_assert_nonnull (values);
  return json_array_get_double_element (values, json_array_get_length (values) - 1);
}

static void
test_learns (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *folder = g_dir_make_tmp ("strata-examples-XXXXXX", NULL);
  g_autofree char *model = g_build_filename (folder, "model.keras", NULL);
  g_autofree char *history = g_build_filename (folder, "history.json", NULL);

  assert_runs (folder, ARGS ("example", expected[i].name, model));
  assert_runs (folder, ARGS ("summary", model));
  if (expected[i].epochs != NULL)
    {
      double last;

      assert_runs (folder, ARGS ("train", model, "--epochs", expected[i].epochs, "--seed", "1", "--history", history));
      last = get_last (history, expected[i].key);
      g_assert_cmpfloat (last, >=, expected[i].lowest);
      g_assert_cmpfloat (last, <=, expected[i].highest);
      g_unlink (history);
    }
  g_unlink (model);
  g_rmdir (folder);
}

/* None is missing above, and each has what the page of examples shows. */
static void
test_list (void)
{
  g_autoptr (GPtrArray) examples = strata_example_list ();

  g_assert_cmpuint (examples->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < examples->len; i++)
    {
      StrataExample *example = g_ptr_array_index (examples, i);
      JsonObject *source = strata_json_get_object (json_node_get_object (example->settings), "data");
      const StrataDataKind *kind = strata_data_kind_lookup (strata_json_get_string (source, "kind", ""));
      gboolean found = FALSE;

      for (guint j = 0; j < G_N_ELEMENTS (expected); j++)
        found = found || g_str_equal (expected[j].name, example->name);
      g_assert_true (found);
      g_assert_cmpuint (strlen (example->title), >, 2);
      g_assert_cmpuint (strlen (example->description), >, 20);
      g_assert_nonnull (kind);
      g_assert_nonnull (kind->origin);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/examples/list", test_list);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *path = g_strconcat ("/examples/", expected[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_learns);
    }
  return g_test_run ();
}
