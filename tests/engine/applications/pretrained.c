/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "applications/application.h"
#include "base/error.h"
#include "io/code/python.h"
#include "io/keras/model-file.h"
#include "tensor/seed.h"

/* Weights are fetched from a server on this machine that has a few files, and counts what it is asked for. */

#define NETWORK "MobileNetV2(include_top=false, alpha=0.35, input_shape=[96, 96, 3])"
#define FILE_NAME "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_96_no_top.h5"

static char *folder;
static int n_requests; /* atomic */

static void
answer (GOutputStream *stream,
        const char    *status,
        const char    *data,
        gsize          size)
{
  g_autofree char *head = g_strdup_printf ("HTTP/1.1 %s\r\nContent-Length: %" G_GSIZE_FORMAT
                                           "\r\nConnection: close\r\n\r\n", status, size);

  g_output_stream_write_all (stream, head, strlen (head), NULL, NULL, NULL);
  g_output_stream_write_all (stream, data, size, NULL, NULL, NULL);
}

static gboolean
serve (GThreadedSocketService *service,
       GSocketConnection      *connection,
       GObject                *source,
       gpointer                user_data)
{
  g_autoptr (GDataInputStream) input =
    g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autofree char *request = g_data_input_stream_read_line (input, NULL, NULL, NULL);
  g_auto (GStrv) words = g_strsplit (request != NULL ? request : "", " ", -1);
  g_autofree char *name = words[0] != NULL && words[1] != NULL ? g_path_get_basename (words[1]) : g_strdup ("nothing");
  g_autofree char *path = g_build_filename (folder, name, NULL), *data = NULL;
  gsize size;

  g_atomic_int_inc (&n_requests);
  for (;;)
    {
      g_autofree char *line = g_data_input_stream_read_line (input, NULL, NULL, NULL);

      if (line == NULL || *line == '\0' || *line == '\r')
        break;
    }
  if (g_str_equal (name, "endless"))
    answer (output, "302 Found\r\nLocation: /endless", "", 0);
  else if (g_str_equal (name, "elsewhere"))
    answer (output, "302 Found\r\nLocation: file:///etc/hostname", "", 0);
  else if (g_file_get_contents (path, &data, &size, NULL))
    answer (output, "200 OK", data, size);
  else
    answer (output, "404 Not Found", "no", 2);
  return TRUE;
}

static char *
start_server (void)
{
  GSocketService *service = g_threaded_socket_service_new (4);
  g_autoptr (GError) error = NULL;
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, &error);

  g_assert_no_error (error);
  g_signal_connect (service, "run", G_CALLBACK (serve), NULL);
  g_socket_service_start (service);
  return g_strdup_printf ("http://127.0.0.1:%u", port);
}

/* The service takes connections in the main context, so what fetches runs in a thread. */
typedef struct
{
  const char *text;
  StrataModel *model;
  GError *error;
  gboolean done; /* atomic */
} Build;

static gpointer
build_in_thread (gpointer data)
{
  Build *build = data;

  build->model = strata_application_build_from_text (build->text, &build->error);
  g_atomic_int_set (&build->done, TRUE);
  g_main_context_wakeup (NULL);
  return NULL;
}

static StrataModel *
build_network (const char  *text,
               GError     **error)
{
  Build build = { .text = text };
  GThread *thread = g_thread_new ("build", build_in_thread, &build);

  while (!g_atomic_int_get (&build.done))
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
  if (build.error != NULL)
    g_propagate_error (error, build.error);
  return build.model;
}

static float *
get_first_weights (StrataModel *model)
{
  g_autoptr (GPtrArray) weights = strata_layer_dup_weights (STRATA_LAYER (model));

  return strata_variable_get_floats (g_ptr_array_index (weights, 0));
}

/* Weights come from the server once, then from the cache; what they say is what the file has. */
static void
test_fetch (void)
{
  g_autofree char *path = g_build_filename (folder, FILE_NAME, NULL);
  g_autoptr (StrataModel) original = NULL, model = NULL, again = NULL;
  g_autoptr (GError) error = NULL;

  strata_seed_set (7);
  original = strata_application_build_from_text ("MobileNetV2(weights=null, include_top=false, alpha=0.35, "
                                                 "input_shape=[96, 96, 3])", &error);
  g_assert_no_error (error);
  strata_model_save_weights (original, path, &error);
  g_assert_no_error (error);

  g_atomic_int_set (&n_requests, 0);
  strata_seed_set (8);
  model = build_network (NETWORK, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_atomic_int_get (&n_requests), ==, 1);
  g_assert_true (memcmp (get_first_weights (original), get_first_weights (model), 100 * sizeof (float)) == 0);

  again = build_network (NETWORK, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_atomic_int_get (&n_requests), ==, 1);
  g_assert_true (memcmp (get_first_weights (original), get_first_weights (again), 100 * sizeof (float)) == 0);
}

static void
assert_fails (const char *text,
              const char *says)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (build_network (text, &error));
  g_assert_nonnull (error);
  if (strstr (error->message, says) == NULL)
    g_error ("“%s” does not say “%s”", error->message, says);
}

