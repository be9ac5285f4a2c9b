/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>
#include <string.h>

#include "applications/imagenet.h"
#include "base/registry.h"
#include "io/formats/npy.h"
#include "layers/naming.h"

/* Published networks beside Keras's; golden/make_applications.py wrote what is compared. */

static char *
golden_path (const char *name,
             const char *suffix)
{
  g_autofree char *file = g_strconcat (name, suffix, NULL);

  return g_build_filename (g_getenv ("G_TEST_SRCDIR"), "golden", "applications", file, NULL);
}

static StrataModel *
build (const char *name,
       const char *arguments)
{
  g_autofree char *text = g_strconcat (name, arguments, NULL);
  g_autoptr (GError) error = NULL;
  StrataModel *model;

  strata_naming_reset ();
  model = strata_application_build_from_text (text, &error);
  g_assert_no_error (error);
  return model;
}

static char *
describe_layer (StrataLayer *layer)
{
  GPtrArray *sites = strata_layer_get_sites (layer);
  const StrataShape *shape = &((StrataSite *) g_ptr_array_index (sites, 0))->specs[0].shape;
  g_autoptr (GString) sizes = g_string_new (NULL);

  for (int d = 0; d < shape->rank; d++)
    g_string_append_printf (sizes, "%s%" G_GINT64_FORMAT, d > 0 ? "," : "", shape->dims[d]);
  return g_strdup_printf ("%s %s %s %" G_GINT64_FORMAT, strata_layer_get_name (layer),
                          strata_object_get_class_name (STRATA_OBJECT (layer)),
                          sizes->str, strata_layer_count_params (layer, FALSE));
}

/* Every layer has Keras's name, class, shape and number of parameters. */
static void
test_layers (gconstpointer name)
{
  g_autofree char *path = golden_path (name, ".txt"), *text = NULL;
  g_autoptr (StrataModel) model = build (name, "(weights=null)");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  g_assert_cmpuint (strata_model_get_n_layers (model), ==, g_strv_length (lines));
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *found = describe_layer (strata_model_get_layer (model, i));

      g_assert_cmpstr (found, ==, lines[i]);
    }
}

static double
draw (guint32 index,
      guint32 weight)
{
  guint32 bits = (index + 1) * 2654435761u + weight * 40503u;

  bits ^= bits >> 15;
  bits *= 2246822519u;
  bits ^= bits >> 13;
  return bits / 4294967296.0;
}

static void
fill_weight (StrataVariable *variable,
             gboolean        depthwise,
             guint           number)
{
  const StrataShape *shape = strata_variable_get_shape (variable);
  const char *name = strata_variable_get_name (variable);
  float *values;
  double scale;

  g_assert_true (strata_variable_materialize (variable, NULL));
  values = strata_variable_get_floats (variable);
  scale = sqrt (6.0 / strata_shape_get_span (shape, 0, depthwise ? 2 : shape->rank - 1));
  for (gint64 i = 0; i < strata_shape_get_size (shape); i++)
    {
      double u = draw (i, number);

      if (g_str_equal (name, "gamma") || g_str_equal (name, "moving_variance"))
        values[i] = 0.5 + u;
      else
        values[i] = strstr (name, "kernel") != NULL ? (2 * u - 1) * scale : (u - 0.5) * 0.2;
    }
}

static void
fill (StrataModel *model)
{
  guint number = 0;

  for (guint l = 0; l < strata_model_get_n_layers (model); l++)
    {
      StrataLayer *layer = strata_model_get_layer (model, l);
      g_autoptr (GPtrArray) weights = strata_layer_dup_weights (layer);
      const char *class_name = strata_object_get_class_name (STRATA_OBJECT (layer));

      for (guint i = 0; i < weights->len && !g_str_equal (class_name, "Normalization"); i++)
        fill_weight (g_ptr_array_index (weights, i), g_str_equal (class_name, "DepthwiseConv2D"), number++);
    }
}

