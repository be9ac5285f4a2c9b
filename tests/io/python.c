/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Python code is read back as the model that it was written from. */
#include "code.h"

#include "base/json.h"
#include "io/example.h"
#include "io/keras/model-config.h"
#include "io/keras/model-file.h"

static JsonNode *strip (JsonNode *node);

/* What is None where a layer is called says nothing, and how a model was compiled is compared as code. */
static gboolean
is_compared (const char *name,
             JsonNode   *member)
{
  return !JSON_NODE_HOLDS_NULL (member) && !g_str_equal (name, "compile_config") &&
         !g_str_equal (name, "build_config") &&
         !g_str_equal (name, "shared_object_id");
}

static JsonNode *
strip_object (JsonObject *source)
{
  JsonObject *object = json_object_new ();
  g_autoptr (GList) names = g_list_sort (json_object_get_members (source), (GCompareFunc) strcmp);

  for (GList *l = names; l != NULL; l = l->next)
    if (is_compared (l->data, json_object_get_member (source, l->data)))
      json_object_set_member (object, l->data, strip (json_object_get_member (source, l->data)));
  return strata_json_wrap (object);
}

static JsonNode *
strip (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return strip_object (json_node_get_object (node));
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonNode *copy = json_node_new (JSON_NODE_ARRAY);
      JsonArray *array = json_array_new ();

      for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
        json_array_add_element (array, strip (json_array_get_element (json_node_get_array (node), i)));
      json_node_take_array (copy, array);
      return copy;
    }
  /* Code has the shortest number that is the same as a float32. */
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_DOUBLE)
    return json_node_init_double (json_node_alloc (), (float) json_node_get_double (node));
  return json_node_copy (node);
}

static char *
describe (StrataModel *model)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) config = strata_model_to_config (model, &error), stripped = NULL;

  g_assert_no_error (error);
  stripped = strip (config);
  return strata_json_to_text (stripped, TRUE);
}

static void
assert_comes_back (StrataModel *model)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code = strata_model_to_python (model, &error), *again = NULL, *before = NULL, *after = NULL;
  g_autoptr (StrataPythonSource) source = NULL;

  g_assert_no_error (error);
  source = read_code (code);
  again = strata_model_to_python (source->model, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (code, ==, again);
  before = describe (model);
  after = describe (source->model);
  if (!g_str_equal (before, after))
    g_test_message ("%s", code);
  g_assert_cmpstr (before, ==, after);
}