/* Code is read without fetching: what it names must be here. */
static void
test_code (void)
{
  static const char code[] = "import keras\nmodel = keras.applications.MobileNetV2((96, 96, 3), 0.35, False)\n";
  g_autofree char *kept = g_build_filename (g_get_user_cache_dir (), "strata", "models", FILE_NAME, NULL);
  g_autoptr (StrataModel) model = build_network (NETWORK, NULL);
  g_autoptr (StrataPythonSource) source = NULL;
  g_autoptr (GError) error = NULL;
  guint line;

  g_assert_nonnull (model);
  g_atomic_int_set (&n_requests, 0);
  source = strata_python_source_read (code, &line, &error);
  g_assert_no_error (error);
  g_assert_true (memcmp (get_first_weights (model), get_first_weights (source->model), 100 * sizeof (float)) == 0);

  g_assert_cmpint (g_unlink (kept), ==, 0);
  g_assert_null (strata_python_source_read (code, &line, &error));
  g_assert_nonnull (strstr (error->message, "not on this computer"));
  g_assert_cmpint (g_atomic_int_get (&n_requests), ==, 0);
}

/* A file that is not the published one is refused, and not kept. */
static void
test_checksum (void)
{
  static const char name[] = "efficientnetb0_notop.h5";
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *kept = g_build_filename (g_get_user_cache_dir (), "strata", "models", name, NULL);

  g_file_set_contents (path, "no weights", -1, NULL);
  assert_fails ("EfficientNetB0(include_top=false)", "The weights of EfficientNetB0: ");
  assert_fails ("EfficientNetB0(include_top=false)", "instead of 50bc09e76180e00e4465e1a485ddc09d");
  g_assert_false (g_file_test (kept, G_FILE_TEST_EXISTS));
}

/* Where there is no checksum, what cannot be read is not kept either: else no later try could succeed. */
static void
test_nonsense (void)
{
  static const char name[] = "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.5_96_no_top.h5";
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *kept = g_build_filename (g_get_user_cache_dir (), "strata", "models", name, NULL);

  g_file_set_contents (path, "<html>Please sign in</html>", -1, NULL);
  assert_fails ("MobileNetV2(include_top=false, alpha=0.5, input_shape=[96, 96, 3])", "try again");
  g_assert_false (g_file_test (kept, G_FILE_TEST_EXISTS));
}

static void
test_missing (void)
{
  assert_fails ("VGG16", "is not to be had there");
}

static void
test_unreachable (void)
{
  g_autofree char *mirror = g_strdup (g_getenv ("STRATA_MIRROR"));

  g_setenv ("STRATA_MIRROR", "http://127.0.0.1:1", TRUE);
  assert_fails ("VGG16", "check the connection to the internet");
  g_setenv ("STRATA_MIRROR", mirror, TRUE);
}

typedef struct
{
  const char *name;
  GCancellable *cancellable;
  GError *error;
  gboolean result;
  gboolean done; /* atomic */
} Fetch;

static gpointer
fetch_in_thread (gpointer data)
{
  Fetch *fetch = data;
  g_autofree char *url = g_strdup_printf ("%s/%s", g_getenv ("STRATA_MIRROR"), fetch->name);
  g_autofree char *path = g_build_filename (folder, "fetched", NULL);

  fetch->result = strata_download (url, path, NULL, NULL, NULL, fetch->cancellable, &fetch->error);
  g_atomic_int_set (&fetch->done, TRUE);
  g_main_context_wakeup (NULL);
  return NULL;
}

static void
assert_not_fetched (const char   *name,
                    GCancellable *cancellable)
{
  g_autofree char *path = g_build_filename (folder, "fetched", NULL);
  Fetch fetch = { .name = name, .cancellable = cancellable };
  GThread *thread = g_thread_new ("fetch", fetch_in_thread, &fetch);

  while (!g_atomic_int_get (&fetch.done))
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
  g_assert_false (fetch.result);
  g_assert_nonnull (fetch.error);
  g_error_free (fetch.error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* Redirections end, and never lead to files of this machine. */
static void
test_redirection (void)
{
  assert_not_fetched ("endless", NULL);
  assert_not_fetched ("elsewhere", NULL);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  assert_not_fetched (FILE_NAME, cancellable);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      if (g_file_test (inner, G_FILE_TEST_IS_DIR))
        remove_folder (inner);
      else
        g_unlink (inner);
    }
  g_rmdir (path);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *cache = NULL, *server = NULL;
  int result;

  folder = g_dir_make_tmp ("strata-XXXXXX", NULL);
  cache = g_build_filename (folder, "cache", NULL);
  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  g_setenv ("no_proxy", "127.0.0.1", TRUE);
  g_test_init (&argc, &argv, NULL);
  server = start_server ();
  g_setenv ("STRATA_MIRROR", server, TRUE);

  g_test_add_func ("/applications/pretrained/fetch", test_fetch);
  g_test_add_func ("/applications/pretrained/code", test_code);
  g_test_add_func ("/applications/pretrained/checksum", test_checksum);
  g_test_add_func ("/applications/pretrained/nonsense", test_nonsense);
  g_test_add_func ("/applications/pretrained/missing", test_missing);
  g_test_add_func ("/applications/pretrained/unreachable", test_unreachable);
  g_test_add_func ("/applications/pretrained/redirection", test_redirection);
  g_test_add_func ("/applications/pretrained/cancelled", test_cancelled);
  result = g_test_run ();
  remove_folder (folder);
  g_free (folder);
  return result;
}
