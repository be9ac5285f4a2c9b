/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Own input: what is drawn, typed or set becomes a sample like those of the data, and the answer follows. */
#include "../window/pointer.h"

#include <math.h>

#include "base/json.h"
#include "data/data-source.h"
#include "document/file.h"
#include "evaluate/draw-pad.h"
#include "evaluate/feature-fields.h"
#include "evaluate/ink.h"
#include "evaluate/own-input.h"
#include "evaluate/picture.h"
#include "evaluate/series-pad.h"
#include "io/code/python.h"
#include "models/array-source.h"
#include "runner/own-sample.h"

static void
look_at_inputs (StrataEvaluation *evaluation)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&evaluation->inputs, g_ptr_array_unref);
  evaluation->inputs = strata_input_facts_list (evaluation->set, evaluation->model, &error);
  g_assert_no_error (error);
}

/* A network as it is before training: it answers, and that is enough here. */
static StrataEvaluation *
make_evaluation (const char *name)
{
  StrataEvaluation *evaluation = g_new0 (StrataEvaluation, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataExample) example = strata_example_load (name, &error);
  g_autoptr (StrataDocument) document = NULL;

  g_assert_no_error (error);
  document = strata_document_new_from_example (example, &error);
  g_assert_no_error (error);
  evaluation->model = strata_document_build_model (document, &error);
  g_assert_no_error (error);
  evaluation->compile = json_node_copy (strata_document_get_setting (document, "compile"));
  evaluation->set = strata_data_source_load (json_node_get_object (strata_document_get_setting (document, "data")),
                                             NULL, &error);
  g_assert_no_error (error);
  evaluation->n_classes = evaluation->set->n_classes;
  look_at_inputs (evaluation);
  evaluation->answers = g_new0 (double, 1);
  return evaluation;
}

/* A disc anywhere ends up in the middle, 20 of 28 pixels wide, as round as it was. */
static void
test_ink (void)
{
  g_autofree float *ink = g_new0 (float, 200 * 100);
  float pixels[28 * 28];
  int first = 28, last = -1, top = 28, bottom = -1;

  g_assert_false (strata_ink_center (ink, 200, 100, pixels, 28, 28));
  for (int y = 0; y < 100; y++)
    for (int x = 0; x < 200; x++)
      ink[y * 200 + x] = hypot (x - 150, y - 30) < 20;
  g_assert_true (strata_ink_center (ink, 200, 100, pixels, 28, 28));
  for (int y = 0; y < 28; y++)
    for (int x = 0; x < 28; x++)
      if (pixels[y * 28 + x] > 0.5)
        {
          first = MIN (first, x);
          last = MAX (last, x);
          top = MIN (top, y);
          bottom = MAX (bottom, y);
        }
  g_assert_cmpint (first, ==, 4);
  g_assert_cmpint (last, ==, 23);
  g_assert_cmpint (top, ==, 4);
  g_assert_cmpint (bottom, ==, 23);
  g_assert_cmpfloat (pixels[14 * 28 + 14], ==, 1);
  g_assert_cmpfloat (pixels[5 * 28 + 5], ==, 0);
}

/* What is written in its own units is what the data has. */
static void
test_row (void)
{
  StrataEvaluation *evaluation = make_evaluation ("penguins");
  StrataDataSet *set = evaluation->set;
  g_autoptr (StrataTensor) row = NULL;
  g_autoptr (StrataDataSet) own = NULL;
  g_autoptr (GError) error = NULL;
  guint n = set->features->len;
  g_autofree float *known = g_new (float, n), *found = g_new (float, n);
  g_autofree double *values = g_new (double, n);

  g_assert_no_error (error);
  g_assert_true (strata_source_fill (set->x, 0, &(gint64){ 3 }, 1, STRATA_FLOAT32, known, &error));
  g_assert_cmpuint (n, ==, set->feature_names->len);
  for (guint i = 0; i < n; i++)
    {
      const StrataFeature *feature = &g_array_index (set->features, StrataFeature, i);

      values[i] = known[i] / feature->scale + feature->mean;
      if (g_str_equal (feature->column, "flipper_length_mm"))
        {
          /* Millimetres as they are in the file. */
          g_assert_cmpfloat_with_epsilon (values[i], round (values[i]), 1e-3);
          g_assert_cmpfloat (feature->typical, >, 190);
          g_assert_cmpfloat (feature->typical, <, 210);
        }
    }
  row = strata_own_sample_from_row (set, values, &error);
  g_assert_no_error (error);
  own = strata_own_sample_new (set, &row, 1, &error);
  g_assert_no_error (error);
  g_assert_true (strata_source_fill (own->x, 0, &(gint64){ 0 }, 1, STRATA_FLOAT32, found, &error));
  for (guint i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (found[i], known[i], 1e-5);
  strata_evaluation_free (evaluation);
}

typedef struct
{
  StrataEvaluation *evaluation;
  StrataOwnInput *input;
  GtkWidget *window;
  char *before;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  name)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->evaluation = make_evaluation (name);
  self->input = STRATA_OWN_INPUT (strata_own_input_new ());
  self->window = gtk_window_new ();
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->input));
  gtk_window_set_child (GTK_WINDOW (self->window), box);
  gtk_window_fullscreen (GTK_WINDOW (self->window));
  gtk_window_present (GTK_WINDOW (self->window));
  g_assert_true (strata_own_input_show (self->input, self->evaluation));
  settle (200);
}

