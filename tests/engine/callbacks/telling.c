/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Callbacks that tell somebody: a program's functions, a server. */

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "callbacks/lambda-callback.h"
#include "models/array-source.h"
#include "models/sequential.h"
#include "tensor/random.h"

static StrataModel *
make_model (void)
{
  StrataModel *model = strata_sequential_new (NULL);
  const char *const layers[] = { "InputLayer(batch_shape=[None, 2])", "Dense(units=1)" };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (layers); i++)
    {
      g_autoptr (StrataLayer) layer = strata_layer_new_from_text (layers[i], &error);

      g_assert_no_error (error);
      strata_sequential_add (STRATA_SEQUENTIAL (model), layer, &error);
      g_assert_no_error (error);
    }
  strata_model_compile_with (model, "sgd", "mse", "mae", &error);
  g_assert_no_error (error);
  return model;
}

static gboolean
train_at_once (StrataCallback  *callback,
               gint64           steps_per_execution,
               GError         **error)
{
  g_autoptr (StrataModel) model = make_model ();
  g_autoptr (StrataTensor) x = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (12, 2));
  g_autoptr (StrataTensor) y = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (12, 1));
  g_autoptr (StrataSource) x_source = NULL, y_source = NULL;
  g_autoptr (GPtrArray) callbacks = g_ptr_array_new ();
  g_autoptr (StrataHistory) history = NULL;

  strata_random_fill_normal (1, 1, 0, strata_tensor_get_floats (x), 24);
  strata_random_fill_normal (2, 1, 0, strata_tensor_get_floats (y), 12);
  x_source = strata_array_source_new1 (x);
  y_source = strata_array_source_new1 (y);
  json_object_set_int_member (strata_model_get_compile_config (model), "steps_per_execution", steps_per_execution);
  g_ptr_array_add (callbacks, callback);
  history = strata_model_fit (model, &(StrataFit){ .x = x_source, .y = y_source, .batch_size = 4, .epochs = 2,
                                                   .callbacks = callbacks }, error);
  return history != NULL;
}

static gboolean
train (StrataCallback  *callback,
       GError         **error)
{
  return train_at_once (callback, 1, error);
}

typedef struct
{
  GString *told;
  const char *name;
} Listener;

static gboolean
listen (StrataModel  *model,
        gint64        index,
        StrataLogs   *logs,
        gpointer      user_data,
        GError      **error)
{
  Listener *listener = user_data;
  double loss;

  g_string_append_printf (listener->told, "%s %d%s;", listener->name, (int) index,
                          logs != NULL && strata_logs_get (logs, "loss", &loss) ? " loss" : "");
  return TRUE;
}

/* What a callback is told of two epochs of three batches. */
static char *
dup_told (gint64   steps_per_execution,
          GError **error)
{
  static const char *const events[] = { "on_train_begin", "on_epoch_begin", "on_train_batch_begin",
                                        "on_train_batch_end", "on_epoch_end", "on_train_end" };
  static const char *const names[] = { "train", "epoch", "batch", "batch-end", "epoch-end", "train-end" };
  g_autoptr (StrataCallback) callback = strata_lambda_callback_new ();
  g_autoptr (GString) told = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      Listener *listener = g_new (Listener, 1);

      *listener = (Listener){ told, names[i] };
      g_assert_true (strata_lambda_callback_set_function (callback, events[i], listen, listener, g_free));
    }
  g_assert_false (strata_lambda_callback_set_function (callback, "on_holiday", listen, NULL, NULL));
  g_assert_true (train_at_once (callback, steps_per_execution, error));
  return g_string_free (g_steal_pointer (&told), FALSE);
}

static void
test_lambda (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *told = dup_told (1, &error), *together = NULL;

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (told, "train 0;epoch 0;batch 0;batch-end 0 loss;batch 1;batch-end 1 loss;batch "
                                         "2;batch-end 2 loss;epoch-end 0 loss;epoch 1;batch 0;"));
  g_assert_true (g_str_has_suffix (told, "epoch-end 1 loss;train-end 0 loss;"));

  /* Keras tells of the batches that it runs at once as of one, and counts those that are missing at the end. */
  together = dup_told (2, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (together, "train 0;epoch 0;batch 0;batch-end 1 loss;batch 2;batch-end 3 loss;"
                                             "epoch-end 0 loss;epoch 1;batch 0;"));
}

static gboolean
refuse (StrataModel  *model,
        gint64        index,
        StrataLogs   *logs,
        gpointer      user_data,
        GError      **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_DATA, "enough");
  return FALSE;
}

/* An error ends training; a function in a config is refused, as it would be code. */
static void
test_lambda_errors (void)
{
  g_autoptr (StrataCallback) callback = strata_lambda_callback_new ();
  g_autoptr (GError) error = NULL;

  strata_lambda_callback_set_function (callback, "on_train_batch_end", refuse, NULL, NULL);
  g_assert_false (train (callback, &error));
  g_assert_nonnull (strstr (error->message, "enough"));
  g_clear_error (&error);
  g_assert_null (strata_object_new_from_text (STRATA_KIND_CALLBACK, "LambdaCallback(on_epoch_end=\"print\")", &error));
  g_assert_nonnull (strstr (error->message, "on_epoch_end"));
}