/* With weights by formula, the features of a picture are Keras's. */
static void
test_features (gconstpointer name)
{
  g_autoptr (StrataModel) model = build (name,
                                         "(weights=null, include_top=false, pooling=avg, input_shape=[32, 32, 3])");
  g_autofree char *path = golden_path (name, "-y.npy");
  g_autoptr (StrataTensor) x = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (2, 32, 32, 3));
  g_autoptr (StrataTensor) expected = NULL, found = NULL;
  g_autoptr (GError) error = NULL;
  double largest = 0;

  fill (model);
  for (gint64 i = 0; i < strata_tensor_get_size (x); i++)
    strata_tensor_get_floats (x)[i] = (float) (255 * draw (i, 1)) / 255;
  expected = strata_npy_read (path, &error);
  g_assert_no_error (error);
  found = strata_model_predict1 (model, x, &error);
  g_assert_no_error (error);
  for (gint64 i = 0; i < strata_tensor_get_size (expected); i++)
    largest = MAX (largest, fabs (strata_tensor_get_floats (expected)[i]));
  g_assert_cmpfloat (largest, >, 0.01);
  for (gint64 n = 0; n < 2; n++)
    for (gint64 c = 0; c < 32; c++)
      g_assert_cmpfloat (fabs (strata_tensor_get_floats (expected)[n * 32 + c] -
                               strata_tensor_get_floats (found)[n * strata_tensor_get_dim (found, 1) + c]), <=,
                               2e-4 * MAX (1, largest));
}

