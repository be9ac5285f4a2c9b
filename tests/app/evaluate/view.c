/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How well a network does: by classes, by numbers, and before it has learned. */
#include "../window/pointer.h"

#include <glib/gstdio.h>

#include "../document/file-check.h"
#include "../window/look.h"
#include "evaluate/evaluate-view.h"
#include "evaluate/scatter.h"
#include "io/code/python.h"
#include "io/keras/model-file.h"

typedef struct
{
  StrataDocument *document;
  StrataRunner *runner;
  StrataEvaluateView *view;
  GtkWidget *window;
} Fixture;

static void
show_view (Fixture *self)
{
  self->runner = strata_runner_new (self->document);
  self->view = STRATA_EVALUATE_VIEW (strata_evaluate_view_new (self->document, self->runner));
  self->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->view));
  gtk_window_fullscreen (GTK_WINDOW (self->window));
  gtk_window_present (GTK_WINDOW (self->window));
  settle (80);
}

static void
open_example (Fixture    *self,
              const char *name,
              const char *fit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataExample) example = strata_example_load (name, &error);
  g_autoptr (JsonNode) setting = json_from_string (fit, NULL);

  g_assert_no_error (error);
  self->document = strata_document_new_from_example (example, &error);
  g_assert_no_error (error);
  strata_document_set_setting (self->document, "fit", setting);
  show_view (self);
}

static void
close_example (Fixture *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  settle (20);
  g_object_unref (self->runner);
  g_object_unref (self->document);
}

static gboolean
is_idle (gpointer runner)
{
  return !strata_runner_is_active (runner);
}

static gboolean
has_result (gpointer view)
{
  const char *page = strata_evaluate_view_get_page (view);

  return g_strcmp0 (page, "empty") != 0 && g_strcmp0 (page, "busy") != 0;
}

static gboolean
has_mistakes (gpointer view)
{
  return !strata_mistakes_is_reading (strata_evaluate_view_get_mistakes (view));
}

/* Once they are read. */
static guint
count_mistakes (Fixture *self)
{
  wait_until (has_mistakes, self->view, 60);
  return strata_mistakes_get_n (strata_evaluate_view_get_mistakes (self->view));
}

static void
train (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  strata_runner_start (self->runner, &error);
  g_assert_no_error (error);
  wait_until (is_idle, self->runner, 60);
  wait_until (has_result, self->view, 60);
}

/* What a cell shows are its samples, and each mistake is in one. */
static void
test_cells (Fixture *fixture)
{
  StrataConfusion *confusion = strata_evaluate_view_get_confusion (fixture->view);
  guint all, sum = 0;

  strata_confusion_choose (confusion, -1, -1);
  all = count_mistakes (fixture);
  for (gint64 truth = 0; truth < 3; truth++)
    {
      guint of_class, of_cells = 0;

      strata_confusion_choose (confusion, truth, truth);
      of_class = count_mistakes (fixture);
      for (gint64 answer = 0; answer < 3; answer++)
        if (answer != truth)
          {
            strata_confusion_choose (confusion, truth, answer);
            of_cells += count_mistakes (fixture);
          }
      g_assert_cmpuint (of_class, ==, MIN (of_cells, 24));
      sum += of_cells;
    }
  g_assert_cmpuint (all, ==, MIN (sum, 24));
  strata_confusion_choose (confusion, 0, 0);
}