typedef struct
{
  GSocketService *service;
  guint16 port;
  GMutex mutex;
  GString *requests;
  guint n;
} Server;

/* Takes a request whole, answers, and closes. */
static gboolean
serve (GThreadedSocketService *service,
       GSocketConnection      *connection,
       GObject                *source,
       gpointer                data)
{
  Server *server = data;
  g_autoptr (GDataInputStream) in = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  g_autoptr (GString) request = g_string_new (NULL);
  static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
  gsize length = 0;
  char *line;

  g_data_input_stream_set_newline_type (in, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  while ((line = g_data_input_stream_read_line (in, NULL, NULL, NULL)) != NULL && *line != '\0')
    {
      if (g_ascii_strncasecmp (line, "content-length:", 15) == 0)
        length = g_ascii_strtoull (line + 15, NULL, 10);
      g_string_append_printf (request, "%s\n", line);
      g_free (line);
    }
  g_free (line);
  for (; length > 0; length--)
    g_string_append_c (request, g_data_input_stream_read_byte (in, NULL, NULL));
  g_mutex_lock (&server->mutex);
  g_string_append_printf (server->requests, "%s\n", request->str);
  server->n++;
  g_mutex_unlock (&server->mutex);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), answer, strlen (answer),
                             NULL, NULL, NULL);
  return TRUE;
}

static void
server_set_up (Server        *self,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->mutex);
  self->requests = g_string_new (NULL);
  self->service = g_threaded_socket_service_new (4);
  self->port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (self->service), NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (self->service, "run", G_CALLBACK (serve), self);
  g_socket_service_start (self->service);
}

static void
server_tear_down (Server        *self,
                  gconstpointer  data)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service);
  g_string_free (self->requests, TRUE);
  g_mutex_clear (&self->mutex);
}

typedef struct
{
  Server *server;
  const char *options;
  GError *error;
  gint done;
} Training;

static gpointer
run (gpointer data)
{
  Training *self = data;
  g_autofree char *text = g_strdup_printf ("{\"root\": \"http://127.0.0.1:%d\", %s}", self->server->port,
                                           self->options);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (StrataCallback) callback = (StrataCallback *) strata_object_new (STRATA_KIND_CALLBACK, "RemoteMonitor",
                                                                              json_node_get_object (node),
                                                                              &self->error);

  if (callback != NULL)
    train (callback, &self->error);
  g_atomic_int_set (&self->done, TRUE);
  g_main_context_wakeup (NULL);
  return NULL;
}

/* Connections are accepted by the main loop, while another thread trains. */
static void
train_beside (Server     *server,
              const char *options)
{
  Training training = { server, options };
  GThread *thread = g_thread_new ("training", run, &training);

  while (!g_atomic_int_get (&training.done))
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
  g_assert_no_error (training.error);
}

static void
check_requests (Server     *self,
                const char *words)
{
  g_auto (GStrv) each = g_strsplit (words, "|", -1);

  g_mutex_lock (&self->mutex);
  g_assert_cmpuint (self->n, ==, 2);
  for (char **word = each; *word != NULL; word++)
    {
      if (strstr (self->requests->str, *word) == NULL)
        g_test_message ("“%s” is not in: %s", *word, self->requests->str);
      g_assert_nonnull (strstr (self->requests->str, *word));
    }
  g_mutex_unlock (&self->mutex);
}

static void
test_form (Server        *self,
           gconstpointer  data)
{
  train_beside (self, "\"field\": \"num bers\"");
  check_requests (self, "POST /publish/epoch/end/ HTTP|application/x-www-form-urlencoded|"
                        "num%20bers=%7B%22epoch%22%3A0|%22epoch%22%3A1|%22loss%22%3A|%22mae%22%3A");
}

static void
test_json (Server        *self,
           gconstpointer  data)
{
  train_beside (self, "\"path\": \"/runs\", \"send_as_json\": true, \"headers\": {\"X-Class\": \"7b\", \"X-Bad\": "
                      "\"a\\r\\nX-More: b\"}");
  check_requests (self, "POST /runs HTTP|application/json|X-Class: 7b|{\"epoch\":0,|{\"epoch\":1,|\"loss\":");
  g_assert_null (strstr (self->requests->str, "X-More"));
}

/* Training goes on where nobody listens. */
static void
test_nobody (void)
{
  g_autoptr (StrataCallback) callback =
    (StrataCallback *) strata_object_new_from_text (STRATA_KIND_CALLBACK,
                                                    "RemoteMonitor(root=\"http://127.0.0.1:1\")", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (train (callback, &error));
  g_assert_no_error (error);
  g_assert_null (strata_object_new_from_text (STRATA_KIND_CALLBACK, "RemoteMonitor(root=\"file:///etc\")", &error));
  g_assert_nonnull (strstr (error->message, "http"));
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("no_proxy", "127.0.0.1", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/callbacks/telling/lambda", test_lambda);
  g_test_add_func ("/callbacks/telling/lambda-errors", test_lambda_errors);
  g_test_add ("/callbacks/telling/form", Server, NULL, server_set_up, test_form, server_tear_down);
  g_test_add ("/callbacks/telling/json", Server, NULL, server_set_up, test_json, server_tear_down);
  g_test_add_func ("/callbacks/telling/nobody", test_nobody);
  return g_test_run ();
}
