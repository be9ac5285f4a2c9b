/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/json.h"
#include "base/literal.h"
#include "base/registry.h"

#include <string.h>

static void
assert_json (JsonNode   *node,
             const char *expected)
{
  g_autofree char *text = json_to_string (node, FALSE);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_literal (void)
{
  static const struct
  {
    const char *text, *name, *config;
  } good[] = {
    { "Adam", "Adam", "{}" },
    { " SGD ( learning_rate = 0.01 , nesterov=True )", "SGD", "{\"learning_rate\":0.01,\"nesterov\":true}" },
    { "Dense(units=10, activation=relu)", "Dense", "{\"units\":10,\"activation\":\"relu\"}" },
    { "Conv2D(kernel_size=(3, 3), strides=[1,2])", "Conv2D", "{\"kernel_size\":[3,3],\"strides\":[1,2]}" },
    { "Dense(kernel_regularizer=L2(l2=1e-3), name='a b')", "Dense",
      "{\"kernel_regularizer\":{\"class_name\":\"L2\",\"config\":{\"l2\":0.001}},\"name\":\"a b\"}" },
    { "ReduceLROnPlateau(patience=-2, factor=.5, monitor=None)", "ReduceLROnPlateau",
      "{\"patience\":-2,\"factor\":0.5,\"monitor\":null}" },
  };
  static const char *const bad[] = { "", "(", "Adam(", "Adam(x)", "Adam(x=)", "Adam(x=1", "Adam(x=1))", "Adam(x='a)",
                                     "Adam(x=[1,)" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *name = NULL;
      g_autoptr (JsonObject) config = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = json_node_alloc ();

      g_assert_true (strata_literal_parse_call (good[i].text, &name, &config, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (name, ==, good[i].name);
      json_node_init_object (node, config);
      assert_json (node, good[i].config);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *name = NULL;
      g_autoptr (JsonObject) config = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_false (strata_literal_parse_call (bad[i], &name, &config, &error));
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_VALUE);
    }
}

static void
test_literal_depth (void)
{
  g_autoptr (GString) text = g_string_new ("A(x=");
  g_autofree char *name = NULL;
  g_autoptr (JsonObject) config = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 100000; i++)
    g_string_append_c (text, '[');
  g_assert_false (strata_literal_parse_call (text->str, &name, &config, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_VALUE);
}

static void
test_defaults (void)
{
  g_autoptr (StrataObject) dense = strata_object_new_from_text (STRATA_KIND_LAYER, "Dense(units=3)", NULL);
  g_autoptr (JsonNode) units = strata_object_get_param (dense, "units");
  g_autoptr (JsonNode) activation = strata_object_get_param (dense, "activation");

  assert_json (units, "3");
  assert_json (activation, "\"linear\"");
  g_assert_false (strata_param_is_default (strata_object_find_param (dense, "units"), dense));
  g_assert_true (strata_param_is_default (strata_object_find_param (dense, "use_bias"), dense));
  g_assert_true (strata_param_is_default (strata_object_find_param (dense, "activation"), dense));
}

static void
test_properties (void)
{
  g_autoptr (StrataObject) dense = strata_object_new_from_text (STRATA_KIND_LAYER, "Dense(units=3)", NULL);
  gint64 units;
  gboolean use_bias;

  g_object_set (dense, "units", (gint64) 7, "use-bias", FALSE, NULL);
  g_object_get (dense, "units", &units, "use-bias", &use_bias, NULL);
  g_assert_cmpint (units, ==, 7);
  g_assert_false (use_bias);
}

/* Sizes that are left open are None, as Keras takes no other sign for them. */
static void
test_partial_tuples (void)
{
  g_autoptr (StrataObject) dropout = strata_object_new_from_text (STRATA_KIND_LAYER,
                                                                  "Dropout(rate=0.5, noise_shape=(null, 1, 3))", NULL);
  g_autoptr (StrataObject) reshape = strata_object_new_from_text (STRATA_KIND_LAYER,
                                                                  "Reshape(target_shape=(-1, 3))", NULL);
  g_autoptr (JsonNode) noise = strata_object_get_param (dropout, "noise_shape");
  g_autoptr (JsonNode) target = strata_object_get_param (reshape, "target_shape");

  assert_json (noise, "[null,1,3]");
  assert_json (target, "[-1,3]");
}

static void
test_errors (void)
{
  static const struct
  {
    const char *text;
    int code;
    const char *says;
  } cases[] = {
    { "Dens(units=3)", STRATA_ERROR_NAME, "did you mean “Dense”?" },
    { "Dense", STRATA_ERROR_VALUE, "Dense needs a value for “units”" },
    { "Dense(units=0)", STRATA_ERROR_VALUE, "units must be at least 1, not 0" },
    { "Dense(units=3000000000)", STRATA_ERROR_VALUE, "units must be between 1 and 2147483647, not 3000000000" },
    { "Dense(units=1.5)", STRATA_ERROR_VALUE, "units must be a whole number, not 1.5" },
    { "Dense(units=3, use_bias=maybe)", STRATA_ERROR_VALUE, "use_bias must be true or false" },
    { "Dense(units=3, activation=rellu)", STRATA_ERROR_NAME,
      "There is no activation called “rellu”; did you mean “relu”?" },
    { "Dense(units=3, unit=4)", STRATA_ERROR_NAME, "Dense has no parameter called “unit”" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      StrataObject *object = strata_object_new_from_text (STRATA_KIND_LAYER, cases[i].text, &error);

      g_assert_null (object);
      g_assert_error (error, STRATA_ERROR, cases[i].code);
      if (strstr (error->message, cases[i].says) == NULL)
        g_error ("“%s” does not say “%s”", error->message, cases[i].says);
    }
}

/* Names in files may be of any length; what is wrong is told in a sentence that can be read. */
static void
test_long_errors (void)
{
  g_autoptr (GString) text = g_string_new ("Dense(units=3, activation='");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 10000; i++)
    g_string_append (text, "é");
  g_string_append (text, "')");
  g_assert_null (strata_object_new_from_text (STRATA_KIND_LAYER, text->str, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NAME);
  g_assert_cmpuint (strlen (error->message), <, 2100);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_nonnull (strstr (error->message, " … "));
}

static void
test_failed_set_keeps_value (void)
{
  g_autoptr (StrataObject) dense = strata_object_new_from_text (STRATA_KIND_LAYER, "Dense(units=3)", NULL);
  g_autoptr (JsonNode) bad = json_from_string ("-1", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) units = NULL;

  g_assert_false (strata_object_set_param (dense, "units", bad, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_VALUE);
  units = strata_object_get_param (dense, "units");
  assert_json (units, "3");
}

/* Every entry can be made, and says what it is. */
static void
test_registry (void)
{
  for (int kind = 0; kind < STRATA_N_KINDS; kind++)
    {
      const StrataObjectInfo *const *table = strata_registry_list (kind);

      for (guint i = 0; table[i] != NULL; i++)
        {
          GType type = strata_registry_get_type (kind, table[i]);

          g_assert_true (g_type_is_a (type, strata_registry_get_base_type (kind)));
          g_assert_nonnull (table[i]->title);
          g_assert_nonnull (table[i]->description);
          g_assert_true (strata_registry_lookup (kind, table[i]->name) == table[i]);
          for (const StrataParam *param = table[i]->params; param != NULL && param->name != NULL; param++)
            {
              g_autoptr (JsonNode) fallback = strata_param_get_default (param);

              g_assert_nonnull (param->title);
              g_assert_true ((param->fallback == NULL) == (fallback == NULL));
              g_assert_true (param->type != STRATA_PARAM_CHOICE || param->choices != NULL);
            }
        }
    }
}

/* What computes says how; callbacks and published networks do too much for a line. */
static void
test_formulas (void)
{
  for (int kind = 0; kind < STRATA_N_KINDS; kind++)
    {
      const StrataObjectInfo *const *table = strata_registry_list (kind);

      for (guint i = 0; table[i] != NULL && kind != STRATA_KIND_CALLBACK && kind != STRATA_KIND_APPLICATION; i++)
        {
          g_test_message ("%s", table[i]->name);
          g_assert_nonnull (table[i]->formula);
          g_assert_true (g_utf8_validate (table[i]->formula, -1, NULL));
          g_assert_cmpint (g_utf8_strlen (table[i]->formula, -1), <=, 120);
        }
    }
}

/* What is wide is not deep: a document of hundreds of layers is read back, and what nests without end is not. */
static void
test_json_depth (void)
{
  g_autoptr (GString) wide = g_string_new ("["), deep = g_string_new (NULL);
  g_autoptr (JsonNode) json = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append (wide, i == 0 ? "{\"a\": [[1], [2]]}" : ", {\"a\": [[1], [2]]}");
  g_string_append_c (wide, ']');
  json = strata_json_parse (wide->str, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (json)), ==, 1000);
  for (guint i = 0; i < 300; i++)
    g_string_append_c (deep, '[');
  for (guint i = 0; i < 300; i++)
    g_string_append_c (deep, ']');
  g_assert_null (strata_json_parse (deep->str, -1, &error));
  g_assert_nonnull (strstr (error->message, "300 levels"));
}

/* What the scanner makes no text of is refused, or becomes the sign for what is no letter. */
static void
test_json_escapes (void)
{
  static const char *const wrong[] = { "[\"\\377\"]", "[\"\\x41\"]", "[\"\\u00g0\"]", "[\"\\u0\"]", "[\"\\",
                                       "{\"\\303\"]" };
  static const char *const right[][2] = {
    { "[\"\\ud83d\\ude00\"]", "\U0001f600" }, { "[\"a\\ud83d.\"]", "a\ufffd." }, { "[\"\\ude00\"]", "\ufffd" },
    { "[\"\\ud83d\\u0041\"]", "\ufffdA" }, { "[\"\\\\u00e4 \\u00e4\\/\\n\\\"\"]", "\\u00e4 ä/\n\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (strata_json_parse (wrong[i], -1, &error));
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_FORMAT);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) json = strata_json_parse (right[i][0], -1, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (json_array_get_string_element (json_node_get_array (json), 0), ==, right[i][1]);
    }
}

/* What is written is read back, whatever the number: json-glib by itself ends 1e-08 with “.0”. */
static void
test_numbers (void)
{
  static const double numbers[] = { 1e-8, 1e-5, -1e-7, 1e30, 0.1, 3, 1e22, 2e-10, 0, 123456789.125 };
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), array), again = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  json_array_add_string_element (array, "1e-08.0 \\\" 2e+05.0");
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    json_array_add_double_element (array, numbers[i]);
  text = strata_json_to_text (node, FALSE);
  g_assert_null (strstr (text + 25, "e-08.0"));
  again = strata_json_parse (text, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json_array_get_string_element (json_node_get_array (again), 0), ==, "1e-08.0 \\\" 2e+05.0");
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_assert_cmpfloat (json_array_get_double_element (json_node_get_array (again), i + 1), ==, numbers[i]);
}

/* Layers as activations are read for what they do, and written again as the layers they were, unless they are
 * changed. */
static void
test_activation_layers (void)
{
#define ACTIVATION_LAYER(name, rest)                                                                                   \
  "{\"module\": \"keras.layers\", \"class_name\": \"" name "\", \"config\": {\"name\": \"own\", \"trainable\": true, " \
  "\"dtype\": {\"class_name\": \"DTypePolicy\", \"config\": {\"name\": \"float32\"}}" rest                             \
  "}, \"registered_name\": null}"
  const struct { const char *json, *name, *param; double value; } cases[] = {
    { ACTIVATION_LAYER ("LeakyReLU", ", \"negative_slope\": 0.1"), "leaky_relu", "negative_slope", 0.1 },
    { ACTIVATION_LAYER ("ReLU", ", \"max_value\": 2.0, \"negative_slope\": 0.0, \"threshold\": 0.0"), "relu",
      "max_value", 2 },
    { ACTIVATION_LAYER ("ELU", ", \"alpha\": 0.5"), "elu", "alpha", 0.5 },
    { ACTIVATION_LAYER ("Softmax", ", \"axis\": 1"), "softmax", "axis", 1 },
    { ACTIVATION_LAYER ("Activation", ", \"activation\": \"tanh\""), "tanh", NULL, 0 },
    { ACTIVATION_LAYER ("Identity", ""), "linear", NULL, 0 },
  };
  g_autoptr (JsonNode) weighted = json_from_string (ACTIVATION_LAYER ("PReLU", ", \"shared_axes\": [1]"), NULL);
  g_autoptr (JsonNode) mixing = json_from_string (ACTIVATION_LAYER ("BatchNormalization", ""), NULL), axes = NULL;
  g_autoptr (StrataObject) learning = NULL, twin = NULL;
  g_autoptr (JsonNode) zero = json_from_string ("0", NULL), slope = NULL;
  g_autoptr (JsonNode) old = json_from_string ("{\"class_name\": \"LeakyReLU\", \"config\": {\"name\": \"own\", "
                                               "\"trainable\": true, \"dtype\": \"float32\", \"alpha\": 0.25}}", NULL);
  g_autoptr (StrataObject) leaky = strata_object_deserialize (STRATA_KIND_ACTIVATION, old, NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) node = json_from_string (cases[i].json, NULL), written = NULL, value = NULL, changed = NULL;
      g_autoptr (StrataObject) activation = strata_object_deserialize (STRATA_KIND_ACTIVATION, node, &error);
      g_autoptr (StrataObject) copy = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (strata_object_get_class_name (activation), ==, cases[i].name);
      copy = strata_object_clone (activation, &error);
      written = strata_object_serialize (copy);
      if (cases[i].param == NULL)
        {
          g_assert_cmpstr (json_node_get_string (written), ==, cases[i].name);
          continue;
        }
      g_assert_true (json_node_equal (written, node));
      value = strata_object_get_param (activation, cases[i].param);
      g_assert_cmpfloat_with_epsilon (json_node_get_double (value), cases[i].value, 1e-9);
      g_assert_true (strata_object_set_param (activation, cases[i].param, zero, &error));
      changed = strata_object_serialize (activation);
      g_assert_false (json_node_equal (changed, node));
    }
  slope = strata_object_get_param (leaky, "negative_slope");
  g_assert_cmpfloat (json_node_get_double (slope), ==, 0.25);
  learning = strata_object_deserialize (STRATA_KIND_ACTIVATION, weighted, &error);
  g_assert_no_error (error);
  twin = strata_object_clone (learning, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (strata_object_get_class_name (twin), ==, "PReLU");
  axes = strata_object_serialize (twin);
  g_assert_cmpint (json_array_get_int_element (json_object_get_array_member (json_object_get_object_member (
                                                 json_node_get_object (axes), "config"), "shared_axes"), 0), ==, 1);
  g_assert_null (strata_object_deserialize (STRATA_KIND_ACTIVATION, mixing, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_UNSUPPORTED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/json/numbers", test_numbers);
  g_test_add_func ("/base/literal", test_literal);
  g_test_add_func ("/base/literal/depth", test_literal_depth);
  g_test_add_func ("/base/object/defaults", test_defaults);
  g_test_add_func ("/base/object/properties", test_properties);
  g_test_add_func ("/base/object/partial-tuples", test_partial_tuples);
  g_test_add_func ("/base/object/errors", test_errors);
  g_test_add_func ("/base/object/long-errors", test_long_errors);
  g_test_add_func ("/base/object/failed-set-keeps-value", test_failed_set_keeps_value);
  g_test_add_func ("/base/registry", test_registry);
  g_test_add_func ("/base/formulas", test_formulas);
  g_test_add_func ("/base/json/depth", test_json_depth);
  g_test_add_func ("/base/json/escapes", test_json_escapes);
  g_test_add_func ("/base/object/activation-layers", test_activation_layers);
  return g_test_run ();
}