static void
test_golden (gconstpointer data)
{
  g_autofree char *path = golden_path (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = strata_model_load (path, &error);

  g_assert_no_error (error);
  assert_comes_back (model);
}

/* Keras 2's hard_sigmoid is a function without a name; the layers around it are written as Keras 3 has them. */
static void
test_lambda (void)
{
  g_autofree char *path = golden_path ("k2-activations.h5");
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = strata_model_load (path, &error);
  g_autofree char *code = NULL, *again = NULL;
  g_autoptr (StrataPythonSource) source = NULL;

  g_assert_no_error (error);
  code = strata_model_to_python (model, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (code, "activation=lambda x: keras.ops.clip(0.2 * x + 0.5, 0, 1)"));
  source = read_code (code);
  again = strata_model_to_python (source->model, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (code, ==, again);
}

/* What a Lambda computes is a function in Python, of a list where it has several inputs. */
static void
test_expressions (void)
{
  static const char code[] =
    "import keras\nx, y = keras.Input((3,)), keras.Input((3,))\n"
    "z = keras.layers.Lambda(lambda t: -t * 2 + keras.ops.sin(t) ** 2)(x)\n"
    "z = keras.layers.Lambda(lambda several: several[0] - keras.activations.relu(several[1]) / 2.5)([z, y])\n"
    "z = keras.layers.Lambda(lambda v: keras.activations.softmax(v, axis=1))(z)\n"
    "model = keras.Model([x, y], keras.layers.Lambda(keras.ops.abs)(z))\n";
  static const char *const written[] = {
    "Lambda(function=lambda x: -x * 2 + keras.ops.sin(x) ** 2)",
    "Lambda(function=lambda x: x[0] - keras.activations.relu(x[1]) / 2.5)",
    "Lambda(function=lambda x: keras.activations.softmax(x, axis=1))",
    "Lambda(function=keras.ops.abs)",
  };
  g_autoptr (StrataPythonSource) source = read_code (code);
  g_autoptr (GError) error = NULL;
  g_autofree char *again = strata_model_to_python (source->model, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (written); i++)
    g_assert_nonnull (strstr (again, written[i]));
  assert_comes_back (source->model);
}

static void
test_examples (void)
{
  g_autoptr (GPtrArray) examples = strata_example_list ();

  g_assert_cmpuint (examples->len, >=, 3);
  for (guint i = 0; i < examples->len; i++)
    {
      StrataExample *example = g_ptr_array_index (examples, i);
      JsonNode *compile = json_object_get_member (json_node_get_object (example->settings), "compile");
      g_autoptr (GError) error = NULL;
      g_autoptr (StrataModel) model = strata_model_from_config (example->model, &error);

      g_assert_no_error (error);
      g_assert_true (strata_model_compile (model, json_node_get_object (compile), &error));
      assert_comes_back (model);
    }
}

static void
test_functional (void)
{
  g_autoptr (StrataPythonSource) source = read_code (
    "import keras\n"
    "from keras import layers, ops\n"
    "a = keras.Input(shape=(8,), name='a')\n"
    "b = keras.Input((8,), name='b')\n"
    "shared = layers.Dense(4, kernel_regularizer=keras.regularizers.L2(0.01), name='twice')\n"
    "x = layers.concatenate([shared(a), shared(b)])\n"
    "y = ops.relu(2 * x + 1) - -x / 2.0\n"
    "first = layers.Dense(3, name='first')(y)\n"
    "second = layers.Dense(1, name='second')(y)\n"
    "model = keras.Model(inputs=[a, b], outputs=[first, second], name='both')\n"
    "model.compile(optimizer=keras.optimizers.Adam(learning_rate=1e-2),\n"
    "              loss={'first': 'mse', 'second': keras.losses.Huber(delta=2.0)}, metrics={'first': ['mae']})\n");
  StrataModel *model = source->model;
  double rate;

  g_assert_cmpstr (strata_layer_get_name (STRATA_LAYER (model)), ==, "both");
  g_assert_cmpuint (strata_model_get_n_inputs (model), ==, 2);
  g_assert_cmpuint (strata_model_get_n_outputs (model), ==, 2);
  g_assert_cmpint (strata_layer_count_params (STRATA_LAYER (model), FALSE), ==, 36 + 27 + 9);
  g_assert_true (strata_model_is_compiled (model));
  rate = strata_optimizer_get_rate (strata_model_get_optimizer (model));
  g_assert_cmpfloat_with_epsilon (rate, 0.01, 1e-6);
  g_assert_nonnull (strata_model_find_layer (model, "true_divide"));
}

/* A model inside may return lists and dicts, out of which one takes tensors by numbers and names. */
static void
test_arranged (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataPythonSource) source = read_code (
    "import keras\n"
    "from keras import layers\n"
    "x = keras.Input(shape=(3,))\n"
    "inner = keras.Model(x, {'two': x * 2, 'one': [layers.Dense(1)(x), layers.Dense(2)(x)]}, name='inner')\n"
    "y = keras.Input(shape=(3,))\n"
    "parts = inner(y)\n"
    "model = keras.Model(y, layers.Concatenate()([parts['two'], parts['one'][1]]), name='outer')\n");
  g_autofree char *code = strata_model_to_python (source->model, &error);

  g_assert_no_error (error);
  g_assert_cmpint (strata_model_get_output_spec (source->model, 0)->shape.dims[1], ==, 5);
  g_assert_nonnull (strstr (code, "([inner[\"two\"], inner[\"one\"][1]])"));
  assert_comes_back (source->model);
}

/* RNN returns the states of stacked cells in a list for each cell, and a single one outside of a list. */
static void
test_stacked (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataPythonSource) source = read_code (
    "import keras\n"
    "from keras import layers\n"
    "x = keras.Input(shape=(5, 4))\n"
    "cells = [layers.LSTMCell(3), layers.GRUCell(4)]\n"
    "y = layers.RNN(layers.StackedRNNCells(cells), return_state=True, name='rnn')(x)\n"
    "model = keras.Model(x, [y[1][0], y[1][1], y[2]])\n");
  g_autofree char *code = strata_model_to_python (source->model, &error);

  g_assert_no_error (error);
  g_assert_cmpint (strata_model_get_output_spec (source->model, 1)->shape.dims[1], ==, 3);
  g_assert_cmpint (strata_model_get_output_spec (source->model, 2)->shape.dims[1], ==, 4);
  g_assert_nonnull (strstr (code, "outputs=[rnn[1][0], rnn[1][1], rnn[2]]"));
  assert_comes_back (source->model);
}