static void
test_counts (void)
{
  static const struct
  {
    const char *text;
    gint64 n_params;
    guint n_layers;
    const char *name;
  } cases[] = {
    { "VGG16(weights=null)", 138357544, 23, "vgg16" },
    { "VGG16(weights=null, include_top=false)", 14714688, 19, "vgg16" },
    { "ResNet50(weights=null)", 25636712, 177, "resnet50" },
    { "ResNet50(weights=null, include_top=false)", 23587712, 175, "resnet50" },
    { "EfficientNetB0(weights=null)", 5330571, 240, "efficientnetb0" },
    { "EfficientNetB0(weights=null, include_top=false)", 4049571, 237, "efficientnetb0" },
    { "MobileNetV2(weights=null)", 3538984, 156, "mobilenetv2_1.00_224" },
    { "MobileNetV2(weights=null, include_top=false)", 2257984, 154, "mobilenetv2_1.00_None" },
    { "MobileNetV2(weights=null, include_top=false, alpha=1.3)", 3766048, 154, "mobilenetv2_1.30_None" },
    { "MobileNetV2(weights=null, alpha=0.35, classes=5, input_shape=[97, 96, 3], classifier_activation=sigmoid)",
      416613, 156,
      "mobilenetv2_0.35_97" },
    { "ResNet50(weights=null, include_top=false, pooling=max, name=mine)", 23587712, 176, "mine" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (StrataModel) model = build (cases[i].text, "");

      g_assert_cmpint (strata_layer_count_params (STRATA_LAYER (model), FALSE), ==, cases[i].n_params);
      g_assert_cmpuint (strata_model_get_n_layers (model), ==, cases[i].n_layers);
      g_assert_cmpstr (strata_layer_get_name (STRATA_LAYER (model)), ==, cases[i].name);
    }
}

static void
test_errors (void)
{
  static const struct
  {
    const char *text;
    const char *says;
  } cases[] = {
    { "ResNet51", "did you mean “ResNet50”?" },
    { "ResNet50(classes=10)", "tell 1000 classes apart, not 10" },
    { "ResNet50(weights=null, input_shape=[20, 224, 3])", "at least 32 by 32, not 20 by 224" },
    { "ResNet50(weights=null, input_shape=[224, 3])", "height, width and channels" },
    { "ResNet50(weights=null, input_shape=[null, null, 3])", "every size in input_shape must be known" },
    { "ResNet50(input_shape=[256, 256, 3])", "for pictures of 224 by 224" },
    { "VGG16(include_top=false, input_shape=[64, 64, 1])", "for 3 channels, not 1" },
    { "VGG16(classifier_activation=sigmoid)", "softmax or null" },
    { "MobileNetV2(alpha=0.4)", "for an alpha of 0.35" },
    { "VGG16(weights=nowhere.h5)", "nowhere.h5" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (strata_application_build_from_text (cases[i].text, &error));
      g_assert_nonnull (error);
      if (strstr (error->message, cases[i].says) == NULL)
        g_error ("“%s” does not say “%s”", error->message, cases[i].says);
    }
}

/* Keras's numbers for the pixel (10, 100, 250). */
static void
test_preprocessing (void)
{
  static const float expected[][3] = {
    [STRATA_PREPROCESSING_NONE] = { 10, 100, 250 },
    [STRATA_PREPROCESSING_CAFFE] = { 146.061f, -16.779f, -113.68f },
    [STRATA_PREPROCESSING_TF] = { -0.92156863f, -0.21568626f, 0.96078432f },
    [STRATA_PREPROCESSING_TORCH] = { -1.94665635f, -0.28501397f, 2.55285406f },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataTensor) gray = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (4, 4, 1));

  for (int first = 0; first < 2; first++)
    for (guint mode = 0; mode < G_N_ELEMENTS (expected); mode++)
      {
        g_autoptr (StrataTensor) pixels = strata_tensor_new (STRATA_FLOAT32, first ? &STRATA_SHAPE (2, 3, 2, 2)
                                                                                   : &STRATA_SHAPE (2, 2, 2, 3));
        float *x = strata_tensor_get_floats (pixels);

        for (int i = 0; i < 24; i++)
          x[i] = ((const float[]){ 10, 100, 250 })[first ? i / 4 % 3 : i % 3];
        g_assert_true (strata_imagenet_preprocess (pixels, mode, first, &error));
        for (int i = 0; i < 24; i++)
          g_assert_cmpfloat (fabsf (x[i] - expected[mode][first ? i / 4 % 3 : i % 3]), <=, 2e-5);
      }
  g_assert_false (strata_imagenet_preprocess (gray, STRATA_PREPROCESSING_TF, FALSE, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SHAPE);
}

static void
test_decode (void)
{
  g_autoptr (JsonNode) classes =
    json_from_string ("{\"0\": [\"n1\", \"tench\"], \"1\": [\"n2\", \"goldfish\"], \"2\": [\"n3\", \"shark\"]}", NULL);
  g_autoptr (StrataTensor) predictions = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (2, 3));
  g_autoptr (GPtrArray) guesses = NULL;
  g_autoptr (GError) error = NULL;
  static const char *const expected[] = { "goldfish", "tench", "shark", "goldfish" };

  memcpy (strata_tensor_get_floats (predictions), (const float[]){ 0.3f, 0.6f, 0.1f, 0.0f, 0.3f, 0.7f },
          6 * sizeof (float));
  guesses = strata_imagenet_decode (predictions, 2, classes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (guesses->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpstr (((StrataGuess *) g_ptr_array_index (guesses, i))->label, ==, expected[i]);
  g_assert_cmpstr (((StrataGuess *) g_ptr_array_index (guesses, 2))->wnid, ==, "n3");
  g_assert_cmpfloat (((StrataGuess *) g_ptr_array_index (guesses, 2))->score, ==, 0.7f);
  g_assert_null (strata_imagenet_decode (predictions, 2, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SHAPE);
}

int
main (int    argc,
      char **argv)
{
  const StrataObjectInfo *const *table = strata_registry_list (STRATA_KIND_APPLICATION);

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; table[i] != NULL; i++)
    {
      g_autofree char *layers = g_strdup_printf ("/applications/%s/layers", table[i]->name);
      g_autofree char *features = g_strdup_printf ("/applications/%s/features", table[i]->name);

      g_test_add_data_func (layers, table[i]->name, test_layers);
      g_test_add_data_func (features, table[i]->name, test_features);
    }
  g_test_add_func ("/applications/counts", test_counts);
  g_test_add_func ("/applications/errors", test_errors);
  g_test_add_func ("/applications/preprocessing", test_preprocessing);
  g_test_add_func ("/applications/decode", test_decode);
  return g_test_run ();
}
