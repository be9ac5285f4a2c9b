/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Documents as files: what Keras wrote comes back as it was, with all that Strata keeps beside it. */
#include "../../io/check.h"

#include <signal.h>
#include <sys/resource.h>

#include "file-check.h"
#include "io/keras/keras-file.h"
#include "io/keras/model-config.h"
#include "io/keras/model-file.h"

static void
assert_predicts_as_golden (StrataDocument *document,
                           const char     *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = strata_document_build_model (document, &error);

  g_assert_no_error (error);
  assert_predicts (model, name, "y");
}

/* A model of Keras's becomes nodes and wires, and from them the same model; saved, Strata and Keras have it back. */
static void
test_golden (gconstpointer data)
{
  const char *name = data;
  g_autofree char *folder = make_folder (), *file = g_strconcat (name, ".keras", NULL), *source = golden_path (file);
  g_autofree char *copy = g_build_filename (folder, "copy.keras", NULL), *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataDocument) document = load (source, &error), again = NULL;
  g_autoptr (StrataModel) model = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < strata_document_get_diagnostics (document)->len; i++)
    g_test_message ("%s",
                    strata_diagnostic_get_message (g_ptr_array_index (strata_document_get_diagnostics (document), i)));
  g_assert_cmpuint (strata_document_count_severity (document, STRATA_SEVERITY_ERROR), ==, 0);
  g_assert_false (strata_document_get_modified (document));
  assert_predicts_as_golden (document, name);

  g_assert_false (save (document, copy));
  again = load (copy, &error);
  g_assert_no_error (error);
  before = to_text (document);
  after = to_text (again);
  g_assert_cmpstr (before, ==, after);
  assert_predicts_as_golden (again, name);

  model = strata_model_load (copy, &error);
  g_assert_no_error (error);
  assert_predicts (model, name, "y");
  remove_folder (folder);
}

/* Nodes that are taken out come back with their weights. */
static void
test_undo_keeps_weights (void)
{
  g_autofree char *source = golden_path ("perceptron.keras");
  g_autoptr (StrataDocument) document = load (source, NULL);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  for (guint i = 0; i < strata_document_get_nodes (document)->len; i++)
    g_ptr_array_add (all, g_ptr_array_index (strata_document_get_nodes (document), i));
  strata_document_remove_nodes (document, all);
  g_assert_cmpuint (strata_document_get_nodes (document)->len, ==, 0);
  strata_document_undo (document);
  assert_predicts_as_golden (document, "perceptron");
}

/* Arrays stand for inputs: nothing is missing then, and wires come and go beside them. */
static void
test_arrays (void)
{
  static const struct { const char *name; guint constants, needed; } layers[] =
  { { "out", 1, 1 }, { "both", 1, 1 }, { "beside", 1, 1 }, { "subtract", 1, 1 }, { "looked", 0, 2 }, { "wide", 0, 1 } };
  g_autofree char *source = golden_path ("constants.keras"), *json = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataDocument) document = load (source, &error);
  g_autoptr (StrataModel) model = NULL;
  StrataDocNode *both = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (strata_document_count_severity (document, STRATA_SEVERITY_WARNING), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (layers); i++)
    {
      StrataDocNode *node = strata_document_find_node (document, layers[i].name);
      g_autoptr (GPtrArray) constants = strata_doc_node_dup_constants (node, FALSE);

      g_assert_cmpuint (constants->len, ==, layers[i].constants);
      g_assert_cmpuint (strata_doc_node_get_n_needed (node), ==, layers[i].needed);
    }
  both = strata_document_find_node (document, "both");
  strata_document_disconnect (document, g_ptr_array_index (strata_doc_node_get_wires (both, TRUE), 0));
  strata_document_connect (document, strata_document_find_node (document, "wide"), 0,
                           strata_document_find_node (document, "flat"), 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (strata_doc_node_get_output_spec (both, 0)->shape.dims[1], ==, 5);
  strata_document_connect (document, strata_document_find_node (document, "flat"), 0, both, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (strata_doc_node_get_output_spec (both, 0)->shape.dims[1], ==, 17);
  model = strata_document_build_model (document, &error);
  g_assert_no_error (error);
  json = strata_model_to_json (model, NULL);
  g_assert_nonnull (strstr (json, "__numpy__"));
}

static void
test_draft (void)
{
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "draft.keras", NULL);
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (StrataDocument) document = strata_document_new_usual (), again = NULL;
  g_autoptr (StrataRun) run = strata_run_new (1, NULL);
  g_autoptr (GError) error = NULL;
  guint n_points;

  strata_document_add_node (document, "Dense", NULL, 8, 16, &error);
  g_assert_no_error (error);
  strata_run_add_epoch (run, "loss", 1, 0.25);
  strata_run_add_batch (run, "loss", 0.5, NAN);
  strata_run_end (run, STRATA_RUN_FINISHED, NULL);
  strata_document_add_run (document, run);
  g_assert_true (strata_document_get_modified (document));
  g_assert_true (save (document, path));
  g_assert_false (strata_document_get_modified (document));
  g_assert_cmpstr (strata_document_get_title (document), ==, "draft");

  again = load (path, &error);
  g_assert_no_error (error);
  before = to_text (document);
  after = to_text (again);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (strata_document_get_runs (again)->len, ==, 1);
  g_clear_object (&run);
  run = g_object_ref (g_ptr_array_index (strata_document_get_runs (again), 0));
  g_assert_cmpint (strata_run_get_state (run), ==, STRATA_RUN_FINISHED);
  g_assert_cmpfloat (strata_run_get_epoch_points (run, "loss", &n_points)[0].value, ==, 0.25);
  g_assert_true (isnan (strata_run_get_batch_points (run, "loss", &n_points)[0].value));
  remove_folder (folder);
}