/* Cells add up to the samples; a cell that is clicked says what it is, and shows its samples. */
static void
test_classes (void)
{
  Fixture fixture;
  StrataConfusion *confusion;
  gint64 truth, answer;
  graphene_point_t cell;

  open_example (&fixture, "penguins", "{\"epochs\": 1, \"batch_size\": 64, \"seed\": 1}");
  g_assert_cmpstr (strata_evaluate_view_get_page (fixture.view), ==, "empty");
  train (&fixture);
  g_assert_cmpstr (strata_evaluate_view_get_page (fixture.view), ==, "classes");
  g_assert_nonnull (strstr (strata_evaluate_view_get_sentence (fixture.view), "of 66 were recognized"));
  g_assert_cmpuint (count_mistakes (&fixture), >, 0);

  confusion = strata_evaluate_view_get_confusion (fixture.view);
  settle (80);
  gtk_test_accessible_assert_role (confusion, GTK_ACCESSIBLE_ROLE_IMG);
  /* The matrix begins right of the names, at its top. */
  g_assert_true (gtk_widget_compute_point (GTK_WIDGET (confusion), fixture.window,
                                           &GRAPHENE_POINT_INIT (150, 12), &cell));
  hand ("mousemove %d %d", (int) cell.x, (int) cell.y);
  hand ("click 1");
  settle (80);
  g_assert_true (strata_confusion_get_chosen (confusion, &truth, &answer));
  g_assert_cmpint (truth, ==, 0);
  g_assert_cmpint (answer, ==, 0);
  g_assert_nonnull (strstr (strata_evaluate_view_get_sentence (fixture.view), "samples of “Adelie”"));
  g_assert_nonnull (strstr (strata_evaluate_view_get_sentence (fixture.view), "were recognized"));
  test_cells (&fixture);
  hand ("key Right");
  hand ("key Down");
  settle (80);
  g_assert_true (strata_confusion_get_chosen (confusion, &truth, &answer));
  g_assert_cmpint (truth, ==, 1);
  g_assert_cmpint (answer, ==, 1);
  hand ("key Escape");
  settle (80);
  g_assert_false (strata_confusion_get_chosen (confusion, &truth, &answer));
  close_example (&fixture);
}

static void
test_numbers (void)
{
  Fixture fixture;

  open_example (&fixture, "carbon-dioxide", "{\"epochs\": 2, \"batch_size\": 32}");
  train (&fixture);
  g_assert_cmpstr (strata_evaluate_view_get_page (fixture.view), ==, "numbers");
  g_assert_cmpuint (count_mistakes (&fixture), ==, 12);
  g_assert_nonnull (find_label (GTK_WIDGET (fixture.view), "Explained (R²)"));
  close_example (&fixture);
}

/* Two classes by one probability; texts as samples. */
static void
test_binary (void)
{
  Fixture fixture;

  open_example (&fixture, "spam", "{\"epochs\": 1, \"batch_size\": 64}");
  train (&fixture);
  g_assert_cmpstr (strata_evaluate_view_get_page (fixture.view), ==, "classes");
  g_assert_nonnull (strstr (strata_evaluate_view_get_sentence (fixture.view), "of 500 were recognized"));
  close_example (&fixture);
}

static gboolean
has_problem (gpointer view)
{
  return g_strcmp0 (strata_evaluate_view_get_page (view), "problem") == 0;
}

/* A network that was changed so that it cannot be tried says why. */
static void
test_problem (void)
{
  Fixture fixture;
  g_autoptr (JsonNode) nowhere = json_from_string ("{\"kind\": \"csv\", \"path\": \"/nowhere.csv\", \"target\": \"x\"}",
                                                   NULL);

  open_example (&fixture, "iris", "{\"epochs\": 1}");
  train (&fixture);
  strata_document_set_setting (fixture.document, "data", nowhere);
  wait_until (has_problem, fixture.view, 30);
  close_example (&fixture);
}

static void
open_file (Fixture    *self,
           const char *path)
{
  g_autoptr (GError) error = NULL;

  self->document = load (path, &error);
  g_assert_no_error (error);
  show_view (self);
}

static gboolean
shows_numbers (gpointer view)
{
  return g_strcmp0 (strata_evaluate_view_get_page (view), "numbers") == 0 &&
         find_label (view, "Predictions against truth") != NULL;
}

