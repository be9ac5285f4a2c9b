/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a file says of training, as the Keras that wrote it understands it; golden/make_compiled.py asks it. */
#include "check.h"

#include "io/keras/compile-config.h"
#include "io/keras/model-config.h"
#include "io/keras/model-file.h"

static JsonNode *
read_golden (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "golden", "compiled.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_parser_steal_root (parser);
}

/* One-hot rows, as many as the golden inputs of the model. */
static StrataSource *
make_targets (StrataSource *x)
{
  gint64 n = strata_source_get_size (x);
  g_autoptr (StrataTensor) y = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (n, 3));
  StrataTensor *arrays[] = { y };
  g_autoptr (GError) error = NULL;
  StrataSource *source;

  for (gint64 i = 0; i < n; i++)
    ((float *) strata_tensor_get_data (y))[3 * i + i % 3] = 1;
  source = strata_array_source_new (arrays, 1, &error);
  g_assert_no_error (error);
  return source;
}

static void
check_names (JsonObject *object)
{
  JsonObject *config = json_object_get_object_member (object, "config");
  JsonArray *names = json_object_get_array_member (object, "names");
  g_autofree char *path = golden_path ("perceptron.keras");
  g_autoptr (StrataSource) x = golden_source ("perceptron", "x");
  g_autoptr (StrataSource) y = make_targets (x);
  g_autoptr (StrataLogs) logs = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = strata_model_load (path, &error);

  g_assert_no_error (error);
  if (json_object_get_boolean_member (object, "legacy"))
    strata_training_config_apply (config, model, &error);
  else
    strata_compile_config_apply (config, model, &error);
  g_assert_no_error (error);
  logs = strata_model_evaluate (model, x, y, NULL, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strata_logs_get_n (logs), ==, json_array_get_length (names));
  for (guint i = 0; i < json_array_get_length (names); i++)
    {
      double value;

      g_assert_cmpstr (strata_logs_get_entry (logs, i, &value), ==, json_array_get_string_element (names, i));
    }
}

static void
test_metrics (void)
{
  g_autoptr (JsonNode) golden = read_golden ();
  JsonArray *cases = json_object_get_array_member (json_node_get_object (golden), "metrics");

  g_assert_cmpuint (json_array_get_length (cases), >=, 28);
  for (guint i = 0; i < json_array_get_length (cases); i++)
    check_names (json_array_get_object_element (cases, i));
}

/* Layers say themselves whether they learn; a sequential model's own word is lost. */
static void
test_frozen (void)
{
  g_autoptr (JsonNode) golden = read_golden ();
  JsonArray *cases = json_object_get_array_member (json_node_get_object (golden), "frozen");

  g_assert_cmpuint (json_array_get_length (cases), >=, 4);
  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      JsonObject *object = json_array_get_object_element (cases, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (StrataModel) model = strata_model_from_json (json_object_get_string_member (object, "json"), -1, "m",
                                                              &error);

      g_assert_no_error (error);
      g_assert_cmpint (strata_layer_count_params (STRATA_LAYER (model), TRUE), ==,
                       json_object_get_int_member (object, "trainable"));
    }
}

/* The types of all tensors that a config names, in its order. */
static void
gather_types (JsonNode  *node,
              GPtrArray *types)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      gather_types (json_array_get_element (json_node_get_array (node), i), types);
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      g_autoptr (GList) members = g_list_sort (json_object_get_members (object), (GCompareFunc) g_strcmp0);

      if (json_object_has_member (object, "keras_history"))
        g_ptr_array_add (types, (gpointer) json_object_get_string_member (object, "dtype"));
      for (GList *l = members; l != NULL; l = l->next)
        gather_types (json_object_get_member (object, l->data), types);
    }
}

/* Layers hand on what they compute in, which to_json() tells. */
static void
test_types (void)
{
  g_autoptr (JsonNode) golden = read_golden ();
  JsonArray *cases = json_object_get_array_member (json_node_get_object (golden), "typed");

  g_assert_cmpuint (json_array_get_length (cases), >=, 5);
  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      const char *text = json_array_get_string_element (cases, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (StrataModel) model = strata_model_from_json (text, -1, "m", &error);
      g_autoptr (JsonNode) theirs = json_from_string (text, NULL), ours = NULL;
      g_autoptr (GPtrArray) expected = g_ptr_array_new (), found = g_ptr_array_new ();

      g_assert_no_error (error);
      ours = strata_model_to_config (model, &error);
      g_assert_no_error (error);
      gather_types (theirs, expected);
      gather_types (ours, found);
      g_assert_cmpuint (expected->len, >=, 10);
      g_assert_cmpuint (found->len, ==, expected->len);
      for (guint t = 0; t < expected->len; t++)
        g_assert_cmpstr (found->pdata[t], ==, expected->pdata[t]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/io/compiled/metrics", test_metrics);
  g_test_add_func ("/io/compiled/frozen", test_frozen);
  g_test_add_func ("/io/compiled/types", test_types);
  return g_test_run ();
}