/* Keras counts the operation that joins masks among those that it names "concatenate". */
static void
test_joined_masks (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataPythonSource) source = read_code (
    "import keras\n"
    "from keras import layers\n"
    "x = keras.Input(shape=(5,))\n"
    "e = layers.Embedding(9, 4, mask_zero=True)(x)\n"
    "y = layers.LSTM(3)(layers.Concatenate()([e, e]))\n"
    "z = layers.GRU(3)(layers.Concatenate(axis=1)([e, e]))\n"
    "model = keras.Model(x, [y, z])\n");
  g_autofree char *code = strata_model_to_python (source->model, &error);

  g_assert_no_error (error);
  g_assert_nonnull (strata_model_find_layer (source->model, "concatenate"));
  g_assert_nonnull (strata_model_find_layer (source->model, "concatenate_2"));
  g_assert_null (strstr (code, "name=\"concatenate"));
  assert_comes_back (source->model);
}

/* Parameters of operations come by place or by name; each makes what Keras makes of it. */
static void
test_operations (void)
{
  static const struct
  {
    const char *code;
    const char *shape;
  } cases[] = {
    { "ops.mean(x, 1, True)", "(None, 1, 6)" },
    { "ops.mean(x, axis=-1)", "(None, 4)" },
    { "ops.expand_dims(x, 1)", "(None, 1, 4, 6)" },
    { "ops.transpose(x, (0, 2, 1))", "(None, 6, 4)" },
    { "ops.split(x, 2, axis=-1)[1]", "(None, 4, 3)" },
    { "ops.einsum('bij,k->bik', x, ops.convert_to_tensor([1.0, 2.0], dtype='float32'))", "(None, 4, 2)" },
    { "ops.pad(x, ((0, 0), (1, 1), (0, 2)), constant_values=2)", "(None, 6, 8)" },
    { "ops.log1p(x) + ops.logsumexp(x, axis=1, keepdims=True)", "(None, 4, 6)" },
    { "ops.one_hot(ops.argmax(x, axis=-1), 5)", "(None, 4, 5)" },
    { "ops.concatenate([x, x[..., :2]], axis=-1)", "(None, 4, 8)" },
    { "x[:, -1, None, ::2]", "(None, 1, 3)" },
    { "keras.activations.relu(x, negative_slope=0.1)", "(None, 4, 6)" },
    { "keras.activations.silu(x)[..., 0]", "(None, 4)" },
    { "ops.meshgrid(x[0, 0], x[0, :, 0], indexing='ij')[1]", "(6, 4)" },
    { "keras.layers.MixUp()({'images': ops.expand_dims(x, -1), 'labels': x[:, 0]})['labels']", "(None, 6)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *code = g_strconcat ("import keras\nfrom keras import ops\nx = keras.Input((4, 6), name='x')\n"
                                           "y = ", cases[i].code,
                                           "\nmodel = keras.Model(x, y)\n", NULL);
      g_autoptr (StrataPythonSource) source = NULL;
      g_autofree char *shape = NULL;

      source = read_code (code);
      shape = strata_shape_to_string (&strata_model_get_output_spec (source->model, 0)->shape);
      g_assert_cmpstr (shape, ==, cases[i].shape);
      assert_comes_back (source->model);
    }
}

