/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The table of a model is Keras's to the character; golden/make_summaries.py has Keras print it. */
#include "check.h"

#include "base/json.h"
#include "io/keras/model-file.h"

static void
test_case (JsonObject *object)
{
  gboolean unfolded = json_object_get_boolean_member (object, "unfolded");
  StrataSummaryOptions options = { .line_length = json_object_get_int_member (object, "width"),
                                   .expand_nested = unfolded, .show_trainable = unfolded };
  JsonArray *positions = json_object_has_member (object, "positions")
                           ? json_object_get_array_member (object, "positions") : NULL;
  const char *name = json_object_get_string_member (object, "model");
  g_autofree char *file = g_strconcat (name, ".keras", NULL), *path = golden_path (file), *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = strata_model_load (path, &error);

  g_assert_no_error (error);
  for (guint i = 0; positions != NULL && i < json_array_get_length (positions); i++)
    options.positions[i] = json_array_get_double_element (positions, i);
  if (g_str_equal (name, "attentive"))
    strata_layer_set_trainable (strata_model_get_layer (model, 2), FALSE);
  text = strata_model_summary_full (model, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, json_object_get_string_member (object, "text"));
}

static void
test_golden (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "golden", "summaries.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *cases;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  cases = json_node_get_array (json_parser_get_root (parser));
  g_assert_cmpuint (json_array_get_length (cases), >=, 32);
  for (guint i = 0; i < json_array_get_length (cases); i++)
    test_case (json_array_get_object_element (cases, i));
}

/* In a terminal, Keras leaves room at its side, and is not wider than it needs to be. */
static void
test_terminal (void)
{
  static const struct
  {
    int width;
    glong cells;
  } cases[] = { { 0, 88 }, { 80, 76 }, { 200, 88 }, { 60, 56 } };
  g_autofree char *path = golden_path ("convolutional.keras");
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = strata_model_load (path, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = strata_model_summary (model, cases[i].width);
      g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

      g_assert_cmpint (g_utf8_strlen (lines[1], -1), ==, cases[i].cells);
    }
}

static char *
get_json (const char *name)
{
  g_autofree char *path = golden_path (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = strata_model_load (path, &error);
  g_autoptr (JsonNode) node = NULL;

  g_assert_no_error (error);
  node = strata_model_summary_json (model);
  return json_to_string (node, FALSE);
}

/* Programs read lists of numbers, and what is inside of models. */
static void
test_json (void)
{
  static const char *const parts[][2] = {
    { "shared.keras", "\"name\":\"a\",\"class_name\":\"InputLayer\",\"output_shape\":[null,3],\"params\":0,"
      "\"trainable\":true,\"connected_to\":[]" },
    { "shared.keras", "\"connected_to\":[{\"layer\":\"twice\",\"node\":0,\"tensor\":0},"
      "{\"layer\":\"twice\",\"node\":1,\"tensor\":0}]" },
    { "perceptron.keras", "\"connected_to\":[{\"layer\":\"hidden\",\"node\":0,\"tensor\":0}]" },
    { "nested.keras", "\"class_name\":\"Functional\",\"output_shape\":[null," },
    { "nested.keras", "],\"layers\":[{\"name\":" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *text = get_json (parts[i][0]);

      g_test_message ("%s", text);
      g_assert_nonnull (strstr (text, parts[i][1]));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/io/summary/golden", test_golden);
  g_test_add_func ("/io/summary/terminal", test_terminal);
  g_test_add_func ("/io/summary/json", test_json);
  return g_test_run ();
}
