/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"

#include <string.h>

#include "base/json.h"
#include "io/atomic-file.h"
#include "io/keras/compile-config.h"
#include "io/keras/keras-file.h"
#include "io/keras/model-config.h"
#include "io/keras/model-file.h"

/* Descriptions of models that are wrong on purpose (tests/fuzz damages files by chance): reading them ends, with a
 * model or with an error that says why. */

/* Whatever comes of it, it must be one of the two, and the error one of ours. */
static void
check_result (gpointer  object,
              GError   *error)
{
  if (object != NULL)
    {
      g_assert_no_error (error);
      g_object_unref (object);
      return;
    }
  g_assert_nonnull (error);
  g_assert_true (error->domain == STRATA_ERROR);
  g_assert_cmpuint (strlen (error->message), >, 5);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
try_json (const char *text)
{
  g_autoptr (GError) error = NULL;
  StrataModel *model = strata_model_from_json (text, -1, "model.json", &error);

  check_result (model, error);
}

static GBytes *
read_golden (const char *name)
{
  g_autofree char *path = golden_path (name);
  g_autoptr (GError) error = NULL;
  GBytes *bytes = strata_file_read (path, &error);

  g_assert_no_error (error);
  return bytes;
}

/* Counts nodes, and puts another value in the place of number @target. */
static JsonNode *
replace (JsonNode *node,
         int      *counter,
         int       target,
         JsonNode *value)
{
  JsonNode *copy;

  if ((*counter)++ == target)
    return json_node_copy (value);
  copy = json_node_copy (node);
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *source = json_node_get_array (node), *array = json_array_new ();

      for (guint i = 0; i < json_array_get_length (source); i++)
        json_array_add_element (array, replace (json_array_get_element (source, i), counter, target, value));
      json_node_take_array (copy, array);
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *source = json_node_get_object (node), *object = json_object_new ();
      g_autoptr (GList) members = json_object_get_members (source);

      for (GList *l = members; l != NULL; l = l->next)
        json_object_set_member (object, l->data,
                                replace (json_object_get_member (source, l->data), counter, target, value));
      json_node_take_object (copy, object);
    }
  return copy;
}

/* Every value of a config becomes every kind of value. */
static void
test_replaced (gconstpointer name)
{
  static const char *const values[] = { "null", "true", "-1", "0", "7", "2147483648", "9223372036854775807",
                                        "1e300", "\"x\"",
                                        "[]",   "{}",   "[1, [2]]",
                                        "{\"class_name\": \"__lambda__\", \"config\": {}}" };
  g_autoptr (GBytes) bytes = read_golden (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = strata_json_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
  int n = 0;

  g_assert_no_error (error);
  for (int target = 0; target < n || target == 0; target++)
    for (guint i = 0; i < G_N_ELEMENTS (values); i++)
      {
        g_autoptr (JsonNode) value = json_from_string (values[i], NULL);
        g_autoptr (JsonNode) changed = NULL;
        g_autofree char *text = NULL;

        n = 0;
        changed = replace (root, &n, target, value);
        text = strata_json_to_text (changed, FALSE);
        try_json (text);
      }
}

/* The same for what models were compiled with. */
static void
test_compiled (gconstpointer name)
{
  static const char *const values[] = { "null", "true", "-1", "1e300", "\"x\"", "[]", "{}", "[1, [2]]" };
  g_autofree char *path = golden_path (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataKerasFile) file = strata_keras_file_read (path, &error);
  g_autoptr (JsonNode) root = NULL;
  int n = 0;

  g_assert_no_error (error);
  root = json_node_copy (json_object_get_member (json_node_get_object (file->config), "compile_config"));
  for (int target = 0; target < n || target == 0; target++)
    for (guint i = 0; i < G_N_ELEMENTS (values); i++)
      {
        g_autoptr (JsonNode) value = json_from_string (values[i], NULL);
        g_autoptr (JsonNode) changed = NULL;
        g_autoptr (GError) why = NULL;

        n = 0;
        changed = replace (root, &n, target, value);
        if (JSON_NODE_HOLDS_OBJECT (changed) &&
            !strata_compile_config_apply (json_node_get_object (changed), file->model, &why))
          g_assert_true (why != NULL && why->domain == STRATA_ERROR);
      }
}

static void
test_deep (void)
{
  static const char *const openings[] = { "[", "{\"a\":", "{\"class_name\":\"Sequential\",\"config\":{\"layers\":[" };

  for (guint i = 0; i < G_N_ELEMENTS (openings); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint k = 0; k < 200000; k++)
        g_string_append (text, openings[i]);
      try_json (text->str);
    }
  /* Comments hide quotes, which would hide how deep it goes. */
  try_json ("/*\"*/[[[[");
}