/* What cannot be read is said, and a file that cannot be written is left as it was. */
static void
test_failures (void)
{
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "junk.keras", NULL), *contents = NULL;
  g_autofree char *beyond = g_build_filename (folder, "no", "folder.keras", NULL);
  g_autoptr (StrataDocument) document = strata_document_new_usual ();
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "not an archive", -1, NULL));
  g_assert_null (load (path, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (load (beyond, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);

  try_save (document, beyond, &error);
  g_assert_nonnull (error);
  g_assert_null (strata_document_get_file (document));
  remove_folder (folder);
}

/* A disk that is full while saving leaves the file as it was, to the byte. */
static void
test_full_disk (void)
{
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "kept.keras", NULL);
  g_autofree char *source = golden_path ("perceptron.keras");
  g_autofree char *before = NULL, *after = NULL;
  gsize n_before, n_after;
  g_autoptr (StrataDocument) document = load (source, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  struct rlimit limit, old;

  save (document, path);
  g_assert_true (g_file_get_contents (path, &before, &n_before, NULL));
  strata_document_add_node (document, "Dense", NULL, 0, 0, NULL);

  /* No file may grow beyond 1 kB: the disk is full in the middle of the archive. */
  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &old);
  limit = old;
  limit.rlim_cur = 1024;
  setrlimit (RLIMIT_FSIZE, &limit);
  try_save (document, path, &error);
  setrlimit (RLIMIT_FSIZE, &old);

  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_FILE);
  g_assert_nonnull (strstr (error->message, "save it elsewhere"));
  g_assert_true (strata_document_get_modified (document));
  g_assert_true (g_file_get_contents (path, &after, &n_after, NULL));
  g_assert_cmpmem (before, n_before, after, n_after);
  dir = g_dir_open (folder, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (dir), ==, "kept.keras");
  g_assert_null (g_dir_read_name (dir));
  remove_folder (folder);
}

/* What another program writes is noticed; what is saved here is not taken for it. */
static void
test_outdated (void)
{
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "watched.keras", NULL);
  g_autoptr (StrataDocument) document = strata_document_new_usual (), again = NULL;

  g_assert_false (strata_document_is_outdated (document));
  save (document, path);
  g_assert_false (strata_document_is_outdated (document));
  again = load (path, NULL);
  g_assert_false (strata_document_is_outdated (again));
  strata_document_add_node (document, "Dense", NULL, 0, 0, NULL);
  save (document, path);
  g_assert_false (strata_document_is_outdated (document));
  g_assert_true (strata_document_is_outdated (again));
  remove_folder (folder);
}

/* Other formats open, and saving does not write over them. */
static void
test_other_formats (void)
{
  static const char *const files[] = { "perceptron.h5", "perceptron.json", "k2-nested.h5" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = golden_path (files[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (StrataDocument) document = load (path, &error);

      g_assert_no_error (error);
      g_assert_null (strata_document_get_file (document));
      g_assert_cmpuint (strata_document_count_severity (document, STRATA_SEVERITY_ERROR), ==, 0);
    }
}

static void
test_examples (void)
{
  g_autoptr (GPtrArray) examples = strata_example_list ();

  g_assert_cmpuint (examples->len, >=, 3);
  for (guint i = 0; i < examples->len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StrataDocument) document = strata_document_new_from_example (g_ptr_array_index (examples, i), &error);

      g_assert_no_error (error);
      g_assert_cmpuint (strata_document_get_diagnostics (document)->len, ==, 0);
      g_assert_false (strata_document_can_undo (document));
    }
}

/* The terminal program says how an example is trained, and leaves its places to who opens it. */
static void
test_settings_only (void)
{
  static const char member[] = "{\"settings\": {\"data\": {\"kind\": \"iris\"}, \"fit\": {\"epochs\": 7}}}";
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataExample) example = strata_example_load ("iris", &error);
  g_autoptr (StrataModel) model = strata_model_from_config (example->model, &error);
  g_autoptr (StrataKerasFile) file = strata_keras_file_new (model);
  g_autoptr (GBytes) bytes = g_bytes_new_static (member, strlen (member));
  g_autofree char *folder = g_dir_make_tmp ("strata-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "iris.keras", NULL);
  g_autoptr (StrataDocument) document = NULL;
  JsonNode *fit;

  g_assert_no_error (error);
  strata_keras_file_set_extra (file, "strata/document.json", bytes);
  g_assert_true (strata_keras_file_write (file, path, &error));
  document = load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strata_document_get_nodes (document)->len, ==, 3);
  fit = strata_document_get_setting (document, "fit");
  g_assert_nonnull (fit);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (fit), "epochs"), ==, 7);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  static const char *const names[] = { "perceptron", "convolutional", "branches", "shared", "nested",
                                       "attentive", "operators", "constants",
                                       "recurrent", "normalized" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strconcat ("/document/file/", names[i], NULL);

      g_test_add_data_func (path, names[i], test_golden);
    }
  g_test_add_func ("/document/file/undo-keeps-weights", test_undo_keeps_weights);
  g_test_add_func ("/document/file/arrays", test_arrays);
  g_test_add_func ("/document/file/draft", test_draft);
  g_test_add_func ("/document/file/failures", test_failures);
  g_test_add_func ("/document/file/full-disk", test_full_disk);
  g_test_add_func ("/document/file/outdated", test_outdated);
  g_test_add_func ("/document/file/other-formats", test_other_formats);
  g_test_add_func ("/document/file/examples", test_examples);
  g_test_add_func ("/document/file/settings-only", test_settings_only);
  return g_test_run ();
}