static void
tear_down (Fixture       *self,
           gconstpointer  name)
{
  strata_own_input_show (self->input, NULL);
  gtk_window_destroy (GTK_WINDOW (self->window));
  settle (20);
  strata_evaluation_free (self->evaluation);
  g_free (self->before);
}

static gboolean
has_answer (gpointer data)
{
  Fixture *self = data;

  return g_str_has_prefix (strata_own_input_get_answer (self->input), "It says") &&
         g_strcmp0 (strata_bars_get_description (strata_own_input_get_bars (self->input)), self->before) != 0;
}

static void
wait_for_answer (Fixture *self,
                 guint    n_classes)
{
  wait_until (has_answer, self, 20);
  g_assert_cmpuint (strata_bars_get_n (strata_own_input_get_bars (self->input)), ==, n_classes);
  g_free (self->before);
  self->before = g_strdup (strata_bars_get_description (strata_own_input_get_bars (self->input)));
}

/* With the pointer, and with keys alone. */
static void
test_draw (Fixture       *self,
           gconstpointer  name)
{
  GtkWidget *pad = find_type (GTK_WIDGET (self->input), STRATA_TYPE_DRAW_PAD);
  g_autofree float *ink = NULL;
  int width, height;

  g_assert_cmpuint (strata_bars_get_n (strata_own_input_get_bars (self->input)), ==, 0);
  drag (middle_of (pad, 0.2, 0.3), middle_of (pad, 0.8, 0.3));
  wait_for_answer (self, 10);
  ink = strata_draw_pad_read (STRATA_DRAW_PAD (pad), &width, &height);
  g_assert_cmpfloat (ink[height * 3 / 10 * width + width / 2], ==, 1);
  g_assert_cmpfloat (ink[height * 7 / 10 * width + width / 2], ==, 0);

  hand ("key Delete");
  settle (100);
  g_assert_cmpuint (strata_bars_get_n (strata_own_input_get_bars (self->input)), ==, 0);
  hand ("key space Up Up Up Up");
  wait_for_answer (self, 10);
}

/* A bar, dark on light or light on dark. */
static GFile *
write_picture (gboolean dark)
{
  g_autofree char *folder = g_dir_make_tmp ("strata-own-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bar.png", NULL);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 90, 60);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, dark, dark, dark);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, !dark, !dark, !dark);
  cairo_rectangle (cr, 20, 10, 8, 40);
  cairo_fill (cr);
  cairo_destroy (cr);
  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  return g_file_new_for_path (path);
}

static void
remove_picture (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);

  g_assert_true (g_file_delete (file, NULL, NULL));
  g_assert_true (g_file_delete (folder, NULL, NULL));
  g_object_unref (file);
}

static gboolean
is_missing (gpointer input)
{
  return strstr (strata_own_input_get_answer (input), "No such file") != NULL;
}

static gboolean
is_no_picture (gpointer input)
{
  return strstr (strata_own_input_get_answer (input), "is no picture, or is gone") != NULL;
}

