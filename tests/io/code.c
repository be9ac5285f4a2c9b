/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Code that people write is understood, or the line is named that is not. */
#include "code.h"

#include "base/json.h"
#include "io/code/python-signature.h"

/* What values become, by the name of the model. */
static void
test_values (void)
{
  static const char *const cases[][2] = {
    { "f'a{1 + 2}b{{}}{\"c\"}'", "a3b{}c" },
    { "'{}-{0}-{name}'.format(4, name='x')", "4-4-x" },
    { "'%s_%d%%' % ('a', 7)", "a_7%" },
    { "f'{7:03d}' + str(2.5) + r'\\d'", "0072.5\\d" },
    { "'-'.join([str(i * i) for i in range(1, 8) if i % 2 == 1 and i != 5])", "1-9-49" },
    { "'yes' if 1 < 2 <= 2 and not [] else undefined", "yes" },
    { "str([1, 2, 3, 4][1:][::-1][0]) + str((1, 2)[-1])", "42" },
    { "str(sum(a * b for a, b in zip([1, 2], [3, 4])))", "11" },
    { "str(len({'a': 1, **{'b': 2}})) + str({'a': 5}.get('z', 6)) + str(dict(q=8)['q'])", "268" },
    { "'a' if 'b' in 'abc' and 3 not in [1, 2] and None is None else 'z'", "a" },
    { "str(max(3, 7)) + str(min([4, 2])) + str(int(7 / 2)) + str(7 // 2) + str(abs(-3)) + str(round(2.6))", "723333" },
    { "''.join(reversed(['a', *['b', 'c']]))", "cba" },
    { "'x'.upper() * 2 + 'Y'.lower()", "XXy" },
    { "str([i for i, (a, b) in enumerate([(1, 2), (3, 4)], start=1) if b == 4][0])", "2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *code = g_strdup_printf ("import keras\nmodel = keras.Sequential([keras.Input((1,))], name=%s)\n",
                                               cases[i][0]);
      g_autoptr (StrataPythonSource) source = read_code (code);

      g_assert_cmpstr (strata_layer_get_name (STRATA_LAYER (source->model)), ==, cases[i][1]);
    }
}