/* Arrays that the code writes out are the same numbers in the call; of data, nothing is known. */
static void
test_numpy (void)
{
  static const struct
  {
    const char *code, *written;
  } cases[] = {
    { "x * np.array([1, 2.5, 0])", "multiply(x, np.array((1.0, 2.5, 0.0), dtype=\"float64\"))" },
    { "x + np.arange(n, dtype=np.float32)", "np.array((0.0, 1.0, 2.0), dtype=\"float32\")" },
    { "x + np.full((n,), 2)", "np.array((2, 2, 2), dtype=\"int64\")" },
    { "x @ np.eye(3)", "np.array(((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)), dtype=\"float64\")" },
    { "tf.constant([[1, 2, 3]]) * x", "np.array(((1, 2, 3),), dtype=\"int32\")" },
    { "layers.Add()([x, np.zeros(shape=(1, n), dtype='f')])", "np.array(((0.0, 0.0, 0.0),), dtype=" },
    { "layers.MultiHeadAttention(1, 2)(x, x, attention_mask=np.tril(np.ones((2, 2), dtype=bool)))",
      "attention_mask=np.array(((True, False), (True, True)), dtype=\"bool\")" },
    { "x / np.sqrt(16) * np.float32(2)", "keras.ops.true_divide(x, 4.0)" },
    { "layers.Rescaling(1 / np.float32(4))(x)", "layers.Rescaling(scale=0.25)" },
  };
  static const char *const unknown[] = { "x * np.zeros(len(data))", "x * np.array(data)", "x * np.zeros((0,))",
                                         "x * np.array([[1], [2, 3]])", "x * np.ones((9999, 9999))",
                                         "x * np.load('x.npy')", "x * np.log(0)" };
  const char *start = "import keras, numpy as np\nimport tensorflow as tf\nfrom keras import layers\nn = 3\n"
                      "data = np.load('x.npy')\nx = keras.Input((2, n), name='x')\ny = ";

  for (guint i = 0; i < G_N_ELEMENTS (cases) + G_N_ELEMENTS (unknown); i++)
    {
      gboolean known = i < G_N_ELEMENTS (cases);
      g_autofree char *code = g_strconcat (start, known ? cases[i].code : unknown[i - G_N_ELEMENTS (cases)],
                                           "\nmodel = keras.Model(x, y)\n", NULL), *written = NULL;
      g_autoptr (GError) error = NULL;
      guint line = 0;
      g_autoptr (StrataPythonSource) source = strata_python_source_read (code, &line, &error);

      if (!known)
        {
          g_assert_null (source);
          g_assert_cmpuint (line, ==, 7);
          g_assert_nonnull (strstr (error->message, "what “numpy."));
          continue;
        }
      g_assert_no_error (error);
      written = strata_model_to_python (source->model, &error);
      g_assert_no_error (error);
      g_assert_nonnull (strstr (written, cases[i].written));
      assert_comes_back (source->model);
    }
}

/* Calls of a layer are written in the order in which they were made, as their numbers stand in files. */
static void
test_calls (void)
{
  g_autoptr (StrataPythonSource) source = read_code (
    "import keras\nfrom keras import layers\nx = keras.Input((4,))\nshared = layers.Dense(4, name='shared')\n"
    "a = shared(layers.ReLU()(x))\nb = shared(layers.ELU()(x))\nmodel = keras.Model(x, layers.Subtract()([b, a]))\n");
  g_autoptr (GError) error = NULL;
  g_autofree char *code = strata_model_to_python (source->model, &error);

  g_assert_no_error (error);
  g_assert_true (strstr (code, "shared_layer(re_lu)") < strstr (code, "shared_layer(elu)"));
  assert_comes_back (source->model);
}

/* Where layers come from is told, for who shows code beside a graph. */
static void
test_origins (void)
{
  g_autoptr (StrataPythonSource) source = read_code ("import keras\n"
                                                     "model = keras.Sequential([\n"
                                                     "  keras.Input((4,), name='in'),\n"
                                                     "  keras.layers.Dense(\n"
                                                     "    3,\n"
                                                     "    name='wide'),\n"
                                                     "  keras.layers.Dense(2)])\n");
  guint n = 0;

  for (guint i = 0; i < source->origins->len; i++)
    {
      StrataPythonOrigin *origin = &g_array_index (source->origins, StrataPythonOrigin, i);
      const char *name = strata_layer_get_name (origin->layer);

      if (g_str_equal (name, "wide") && ++n)
        {
          g_assert_cmpuint (origin->line, ==, 4);
          g_assert_cmpuint (origin->last_line, ==, 6);
          g_assert_true (origin->is_named);
        }
      if (g_str_equal (name, "dense") && ++n)
        {
          g_assert_cmpuint (origin->line, ==, 7);
          g_assert_false (origin->is_named);
        }
    }
  g_assert_cmpuint (n, ==, 2);
}