/* What is written in a picture is found, whatever its paper; what is no picture is told. */
static void
test_open (Fixture       *self,
           gconstpointer  name)
{
  g_autoptr (GFile) nothing = g_file_new_for_path ("/nowhere/at-all.png");
  g_autofree char *dark = NULL;

  for (int i = 0; i < 2; i++)
    {
      GFile *file = write_picture (i == 0);

      g_assert_true (strata_own_input_open_picture (self->input, file));
      if (i == 0)
        {
          wait_for_answer (self, 10);
          dark = g_strdup (self->before);
          strata_draw_pad_clear (STRATA_DRAW_PAD (find_type (GTK_WIDGET (self->input), STRATA_TYPE_DRAW_PAD)));
          g_assert_cmpuint (strata_bars_get_n (strata_own_input_get_bars (self->input)), ==, 0);
          g_clear_pointer (&self->before, g_free);
        }
      else
        wait_for_answer (self, 10);
      remove_picture (file);
    }
  g_assert_cmpstr (dark, ==, self->before);
  g_assert_true (strata_own_input_open_picture (self->input, nothing));
  wait_until (is_missing, self->input, 20);
  g_assert_cmpuint (strata_bars_get_n (strata_own_input_get_bars (self->input)), ==, 0);
}

/* Where samples are files of pictures, one of the user's is read just like those, and what is drawn stays where it
 * is. */
static void
test_files (Fixture       *self,
            gconstpointer  name)
{
  g_autofree char *folder = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "golden", "images", NULL);
  g_autofree char *path = g_build_filename (folder, "many", "tall.png", NULL);
  g_autofree char *text = g_strdup_printf ("{\"kind\": \"image-folder\", \"path\": \"%s\", \"image_size\": [28, 28], "
                                           "\"color_mode\": \"grayscale\"}", folder);
  g_autoptr (GFile) file = g_file_new_for_path (path), nothing = g_file_new_for_path ("/nowhere/at-all.png");
  g_autoptr (GError) error = NULL;
  GtkWidget *pad = find_type (GTK_WIDGET (self->input), STRATA_TYPE_DRAW_PAD);

  strata_own_input_show (self->input, NULL);
  strata_data_set_unref (self->evaluation->set);
  self->evaluation->set = strata_data_source_load_text (text, NULL, &error);
  g_assert_no_error (error);
  look_at_inputs (self->evaluation);
  g_assert_true (strata_own_input_show (self->input, self->evaluation));
  wait_for_frame ();
  g_assert_true (strata_own_input_open_picture (self->input, file));
  wait_for_answer (self, 10);
  strata_draw_pad_clear (STRATA_DRAW_PAD (pad));
  g_assert_cmpuint (strata_bars_get_n (strata_own_input_get_bars (self->input)), ==, 0);
  g_clear_pointer (&self->before, g_free);
  drag (middle_of (pad, 0.1, 0.1), middle_of (pad, 0.3, 0.1));
  wait_for_answer (self, 10);
  g_assert_true (strata_own_input_open_picture (self->input, nothing));
  wait_until (is_no_picture, self->input, 20);
}

/* Colours in the range that the data has them in. */
static void
test_colors (void)
{
  g_autoptr (StrataTensor) pixels = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (1, 1, 2, 3)), own = NULL;
  g_autoptr (StrataDataSet) set = strata_data_set_new ();
  g_autoptr (GError) error = NULL;
  StrataPaper paper;
  const float *found;
  float scaled[6];

  strata_tensor_get_floats (pixels)[0] = 200;
  set->x = strata_array_source_new1 (pixels);
  g_assert_true (strata_paper_look (&paper, set, &error));
  strata_picture_scale ((const float[]){ 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1 }, 4, 1, 3, scaled, 2, 1);
  own = strata_own_sample_from_colors (set, &paper, scaled, &error);
  g_assert_no_error (error);
  found = strata_tensor_get_floats (own);
  g_assert_cmpfloat (found[0], ==, 127.5);
  g_assert_cmpfloat (found[1], ==, 127.5);
  g_assert_cmpfloat (found[2], ==, 0);
  g_assert_cmpfloat (found[5], ==, 255);
}

static gboolean
reads_free (gpointer entry)
{
  return g_str_equal (gtk_editable_get_text (entry), "free");
}

static void
test_type (Fixture       *self,
           gconstpointer  name)
{
  GtkWidget *entry = find_type (GTK_WIDGET (self->input), GTK_TYPE_ENTRY);

  g_assert_true (gtk_widget_grab_focus (entry));
  settle (50);
  hand ("type free");
  wait_until (reads_free, entry, 20);
  wait_for_answer (self, 2);
}