/* What code does before it says what the network is, and after. */
static void
test_statements (void)
{
  static const struct
  {
    const char *code;
    gint64 units;
  } cases[] = {
    { "n = 1\nfor i in range(5):\n  if i == 1: continue\n  elif i == 3:\n    break\n  n += i\nelse:\n  n = 50\n", 3 },
    { "n = 1\nfor k, v in {'a': 2, 'b': 3}.items():\n  n *= v\nelse:\n  n -= 1\n", 5 },
    { "def f(a, *, b: int = 2) -> int:\n  '''What it does.'''\n  for x in [a, b]:\n    if x > 2:\n      return x\n"
      "  return 0\nn = f(1, b=7)\n", 7 },
    { "def f(x):\n  def g(y): return x + y\n  return g\nn = f(3)(4)\n", 7 },
    { "from functools import partial\ndef f(a, b): return a - b\nn = partial(f, 9, b=1)(b=4)\n", 5 },
    { "(a, b), [c] = (1, 2), [3]\nn = a = a + b + c\nassert n == 6, 'no'\n", 6 },
    { "s = [1, 2]\ns.append(3); s[0] = 4\ns.insert(0, 9); s.extend((1, 1))\nn = s.pop(1) + s[-1]\n", 5 },
    { "import os, numpy as np\nos.environ['KERAS_BACKEND'] = 'jax'\nx = np.zeros((3, undefined)).astype('f') / 255.\n"
      "print(x.shape, undefined)\nn = 2\n", 2 },
    { "if __name__ == '__main__':\n  n = 4\n", 4 },
    { "def fact(k): return 1 if k < 2 else k * fact(k - 1)\nn = fact(4)\n", 24 },
    { "x = keras.Input((5, 3)); n = x.shape[-1] + len(x.shape)\n", 6 },
    { "n = keras.layers.Dense(8).units\n", 8 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *code = g_strconcat ("import keras\n", cases[i].code,
                                           "model = keras.Sequential([keras.layers.Dense(n, name='it')])\n",
                                           "model.fit(undefined, epochs=3)\n", NULL);
      g_autoptr (StrataPythonSource) source = read_code (code);
      g_autoptr (JsonNode) units =
        strata_object_get_param (STRATA_OBJECT (strata_model_find_layer (source->model, "it")), "units");

      g_assert_cmpint (json_node_get_int (units), ==, cases[i].units);
    }
}

/* A function makes blocks in a loop; the one model that is trained counts, or what main makes if there is no other. */
static void
test_programs (void)
{
  static const char blocks[] =
    "import keras\nfrom keras import layers\n"
    "def block(x, filters, name, strides=1):\n"
    "  shortcut = x\n"
    "  for i in range(2):\n"
    "    x = layers.Conv2D(filters, 3, padding='same', strides=strides if i == 0 else 1, name=f'{name}_conv{i + "
    "1}')(x)\n"
    "    x = layers.ReLU()(x)\n"
    "  if strides != 1 or shortcut.shape[-1] != filters:\n"
    "    shortcut = layers.Conv2D(filters, 1, strides=strides, name=f'{name}_skip')(shortcut)\n"
    "  return layers.add([x, shortcut], name=name + '_add')\n"
    "def make(input_shape, sizes=(8, 16)):\n"
    "  inputs = keras.Input(input_shape)\n"
    "  x = inputs\n"
    "  for i, size in enumerate(sizes):\n"
    "    x = block(x, size, f'block{i}', strides=1 if i == 0 else 2)\n"
    "  x = layers.GlobalAveragePooling2D()(x)\n"
    "  return keras.Model(inputs, layers.Dense(3)(x))\n";
  g_autofree char *trained = g_strconcat (blocks, "model = make((8, 8, 8))\n"
                                                  "other = keras.Sequential([layers.Dense(2)])\nmodel.fit(x)\n", NULL);
  g_autofree char *in_main = g_strconcat (blocks, "def main():\n  model = make((8, 8, 8), sizes=[8])\n"
                                                  "  model.compile('adam', 'mse')\nmain()\n", NULL);
  g_autoptr (StrataPythonSource) first = read_code (trained), second = read_code (in_main);

  g_assert_nonnull (strata_model_find_layer (first->model, "block1_skip"));
  g_assert_null (strata_model_find_layer (first->model, "block0_skip"));
  g_assert_nonnull (strata_model_find_layer (second->model, "block0_add"));
  g_assert_true (strata_model_is_compiled (second->model));
}

/* The same network in the ways that tutorials write it. */
static void
test_styles (void)
{
  static const char *const codes[] = {
    "import keras\n"
    "from keras import layers\n"
    "model = keras.Sequential([\n"
    "    keras.Input(shape=(784,)),   # pixels\n"
    "    layers.Dense(32, activation='relu'),\n"
    "    layers.Dropout(.5),\n"
    "    layers.Dense(2 * 5, \"softmax\"),\n"
    "])\n"
    "model.summary()\n",

    "import tensorflow as tf\n"
    "model = tf.keras.models.Sequential()\n"
    "model.add(tf.keras.layers.Dense(32, activation=tf.nn.relu, input_shape=(28 * 28,)))\n"
    "model.add(tf.keras.layers.Dropout(rate=0.5)); model.add(tf.keras.layers.Dense(10, activation='softmax'))\n",

    "from tensorflow.keras.models import Sequential\n"
    "from tensorflow.keras.layers import (\n    Dense,\n    Dropout as Drop,\n)\n"
    "'''What it is for.'''\n"
    "units, classes = 32, 10\n"
    "model = Sequential(\n  [Dense(units, activation=\"relu\", input_dim=784), Drop(5e-1),\n"
    "   Dense(classes, activation='soft' 'max')]\n)\n",

    "import keras\n"
    "def make():\n"
    "  inputs = keras.layers.Input((784,))\n"
    "  x = keras.layers.Dense(units=32, activation=keras.activations.relu)(inputs)\n"
    "\n"
    "  x = keras.layers.Dropout(0.5)(x)\n"
    "  return keras.Model(inputs, keras.layers.Dense(10, activation='softmax')(x))\n"
    "model = make()",
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (StrataPythonSource) source = read_code (codes[i]);
      g_autofree char *summary = strata_model_summary (source->model, 80);
      g_autoptr (JsonNode) json = strata_model_summary_json (source->model);

      g_assert_cmpint (strata_layer_count_params (STRATA_LAYER (source->model), FALSE), ==, 784 * 32 + 32 + 320 + 10);
      g_assert_nonnull (strstr (summary, "dense_1 (Dense)"));
      g_assert_nonnull (strstr (summary, "dropout (Dropout)"));
    }
}

/* Published networks are made in code, as a part of others and to be taken apart; names are those of Keras. */
static void
test_applications (void)
{
  static const struct
  {
    const char *code;
    const char *layers; /* those at the end */
    gint64 trainable;
  } cases[] = {
    { "inputs = keras.Input((96, 96, 3))\nx = keras.applications.mobilenet_v2.preprocess_input(inputs)\n"
      "base = keras.applications.MobileNetV2((96, 96, 3), include_top=False, weights=None)\nbase.trainable = False\n"
      "x = keras.layers.GlobalAveragePooling2D()(base(x, training=False))\n"
      "model = keras.Model(inputs, keras.layers.Dense(1)(x))\n",
      "input_layer true_divide subtract mobilenetv2_1.00_96 global_average_pooling2d dense", 1281 },
    { "from tensorflow.keras.applications.vgg16 import VGG16\ninputs = keras.Input((64, 64, 3))\n"
      "base = VGG16(include_top=False, weights=None, input_tensor=inputs)\n"
      "for layer in base.layers[:-4]:\n  layer.trainable = False\n"
      "a, b = base.get_layer('block1_pool').output, base.get_layer(index=-1).output\n"
      "x = [keras.layers.GlobalMaxPooling2D()(a), keras.layers.Flatten()(b)]\n"
      "model = keras.Model(inputs, keras.layers.Dense(2)(keras.layers.concatenate(x)))\n",
      "global_max_pooling2d flatten concatenate dense", 3 * (512 * 9 * 512 + 512) + (64 + 2048) * 2 + 2 },
    { "base = keras.applications.EfficientNetB0(False, None, input_shape=(32, 32, 3), pooling='avg')\n"
      "base.trainable = False\n"
      "model = keras.Sequential([keras.Input((32, 32, 3)), keras.layers.Rescaling(2.0), base])\n"
      "model.add(keras.layers.Dense(3))\n",
      "rescaling_1 efficientnetb0 dense", 1280 * 3 + 3 },
    { "inputs = keras.Input((32, 32, 3))\nx = keras.applications.resnet50.preprocess_input(inputs)\n"
      "y = keras.applications.imagenet_utils.preprocess_input(x, mode='torch')\n"
      "model = keras.Model(inputs, y)\n",
      "input_layer get_item get_item_1 get_item_2 stack add true_divide add_1 true_divide_1", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *code = g_strconcat ("import keras\n", cases[i].code, NULL);
      g_autoptr (StrataPythonSource) source = read_code (code);
      g_auto (GStrv) expected = g_strsplit (cases[i].layers, " ", -1);
      guint n = strata_model_get_n_layers (source->model), n_expected = g_strv_length (expected);

      for (guint k = 0; k < n_expected; k++)
        g_assert_cmpstr (strata_layer_get_name (strata_model_get_layer (source->model, n - n_expected + k)), ==,
                         expected[k]);
      g_assert_cmpint (strata_layer_count_params (STRATA_LAYER (source->model), TRUE), ==, cases[i].trainable);
    }
}

/* Arguments without names are those that Keras takes them for. */
static void
test_signatures (void)
{
  static const StrataKind kinds[] = { STRATA_KIND_LAYER, STRATA_KIND_LOSS, STRATA_KIND_METRIC, STRATA_KIND_OPTIMIZER,
                                      STRATA_KIND_SCHEDULE,
                                      STRATA_KIND_INITIALIZER, STRATA_KIND_REGULARIZER, STRATA_KIND_CONSTRAINT };
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "inventory.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  guint n = 0;

  g_assert_true (json_parser_load_from_file (parser, path, NULL));
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      JsonObject *kind = json_object_get_object_member (json_node_get_object (json_parser_get_root (parser)),
                                                        strata_kind_get_name (kinds[k]));
      JsonObjectIter iter;
      const char *name;
      JsonNode *node;

      json_object_iter_init (&iter, json_object_get_object_member (kind, "classes"));
      while (json_object_iter_next (&iter, &name, &node))
        {
          JsonArray *parameters = json_object_get_array_member (json_node_get_object (node), "parameters");
          const StrataObjectInfo *info = strata_registry_lookup (kinds[k], name);
          guint at = 0;

          for (guint i = 0;
               info != NULL && g_str_equal (info->name, name) && i < json_array_get_length (parameters); i++)
            {
              const char *expected = json_array_get_string_element (parameters, i);
              g_autofree char *found = NULL;

              if (g_str_equal (expected, "dtype") || g_str_equal (expected, "trainable"))
                continue;
              found = strata_python_find_argument (kinds[k], info, at++);
              if (g_strcmp0 (found, expected) != 0)
                {
                  g_test_message ("%s %s: argument %u is %s, not %s", strata_kind_get_name (kinds[k]), name, at,
                                  expected, found);
                  g_test_fail ();
                  break;
                }
              n++;
            }
        }
    }
  g_assert_cmpuint (n, >, 500);
}

/* What is refused, at which line, and a word of why. */
static void
test_refused (void)
{
  static const struct
  {
    const char *code;
    guint line;
    const char *why;
  } cases[] = {
    { "", 1, "no model" },
    { "import keras\nmodel = keras.Sequential([\n", 2, "not closed" },
    { "x = [\n  (1,\n  2\n]\n", 4, "“]” does not close the “(” of line 2" },
    { "x = 3)\n", 1, "" },
    { "import keras\nmodel = keras.Sequential([keras.layers.Dens(3)])", 2, "Dense" },
    { "import keras\n\nmodel = keras.Sequential([keras.layers.Dense(-3)])", 3, "units" },
    { "import keras\nmodel = keras.Sequential([\n  keras.Input((4,)),\n  keras.layers.Conv2D(3, 3)])", 4, "Conv2D" },
    { "import os\nos.system('touch /tmp/x')\n", 2, "os.system" },
    { "while True:\n  pass\n", 1, "while" },
    { "class Net(keras.Model):\n  pass\n", 1, "computes with code of its own" },
    { "import numpy as np\nfor i in np.arange(3):\n  pass\n", 2, "numpy.arange" },
    { "import keras\nx = keras.Input((3,))\nif x:\n  pass\n", 3, "only known once" },
    { "import keras\nfrom keras.datasets import mnist\n(x, y), _ = mnist.load_data()\n\n"
      "m = keras.Sequential([keras.Input(x.shape[1:])])\n", 5, "keras.datasets.mnist.load_data" },
    { "def f(a, b=2):\n  return a\nf(b=3)\n", 3, "without “a”" },
    { "def f(a):\n  return a\nf(1, 2)\n", 3, "no more than 1" },
    { "def f(a):\n  return a\nf(1, a=2)\n", 3, "twice" },
    { "def f(*a):\n  return a\n", 1, "any number" },
    { "break\n", 1, "break" },
    { "a = []\na.append(a)\n", 2, "part of itself" },
    { "a = [1] * 10 ** 9\n", 1, "too" },
    { "for i in range(10 ** 4):\n  for k in range(10 ** 4):\n    pass\n", 2, "too long" },
    { "x = f'{1:x}'\n", 1, "digits" },
    { "x = f'{y}'\n", 1, "“y” stands for nothing" },
    { "x = '%d %d' % (1,)\n", 1, "values" },
    { "import keras\nm = keras.Sequential()\nm.add(keras.layers.Dense(3))\nm.layers[0].adapt([1])\n", 4, "adapt" },
    { "import keras\nb = keras.applications.VGG11(weights=None)\n", 2, "“VGG11” is not known" },
    { "import keras\nb = keras.applications.VGG16()\n", 2, "not on this computer" },
    { "import keras\nb = keras.applications.VGG16(weights='/etc/passwd')\n", 2, "no other files" },
    { "import keras\nb = keras.applications.VGG16(weights=None, include_top=False, input_shape=(8, 8, 3))\n", 2,
      "at least 32" },
    { "import keras\nb = keras.applications.VGG16(weights=None)\nx = b.get_layer('block9').output\n", 3, "block9" },
    { "import keras\nx = keras.Input((3,))\ny = keras.layers.Dense(3)(z)\n", 3, "z" },
    { "import keras\nx = keras.Input((3,))\ny = x[:, 0.5]\n", 3, "whole" },
    { "import keras\nx = keras.Input((3,))\ny = x[]\n", 3, "missing" },
    { "import keras\nx = keras.Input((3,))\ny = keras.ops.mean(x, 1, True, 3)\n", 3, "Mean" },
    { "import keras\nx = keras.Input((3,))\ny = keras.ops.nothing(x)\n", 3, "nothing" },
    { "import keras\nx = keras.layers.Dense(3, activation=lambda x: keras.ops.clip(0.2 * x + 0.4, 0, 1))\n",
      2, "lambda" },
    { "x = 3 +\n", 1, "missing" },
    { "x = 'abc\n", 1, "does not end" },
    { "x = b'abc'\n", 1, "bytes" },
    { "  x = 3\n", 1, "indented" },
    { "x = 1 / 0\n", 1, "no result" },
    { "x = 3 ? 4\n", 1, "sign" },
    { "import keras\nmodel = keras.Sequential([keras.layers.Dense(3, 4, 5, units=3)])\n", 2, "units" },
    { "import keras\nmodel = keras.Sequential([lambda x: x])\n", 2, "made of layers" },
    { "import keras\nmodel = keras.Sequential([keras.Input((3,)), keras.layers.Lambda(lambda x: open(x))])\n",
      2, "lambda" },
    { "import keras\nmodel = keras.Sequential([keras.Input((3,)), keras.layers.Lambda(print)])\n", 2, "print" },
    { "def f():\n  return g()\ndef g():\n  return f()\nx = f()\n", 4, "too often" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      guint line = 0;

      g_assert_null (strata_python_source_read (cases[i].code, &line, &error));
      g_assert_nonnull (error);
      if (line != cases[i].line || strstr (error->message, cases[i].why) == NULL)
        g_test_message ("%s: line %u: %s", cases[i].code, line, error->message);
      g_assert_cmpuint (line, ==, cases[i].line);
      g_assert_nonnull (strstr (error->message, cases[i].why));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/io/code/values", test_values);
  g_test_add_func ("/io/code/statements", test_statements);
  g_test_add_func ("/io/code/programs", test_programs);
  g_test_add_func ("/io/code/signatures", test_signatures);
  g_test_add_func ("/io/code/styles", test_styles);
  g_test_add_func ("/io/code/applications", test_applications);
  g_test_add_func ("/io/code/refused", test_refused);
  return g_test_run ();
}