/* A functional model of two Dense layers, the calls of which are given. */
static void
expect_graph (const char *first,
              const char *second,
              const char *outputs,
              const char *said)
{
  g_autofree char *text = g_strdup_printf (
    "{\"class_name\": \"Functional\", \"config\": {\"name\": \"m\", \"layers\": ["
    "{\"class_name\": \"InputLayer\", \"config\": {\"batch_shape\": [null, 3], \"name\": \"x\"}, \"name\": \"x\", "
    "\"inbound_nodes\": []},"
    "{\"class_name\": \"Dense\", \"config\": {\"units\": 3, \"name\": \"a\"}, \"name\": \"a\", \"inbound_nodes\": %s},"
    "{\"class_name\": \"Dense\", \"config\": {\"units\": 3, \"name\": \"b\"}, \"name\": \"b\", \"inbound_nodes\": %s}],"
    "\"input_layers\": [[\"x\", 0, 0]], \"output_layers\": %s}}",
    first, second, outputs);
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = strata_model_from_json (text, -1, "model.json", &error);

  if (said == NULL)
    {
      g_assert_no_error (error);
      g_assert_nonnull (model);
      return;
    }
  g_assert_null (model);
  g_assert_nonnull (error);
  if (strstr (error->message, said) == NULL)
    g_error ("%s", error->message);
}

static void
test_graphs (void)
{
  const char *from_x = "[[[\"x\", 0, 0, {}]]]", *from_a = "[[[\"a\", 0, 0, {}]]]", *from_b = "[[[\"b\", 0, 0, {}]]]";
  const char *b = "[[\"b\", 0, 0]]";

  expect_graph (from_x, from_a, b, NULL);
  expect_graph (from_b, from_a, b, "depends on its own output");
  expect_graph (from_a, from_x, b, "depends on its own output");
  expect_graph ("[[[\"z\", 0, 0, {}]]]", from_a, b, "There is no layer “z”");
  expect_graph ("[[[\"x\", 5, 0, {}]]]", from_a, b, "not called as often");
  expect_graph ("[[[\"x\", -1, 0, {}]]]", from_a, b, "not called as often");
  expect_graph ("[[[\"x\", 0, 9, {}]]]", from_a, b, "has no output 9");
  expect_graph (from_x, from_a, "[[\"c\", 0, 0]]", "There is no layer “c”");
  expect_graph (from_x, from_a, "[]", "an output");
  expect_graph (from_x, from_a, "5", "not listed");
  expect_graph ("[5]", from_a, b, "neither an object nor a list");
}