static void
test_fields (Fixture       *self,
             gconstpointer  name)
{
  GtkWidget *spin = find_type (GTK_WIDGET (self->input), GTK_TYPE_SPIN_BUTTON), *choice;
  double step;

  wait_for_answer (self, 3);
  /* Names are whole, however large texts are. */
  g_assert_cmpint (gtk_label_get_ellipsize (GTK_LABEL (find_label (GTK_WIDGET (self->input), "flipper_length_mm"))),
                   ==, PANGO_ELLIPSIZE_NONE);
  step = gtk_adjustment_get_step_increment (gtk_spin_button_get_adjustment (GTK_SPIN_BUTTON (spin)));
  gtk_spin_button_spin (GTK_SPIN_BUTTON (spin), GTK_SPIN_STEP_FORWARD, 100 * step);
  wait_for_answer (self, 3);
  choice = find_type (GTK_WIDGET (self->input), GTK_TYPE_DROP_DOWN);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), 1);
  wait_for_answer (self, 3);
  /* Asked again of a network trained on, it keeps what was set. */
  strata_own_input_show (self->input, self->evaluation);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (choice)), ==, 1);
}

static gboolean
shows_series (gpointer input)
{
  return strata_series_pad_get_numbers (STRATA_SERIES_PAD (find_type (input, STRATA_TYPE_SERIES_PAD))) != NULL;
}

static gboolean
says_other (gpointer data)
{
  Fixture *self = data;

  return g_str_has_prefix (strata_own_input_get_answer (self->input), "It says") &&
         g_strcmp0 (strata_own_input_get_answer (self->input), self->before) != 0;
}

static void
wait_for_number (Fixture *self)
{
  wait_until (says_other, self, 20);
  g_free (self->before);
  self->before = g_strdup (strata_own_input_get_answer (self->input));
}

/* Bends all of the line to an edge of the pad. */
static void
bend_to (Fixture   *self,
         GtkWidget *pad,
         double     y)
{
  drag (middle_of (pad, 0.02, y), middle_of (pad, 0.98, y));
  wait_for_number (self);
}

/* A stretch of the data is there to be bent, with the pointer and with keys, a column at a time, the predicted one to
 * begin with. */
static void
test_series (Fixture       *self,
             gconstpointer  name)
{
  StrataSeriesPad *pad = STRATA_SERIES_PAD (find_type (GTK_WIDGET (self->input), STRATA_TYPE_SERIES_PAD));
  GtkWidget *columns = find_type (GTK_WIDGET (self->input), GTK_TYPE_DROP_DOWN);
  const StrataInputFacts *facts = g_ptr_array_index (self->evaluation->inputs, 0);
  const gsize n_lines = 4, predicted = 1;
  g_autofree float *first = NULL;
  const float *numbers;
  StrataShape shape;
  StrataDType dtype;
  gsize last;

  wait_until (shows_series, self->input, 20);
  wait_for_number (self);
  strata_source_get_spec (self->evaluation->set->x, 0, &dtype, &shape);
  g_assert_cmpint (shape.dims[1], ==, n_lines);
  last = (shape.dims[0] - 1) * n_lines;
  numbers = strata_series_pad_get_numbers (pad);
  first = g_memdup2 (numbers, strata_shape_get_size (&shape) * sizeof *numbers);

  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (columns)), ==, predicted);
  wait_for_frame ();
  bend_to (self, GTK_WIDGET (pad), 0.02);
  for (gsize i = 0; i <= last; i += n_lines)
    {
      g_assert_cmpfloat (numbers[i + predicted], >, first[i + predicted]);
      g_assert_cmpfloat (numbers[i], ==, first[i]);
    }

  /* There is no rain below none. */
  gtk_drop_down_set_selected (GTK_DROP_DOWN (columns), 0);
  bend_to (self, GTK_WIDGET (pad), 0.98);
  for (gsize i = 0; i <= last; i += n_lines)
    g_assert_cmpfloat (numbers[i], ==, (float) facts->ranges[0].low);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (columns), 3);
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (pad)));
  for (gint64 i = 0; i < shape.dims[0]; i++)
    hand ("key Right");
  hand ("key Up Up Up Up Up");
  wait_for_number (self);
  g_assert_cmpfloat (numbers[last + 3], >, first[last + 3]);
  /* Asked again of a network trained on, it keeps what was bent. */
  strata_own_input_show (self->input, self->evaluation);
  g_assert_cmpfloat (strata_series_pad_get_numbers (pad)[last + 3], >, first[last + 3]);
}