/* Of several outputs one is looked at, and its mistakes are shown with all inputs; so they are after reopening. */
static void
look_at_outputs (Fixture *self)
{
  GtkDropDown *outputs = GTK_DROP_DOWN (find_type (GTK_WIDGET (self->view), GTK_TYPE_DROP_DOWN));

  wait_until (has_result, self->view, 60);
  g_assert_cmpstr (strata_evaluate_view_get_page (self->view), ==, "classes");
  g_assert_nonnull (strstr (strata_evaluate_view_get_sentence (self->view), "were recognized"));
  gtk_drop_down_set_selected (outputs, 1);
  wait_until (shows_numbers, self->view, 20);
  g_assert_cmpuint (count_mistakes (self), ==, 12);
  g_assert_nonnull (find_label (GTK_WIDGET (self->view), "bill_length_mm"));
  g_assert_nonnull (find_label (GTK_WIDGET (self->view), "sex: FEMALE"));
  g_assert_nonnull (find_label (GTK_WIDGET (strata_evaluate_view_get_mistakes (self->view)), "place"));
}

static void
test_several (void)
{
  static const char code[] =
    "import keras\n"
    "from keras import layers\n"
    "body = keras.Input((2,), name='body')\n"
    "place = keras.Input((2,), name='place')\n"
    "joined = layers.Concatenate()([body, place])\n"
    "species = layers.Dense(3, activation='softmax', name='species')(joined)\n"
    "mass = layers.Dense(1, name='mass')(joined)\n"
    "model = keras.Model([body, place], [species, mass])\n";
  Fixture fixture;
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = strata_model_from_python (code, &error);
  g_autoptr (JsonNode) data = json_from_string (
    "{\"kind\": \"penguins\", \"features\": [[\"bill_length_mm\", \"bill_depth_mm\"], [\"sex\"]],"
    " \"target\": [[\"species\"], [\"body_mass_g\"]]}", NULL);
  g_autoptr (JsonNode) compile = json_from_string (
    "{\"optimizer\": \"adam\", \"loss\": {\"species\": \"categorical_crossentropy\", \"mass\": \"mse\"}}", NULL);
  g_autofree char *folder = g_dir_make_tmp ("strata-several-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "several.keras", NULL);

  g_assert_no_error (error);
  strata_model_save (model, path, &error);
  g_assert_no_error (error);
  open_file (&fixture, path);
  strata_document_set_setting (fixture.document, "data", data);
  strata_document_set_setting (fixture.document, "compile", compile);
  train (&fixture);
  look_at_outputs (&fixture);

  g_assert_false (save (fixture.document, path));
  close_example (&fixture);
  open_file (&fixture, path);
  look_at_outputs (&fixture);
  close_example (&fixture);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* The numbers below stay whole, however long they are. */
static void
test_scatter (void)
{
  double numbers[] = { 0, 100000 };
  StrataEvaluation evaluation = { .n = 2, .truths = numbers, .answers = numbers };
  GtkWidget *window = gtk_window_new (), *scatter = strata_scatter_new (FALSE);
  g_autoptr (GdkPixbuf) picture = NULL;
  int width, height;

  gtk_window_set_child (GTK_WINDOW (window), scatter);
  strata_scatter_show (STRATA_SCATTER (scatter), &evaluation);
  gtk_window_present (GTK_WINDOW (window));
  settle (20);
  width = gtk_widget_get_width (scatter);
  height = gtk_widget_get_height (scatter);
  picture = look_at (scatter);
  g_assert_cmpuint (count_ink (picture, 0, 0, width, height), >, 500);
  g_assert_cmpuint (count_ink (picture, width - 2, 0, 2, height), ==, 0);
  strata_scatter_show (STRATA_SCATTER (scatter), NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/evaluate/classes", test_classes);
  g_test_add_func ("/evaluate/numbers", test_numbers);
  g_test_add_func ("/evaluate/binary", test_binary);
  g_test_add_func ("/evaluate/problem", test_problem);
  g_test_add_func ("/evaluate/several", test_several);
  g_test_add_func ("/evaluate/scatter", test_scatter);
  return g_test_run ();
}