static void
test_refused (void)
{
  static const struct
  {
    const char *layer;
    const char *said;
  } cases[] = {
    { "{\"class_name\": \"Lambda\", \"config\": {\"name\": \"f\", \"function\": {\"class_name\": \"__lambda__\", "
      "\"config\": {\"code\": \"4wEA\"}}}}",
      "“f”: Lambda: Python code is not run; write what it computes" },
    { "{\"class_name\": \"Lambda\", \"config\": {\"name\": \"f\", \"function\": [\"4wEA\", null, null]}}",
      "Python code is not run; write what it computes" },
    { "{\"class_name\": \"Lambda\", \"config\": {\"name\": \"f\", \"function\": \"__import__('os').system('true')\"}}",
      "Python code elsewhere" },
    { "{\"class_name\": \"Lambda\", \"config\": {\"name\": \"f\", \"function\": "
      "\"((((((((((((((((((((((((((((((((((((((((((((((((x\"}}", "nested too deeply" },
    { "{\"class_name\": \"Dense\", \"config\": {\"name\": \"q\", \"units\": 3, \"dtype\": {\"class_name\": "
      "\"QuantizedDTypePolicy\", \"config\": {\"mode\": \"int8\", \"source_name\": \"float32\"}}}}",
      "“q”: Dense: its weights were quantized (int8)" },
    { "{\"class_name\": \"Dense\", \"config\": {\"name\": \"q\", \"units\": 3, \"dtype\": \"int8_from_float32\"}}",
      "quantized (int8_from_float32)" },
    { "{\"class_name\": \"MyLayer\", \"config\": {\"name\": \"g\"}}", "“g” is of the class MyLayer" },
    { "{\"class_name\": \"Dense\", \"config\": {\"units\": 3, \"activation\": {\"class_name\": \"__lambda__\"}}}",
      "lambda" },
    { "{\"class_name\": \"Dense\", \"config\": {\"units\": -3}}", "units" },
    { "{\"class_name\": \"Dense\", \"config\": {}}", "units" },
    { "{\"class_name\": \"Dense\"}", "no config" },
    { "{\"config\": {}}", "no class name" },
    { "7", "not described" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"class_name\": \"Sequential\", \"config\": {\"layers\": [%s]}}",
                                               cases[i].layer);
      g_autoptr (GError) error = NULL;
      g_autoptr (StrataModel) model = strata_model_from_json (text, -1, "model.json", &error);

      g_assert_null (model);
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, "model.json"));
      if (strstr (error->message, cases[i].said) == NULL)
        g_error ("%s", error->message);
    }
}

/* A Dense layer of 10^15 weights is a description as good as any; only its memory is not to be had. */
static void
test_huge (void)
{
  try_json ("{\"class_name\": \"Sequential\", \"config\": {\"layers\": ["
            "{\"class_name\": \"InputLayer\", \"config\": {\"batch_shape\": [null, 2147483647]}},"
            "{\"class_name\": \"Dense\", \"config\": {\"units\": 2147483647}},"
            "{\"class_name\": \"Dense\", \"config\": {\"units\": 2147483647}}]}}");
  try_json ("{\"class_name\": \"Sequential\", \"config\": {\"layers\": ["
            "{\"class_name\": \"InputLayer\", \"config\": {\"batch_shape\": "
            "[2147483647, 2147483647, 2147483647, 2147483647, 2147483647, 2147483647, 2147483647, 2147483647]}},"
            "{\"class_name\": \"Flatten\", \"config\": {}}]}}");
}

static void
add (const char    *kind,
     const char    *name,
     GTestDataFunc  func)
{
  g_autofree char *path = g_strdup_printf ("/io/hostile/%s/%s", kind, name);

  g_test_add_data_func (path, name, func);
}

int
main (int   argc,
      char *argv[])
{
  static const char *const configs[] = { "convolutional.json", "nested.json", "k2-branches.json", "normalized.json",
                                        "recurrent.json", "operators.json", "operations.json" };
  static const char *const compiled[] = { "perceptron.keras", "branches.keras", "normalized.keras" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (configs); i++)
    add ("replaced", configs[i], test_replaced);
  for (guint i = 0; i < G_N_ELEMENTS (compiled); i++)
    add ("compiled", compiled[i], test_compiled);
  g_test_add_func ("/io/hostile/deep", test_deep);
  g_test_add_func ("/io/hostile/graphs", test_graphs);
  g_test_add_func ("/io/hostile/refused", test_refused);
  g_test_add_func ("/io/hostile/huge", test_huge);
  return g_test_run ();
}
