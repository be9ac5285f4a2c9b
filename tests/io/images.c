/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"

#include "base/json.h"
#include "data/data-source.h"

static StrataDataSet *
load (const char  *folder,
      JsonObject  *options,
      GError     **error)
{
  json_object_set_string_member (options, "kind", "image-folder");
  json_object_set_string_member (options, "path", folder);
  json_object_set_boolean_member (options, "shuffle", FALSE);
  return strata_data_source_load (options, NULL, error);
}

/* Folders as make_images.py has written them, and what Keras reads of them. */
static void
check_case (const char *folder,
            JsonObject *expected)
{
  JsonArray *pictures = strata_json_get_array (expected, "x"), *classes = strata_json_get_array (expected, "y");
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataDataSet) set = NULL;
  StrataShape shape;
  StrataDType dtype;

  json_object_set_double_member (expected, "test", 0);
  json_object_set_array_member (expected, "image_size", json_array_ref (strata_json_get_array (expected, "size")));
  set = load (folder, expected, &error);
  g_assert_no_error (error);
  g_assert_cmpint (strata_source_get_size (set->x), ==, json_array_get_length (classes));
  strata_source_get_spec (set->x, 0, &dtype, &shape);
  for (gint64 i = 0; i < json_array_get_length (classes); i++)
    {
      JsonArray *numbers = json_array_get_array_element (pictures, i);
      g_autofree float *pixels = g_new (float, strata_shape_get_size (&shape));
      gint32 class;

      g_assert_cmpint (strata_shape_get_size (&shape), ==, json_array_get_length (numbers));
      /* The second time from memory. */
      for (int time = 0; time < 2; time++)
        {
          g_assert_true (strata_source_fill (set->x, 0, &i, 1, STRATA_FLOAT32, pixels, &error));
          for (guint j = 0; j < json_array_get_length (numbers); j++)
            g_assert_cmpfloat (fabs (pixels[j] - json_array_get_double_element (numbers, j)), <, 2e-3);
        }
      g_assert_true (strata_source_fill (set->y, 0, &i, 1, STRATA_INT32, &class, &error));
      g_assert_cmpint (class, ==, json_array_get_int_element (classes, i));
    }
}

static void
test_golden (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "golden", "images", NULL);
  g_autofree char *path = g_build_filename (folder, "expected.json", NULL), *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) cases = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  cases = strata_json_parse (text, -1, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < json_array_get_length (json_node_get_array (cases)); i++)
    check_case (folder, json_array_get_object_element (json_node_get_array (cases), i));
}

static void
copy (const char *from,
      const char *to)
{
  g_autofree char *source = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "golden", "images", from, NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (source, &bytes, &length, &error));
  g_assert_true (g_file_set_contents (to, bytes, (gssize) length, &error));
}