/* What rises over years is bent as far as it goes in months. */
static void
test_trend (Fixture       *self,
            gconstpointer  name)
{
  const StrataRange *range = ((const StrataInputFacts *) g_ptr_array_index (self->evaluation->inputs, 0))->ranges;
  GtkWidget *pad = find_type (GTK_WIDGET (self->input), STRATA_TYPE_SERIES_PAD);
  const float *numbers;
  double foot;

  wait_until (shows_series, self->input, 20);
  wait_for_number (self);
  wait_for_frame ();
  numbers = strata_series_pad_get_numbers (STRATA_SERIES_PAD (pad));
  bend_to (self, pad, 0.98);
  foot = numbers[0];
  bend_to (self, pad, 0.02);
  g_assert_cmpfloat (numbers[0] - foot, >, range->spread);
  g_assert_cmpfloat (numbers[0] - foot, <, 0.5 * (range->high - range->low));
}

/* A picture, two numbers, and a row too long to be set. */
static void
test_several (Fixture       *self,
              gconstpointer  name)
{
  const StrataShape shapes[] = { STRATA_SHAPE (8, 12, 12, 1), STRATA_SHAPE (8, 2), STRATA_SHAPE (8, 50) };
  static const char code[] =
    "import keras\n"
    "from keras import layers\n"
    "picture = keras.Input((12, 12, 1), name='picture')\n"
    "numbers = keras.Input((2,), name='numbers')\n"
    "long = keras.Input((50,), name='long')\n"
    "joined = layers.Concatenate()([layers.Flatten()(picture), numbers, long])\n"
    "model = keras.Model([picture, numbers, long], layers.Dense(3, activation='softmax')(joined))\n";
  StrataEvaluation *evaluation = self->evaluation;
  g_autoptr (GPtrArray) arrays = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_tensor_unref);
  g_autoptr (GError) error = NULL;
  GtkWidget *pad, *spin;

  strata_own_input_show (self->input, NULL);
  g_clear_object (&evaluation->model);
  evaluation->model = strata_model_from_python (code, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      StrataTensor *array = strata_tensor_new (STRATA_FLOAT32, &shapes[i]);

      for (gint64 k = 0; k < strata_tensor_get_size (array); k++)
        strata_tensor_get_floats (array)[k] = i == 1 ? 0.1f * k : k % 2;
      g_ptr_array_add (arrays, array);
    }
  g_clear_object (&evaluation->set->x);
  g_clear_object (&evaluation->set->test_x);
  g_clear_pointer (&evaluation->set->features, g_array_unref);
  g_clear_pointer (&evaluation->set->feature_names, g_ptr_array_unref);
  evaluation->set->x = strata_array_source_new ((StrataTensor *const *) arrays->pdata, arrays->len, &error);
  g_assert_no_error (error);
  look_at_inputs (evaluation);
  g_assert_true (strata_own_input_show (self->input, evaluation));
  wait_for_frame ();

  /* Each says what it is, and numbers begin with what is usual; nothing is said before all have something. */
  g_assert_nonnull (find_label (GTK_WIDGET (self->input), "picture"));
  g_assert_nonnull (find_label (GTK_WIDGET (self->input), "long"));
  spin = find_type (GTK_WIDGET (self->input), GTK_TYPE_SPIN_BUTTON);
  g_assert_cmpfloat_with_epsilon (gtk_spin_button_get_value (GTK_SPIN_BUTTON (spin)), 0.7, 0.01);
  g_assert_cmpuint (strata_bars_get_n (strata_own_input_get_bars (self->input)), ==, 0);
  pad = find_type (GTK_WIDGET (self->input), STRATA_TYPE_DRAW_PAD);
  drag (middle_of (pad, 0.2, 0.3), middle_of (pad, 0.8, 0.3));
  wait_for_answer (self, 3);
  gtk_spin_button_spin (GTK_SPIN_BUTTON (spin), GTK_SPIN_STEP_FORWARD, 1);
  wait_for_answer (self, 3);
}

#define ADD(path, name, func) g_test_add (path, Fixture, name, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/evaluate/own/ink", test_ink);
  g_test_add_func ("/evaluate/own/row", test_row);
  ADD ("/evaluate/own/draw", "digits-dense", test_draw);
  g_test_add_func ("/evaluate/own/colors", test_colors);
  ADD ("/evaluate/own/open", "digits-dense", test_open);
  ADD ("/evaluate/own/files", "digits-dense", test_files);
  ADD ("/evaluate/own/type", "spam", test_type);
  ADD ("/evaluate/own/fields", "penguins", test_fields);
  ADD ("/evaluate/own/series", "weather", test_series);
  ADD ("/evaluate/own/trend", "carbon-dioxide", test_trend);
  ADD ("/evaluate/own/several", "penguins", test_several);
  return g_test_run ();
}
