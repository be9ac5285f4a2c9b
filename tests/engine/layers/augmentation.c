/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Layers that change images at random: what one pixel becomes has the mean and deviation of the layer's definition. */

#include <math.h>

#include "layers/layer.h"

#define N_IMAGES 6000

typedef struct
{
  const char *layer;
  StrataShape image;     /* rows, columns, channels */
  float numbers[32];
  int pixel;             /* which number of the output is looked at */
  double mean, deviation;
} Trial;

/* Columns of their own numbers: what a pixel shows tells where it was read. */
#define RAMP5 0, 1, 2, 3, 4
#define RAMP9 0, 1, 2, 3, 4, 5, 6, 7, 8
#define RANGE "value_range=[-100, 100]"

static const Trial trials[] = {
  /* A draw of at most a half flips. */
  { "RandomFlip(mode=horizontal)", { 3, { 1, 2, 1 } }, { 0, 1 }, 0, 0.5, 0.5 },
  { "RandomFlip(mode=horizontal_and_vertical)", { 3, { 2, 2, 1 } }, { 0, 0, 0, 1 }, 0, 0.25, 0.433 },
  /* Factors from 1 - 0.4 to 1 + 0.4, away from the mean of 0. */
  { "RandomContrast(factor=[0.4, 0.4], " RANGE ")", { 3, { 1, 2, 1 } }, { -1, 1 }, 1, 1, 0.2309 },
  { "RandomColorJitter(brightness_factor=0.2, value_range=[0, 10])", { 3, { 1, 1, 3 } }, { 5, 5, 5 }, 1, 5, 1.1547 },
  /* Red has a grey of 0.2989. */
  { "RandomGrayscale(factor=0.3)", { 3, { 1, 1, 3 } }, { 100, 0, 0 }, 1, 8.97, 13.7 },
  /* Up to a quarter of the width of 8 to either side. */
  { "RandomTranslation(height_factor=0, width_factor=0.25)", { 3, { 1, 8, 1 } }, { 0, 1, 2, 3, 4, 5, 6, 7 }, 4, 4,
    1.1547 },
  /* Two columns from the middle, times 0.8 to 1.2. */
  { "RandomZoom(height_factor=[0, 0], width_factor=[-0.2, 0.2])", { 3, { 1, 9, 1 } }, { RAMP9 }, 6, 6, 0.2309 },
  /* Two rows down, by half a column each at most, to either side. */
  { "RandomShear(x_factor=[0, 0.5], y_factor=0)", { 3, { 3, 9, 1 } }, { RAMP9, RAMP9, RAMP9 }, 2 * 9 + 4, 4, 0.5774 },
  /* Two rows from the middle, by at most a fiftieth of a turn: the sine of a uniform angle. */
  { "RandomRotation(factor=0.02)", { 3, { 5, 5, 1 } }, { RAMP5, RAMP5, RAMP5, RAMP5, RAMP5 }, 2, 2, 0.1447 },
  /* Red moves by at most a quarter of the circle: green is full from a sixth on. */
  { "RandomHue(factor=0.5)", { 3, { 1, 1, 3 } }, { 255, 0, 0 }, 1, 85, 104.1 },
  /* A saturation of 0.5, times f / (1 - f). */
  { "RandomSaturation(factor=[0.2, 0.5])", { 3, { 1, 1, 3 } }, { 200, 100, 100 }, 1, 143.3, 21.35 },
  /* 2, 3 or 4 bits of 100 are 64, 96 and 96. */
  { "RandomPosterization(factor=[2, 5])", { 3, { 1, 1, 1 } }, { 100 }, 0, 85.33, 15.08 },
  /* The middle of a spike of 13 is 5 once it is smooth; between that and as far away from it. */
  { "RandomSharpness(factor=[0, 1], " RANGE ")", { 3, { 3, 3, 1 } }, { 0, 0, 0, 0, 13, 0, 0, 0, 0 }, 4, 13, 4.619 },
};