static void
assert_refused (const char *folder,
                const char *options,
                const char *part)
{
  g_autoptr (JsonNode) node = strata_json_parse (options, -1, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (load (folder, json_node_get_object (node), &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, part));
}

/* What is wrong with a folder is said when it is opened; a picture that has gone since, by its name. */
static void
test_mistakes (void)
{
  g_autofree char *folder = g_dir_make_tmp ("strata-images-XXXXXX", NULL);
  g_autofree char *class = g_build_filename (folder, "leaf", NULL);
  g_autofree char *picture = g_build_filename (class, "a.PNG", NULL), *other = g_build_filename (class, "b.png", NULL);
  g_autofree char *notes = g_build_filename (class, "c.txt", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataDataSet) set = NULL;
  g_autoptr (JsonObject) options = json_object_new ();
  float pixels[3 * 4 * 4];

  assert_refused ("/nowhere/at/all", "{}", "“/nowhere/at/all”: There is no such folder");
  g_assert_cmpint (g_mkdir (class, 0700), ==, 0);
  g_assert_true (g_file_set_contents (notes, "No picture", -1, NULL));
  assert_refused (folder, "{}", "a folder for each class");
  copy ("many/wide.png", picture);
  g_assert_true (g_file_set_contents (other, "No picture", -1, NULL));
  assert_refused (folder, "{\"image_size\": [0, 5]}", "image_size");
  assert_refused (folder, "{\"image_size\": [\"a\", {}]}", "image_size");
  assert_refused (folder, "{\"image_size\": [100000, 100000]}", "image_size");
  assert_refused (folder, "{\"color_mode\": \"mauve\"}", "mauve");
  assert_refused (folder, "{\"test\": 1}", "test");

  json_object_set_array_member (options, "image_size", json_array_new ());
  json_array_add_int_element (strata_json_get_array (options, "image_size"), 4);
  json_array_add_int_element (strata_json_get_array (options, "image_size"), 4);
  set = load (folder, options, &error);
  g_assert_no_error (error);
  g_assert_cmpint (strata_source_get_size (set->x), ==, 1);
  g_assert_null (set->test_x);
  g_assert_nonnull (strstr (set->summary, "1 file that is no picture"));
  g_assert_cmpint (g_unlink (picture), ==, 0);
  g_assert_false (strata_source_fill (set->x, 0, &(gint64){ 0 }, 1, STRATA_FLOAT32, pixels, &error));
  g_assert_nonnull (strstr (error->message, "a.PNG"));

  g_assert_cmpint (g_unlink (other), ==, 0);
  g_assert_cmpint (g_unlink (notes), ==, 0);
  g_assert_cmpint (g_rmdir (class), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Half of a picture: nobody can tell before it is read whole. */
static void
copy_broken (const char *from,
             const char *to)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  copy (from, to);
  g_assert_true (g_file_get_contents (to, &bytes, &length, &error));
  g_assert_true (g_file_set_contents (to, bytes, (gssize) length / 2, &error));
}

/* What cannot be read ends it, or, where that is asked for, has another of its class stand for it, and is counted;
 * unless there is none, or most of all are broken. */
static void
test_broken (void)
{
  static const char *const names[] = { "a/1.png", "a/2.png", "a/3.png", "b/1.png", "b/2.png" };
  g_autofree char *folder = g_dir_make_tmp ("strata-images-XXXXXX", NULL);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  const char *found = NULL;
  float pixels[2][3 * 4 * 4];

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL), *class = g_path_get_dirname (path);

      g_mkdir (class, 0700);
      copy (i < 2 ? "many/wide.png" : "many/tall.png", path);
      g_ptr_array_add (paths, g_steal_pointer (&path));
    }
  copy_broken ("many/wide.png", g_ptr_array_index (paths, 2));
  for (int ignore = 0; ignore < 2; ignore++)
    {
      g_autoptr (JsonNode) options = strata_json_parse ("{\"image_size\": [4, 4], \"test\": 0}", -1, NULL);
      g_autoptr (StrataDataSet) set = NULL;
      g_autoptr (GError) error = NULL;

      json_object_set_boolean_member (json_node_get_object (options), "ignore_errors", ignore);
      set = load (folder, json_node_get_object (options), &error);
      g_assert_no_error (error);
      g_assert_cmpint (strata_source_get_size (set->x), ==, 5);
      g_assert_cmpint (strata_source_fill (set->x, 0, (gint64[]){ 2, 0 }, 2, STRATA_FLOAT32, pixels, &error), ==,
                       ignore);
      g_assert_cmpuint (strata_data_set_count_broken (set, &found), ==, ignore);
      if (!ignore)
        {
          g_assert_nonnull (strstr (error->message, "3.png"));
          continue;
        }
      g_assert_cmpmem (pixels[0], sizeof pixels[0], pixels[1], sizeof pixels[1]);
      g_assert_cmpstr (found, ==, g_ptr_array_index (paths, 2));
      /* Gone since: of one class all, so that nothing can stand for them. */
      for (guint i = 3; i < 5; i++)
        g_assert_cmpint (g_unlink (g_ptr_array_index (paths, i)), ==, 0);
      g_assert_false (strata_source_fill (set->x, 0, &(gint64){ 3 }, 1, STRATA_FLOAT32, pixels, &error));
      g_assert_nonnull (strstr (error->message, "1.png"));
    }
  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *class = g_path_get_dirname (g_ptr_array_index (paths, i));

      g_unlink (g_ptr_array_index (paths, i));
      g_rmdir (class);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/io/images/golden", test_golden);
  g_test_add_func ("/io/images/mistakes", test_mistakes);
  g_test_add_func ("/io/images/broken", test_broken);
  return g_test_run ();
}