/* Damaged code is refused or read, but neither crashes nor goes on for ever. */
static void
test_damaged (void)
{
  g_autofree char *path = golden_path ("nested.keras");
  g_autoptr (StrataModel) model = strata_model_load (path, NULL);
  g_autofree char *code = strata_model_to_python (model, NULL);
  g_autofree char *deep = g_strnfill (5000, '-'), *deeper = g_strconcat ("x = ", deep, "3\n", NULL);
  g_autofree char *open = g_strnfill (5000, '(');
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  gsize size = strlen (code);
  guint line;

  g_assert_null (strata_python_source_read (deeper, &line, NULL));
  g_assert_null (strata_python_source_read (open, &line, NULL));
  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *damaged = g_strdup (code);

      for (guint k = 0; k < 1 + i % 4; k++)
        damaged[g_rand_int_range (rand, 0, size)] = "()[]{},.=:+-*'\"\n #\\x1 "[g_rand_int_range (rand, 0, 22)];
      if (i % 5 == 0)
        damaged[g_rand_int_range (rand, 0, size)] = '\0';
      g_clear_pointer (&(StrataPythonSource *){ strata_python_source_read (damaged, &line, NULL) },
                       strata_python_source_free);
    }
}

static void
test_file (void)
{
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "net.py", NULL);
  g_autoptr (StrataModel) model = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "import keras\nmodel = keras.Sequential([keras.Input((2,)), "
                                            "keras.layers.Dense(1)])\n", -1, NULL));
  model = strata_model_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (strata_layer_count_params (STRATA_LAYER (model), FALSE), ==, 3);
  g_clear_object (&model);
  g_assert_true (g_file_set_contents (path, "import keras\nwhile True: pass\n", -1, NULL));
  model = strata_model_load (path, &error);
  g_assert_null (model);
  g_assert_nonnull (strstr (error->message, "net.py”: Line 2: “while”"));
  remove_folder (folder);
}

int
main (int    argc,
      char **argv)
{
  static const char *const files[] = { "perceptron.keras", "convolutional.keras", "branches.keras", "shared.keras",
                                       "nested.keras", "attentive.keras", "operators.keras", "recurrent.keras",
                                       "normalized.keras", "k2-nested.h5",
                                       "k2-recurrent.h5", "k2-branches.h5", "k2-shared.h5", "operations.keras",
                                       "activations.keras", "k2-activations.h5", "masked.keras", "hidden.keras",
                                       "named.keras", "spent.keras", "places.keras", "wrapped.keras",
                                       "k2-wrapped.h5", "k2-perceptron.h5", "k2-convolutional.h5", "slopes.keras",
                                       "constants.keras" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_strconcat ("/io/python/", files[i], NULL);

      g_test_add_data_func (path, files[i], test_golden);
    }
  g_test_add_func ("/io/python/lambda", test_lambda);
  g_test_add_func ("/io/python/expressions", test_expressions);
  g_test_add_func ("/io/python/examples", test_examples);
  g_test_add_func ("/io/python/functional", test_functional);
  g_test_add_func ("/io/python/arranged", test_arranged);
  g_test_add_func ("/io/python/stacked", test_stacked);
  g_test_add_func ("/io/python/joined-masks", test_joined_masks);
  g_test_add_func ("/io/python/operations", test_operations);
  g_test_add_func ("/io/python/numpy", test_numpy);
  g_test_add_func ("/io/python/calls", test_calls);
  g_test_add_func ("/io/python/origins", test_origins);
  g_test_add_func ("/io/python/damaged", test_damaged);
  g_test_add_func ("/io/python/file", test_file);
  return g_test_run ();
}