static StrataTensor *
call (const char   *text,
      StrataTensor *x,
      guint64       seed)
{
  g_autoptr (StrataBuilder) b = strata_builder_new_eager (seed);
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataLayer) layer = strata_layer_new_from_text (text, &error);
  StrataValue *y;

  g_assert_no_error (error);
  y = strata_layer_call_on (layer, b, strata_builder_constant (b, strata_tensor_ref (x)), TRUE);
  strata_builder_take_error (b, &error);
  g_assert_no_error (error);
  return strata_tensor_ref (y->tensor);
}

static StrataTensor *
repeat_image (const Trial *trial)
{
  StrataShape shape = trial->image;
  gint64 size = strata_shape_get_size (&shape);
  StrataTensor *x;

  strata_shape_insert (&shape, 0, N_IMAGES);
  x = strata_tensor_new (STRATA_FLOAT32, &shape);
  for (gint64 i = 0; i < N_IMAGES * size; i++)
    strata_tensor_get_floats (x)[i] = trial->numbers[i % size];
  return x;
}

static void
test_moments (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (trials); i++)
    {
      const Trial *trial = &trials[i];
      g_autoptr (StrataTensor) x = repeat_image (trial), y = call (trial->layer, x, 7);
      gint64 size = strata_tensor_get_size (y) / N_IMAGES;
      double sum = 0, squares = 0, mean, deviation;

      for (gint64 k = 0; k < N_IMAGES; k++)
        {
          double number = strata_tensor_get_number (y, k * size + trial->pixel);

          sum += number;
          squares += number * number;
        }
      mean = sum / N_IMAGES;
      deviation = sqrt (MAX (squares / N_IMAGES - mean * mean, 0));
      g_test_message ("%s: mean %g, deviation %g", trial->layer, mean, deviation);
      /* Four standard errors. */
      g_assert_cmpfloat_with_epsilon (mean, trial->mean, 0.055 * trial->deviation);
      g_assert_cmpfloat_with_epsilon (deviation, trial->deviation, 0.055 * trial->deviation);
    }
}

/* Where a crop begins is drawn once for a batch, each place as often. */
static void
test_crop (void)
{
  g_autoptr (StrataTensor) x = strata_tensor_new_floats (&STRATA_SHAPE (2, 2, 5, 1),
                                                         (float[]){ RAMP5, RAMP5, RAMP5, RAMP5 });
  guint counts[4] = { 0 };
  const guint n = 800;

  for (guint seed = 0; seed < n; seed++)
    {
      g_autoptr (StrataTensor) y = call ("RandomCrop(height=1, width=2)", x, seed + 1);
      int first = strata_tensor_get_number (y, 0);

      g_assert_cmpint (first, >=, 0);
      g_assert_cmpint (first, <, 4);
      g_assert_cmpfloat (strata_tensor_get_number (y, 1), ==, first + 1);
      g_assert_cmpfloat (strata_tensor_get_number (y, 2), ==, first);
      counts[first]++;
    }
  g_test_message ("%u, %u, %u and %u crops", counts[0], counts[1], counts[2], counts[3]);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpfloat_with_epsilon (counts[i] / (double) n, 0.25, 0.065);
}

/*
 * Blurred are as many images as the factor says, and their light stays: all of it is in the middle of so small a
 * bell.
 */
static void
test_blur (void)
{
  const Trial spot = { .image = { 3, { 5, 5, 1 } }, .numbers = { [12] = 1 } };
  g_autoptr (StrataTensor) x = repeat_image (&spot), y = NULL;
  guint n_blurred = 0;

  y = call ("RandomGaussianBlur(factor=[0.3, 0.3], sigma=[0.5, 0.8], value_range=[0, 1])", x, 3);
  for (gint64 i = 0; i < N_IMAGES; i++)
    {
      double sum = 0;

      for (gint64 k = 0; k < 25; k++)
        sum += strata_tensor_get_number (y, i * 25 + k);
      g_assert_cmpfloat_with_epsilon (sum, 1, 1e-4);
      n_blurred += strata_tensor_get_number (y, i * 25 + 12) < 1;
    }
  g_assert_cmpfloat_with_epsilon (n_blurred / (double) N_IMAGES, 0.3, 0.03);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layers/augmentation/moments", test_moments);
  g_test_add_func ("/layers/augmentation/crop", test_crop);
  g_test_add_func ("/layers/augmentation/blur", test_blur);
  return g_test_run ();
}
