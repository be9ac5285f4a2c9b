/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <curl/curl.h>

#include "base/json.h"
#include "models/model.h"

#define CONNECT_SECONDS 5L
#define SECONDS 15L
#define MAX_REDIRECTS 10L

typedef struct
{
  StrataCallback parent;
  char *root, *path, *field;
  JsonNode *headers;
  gboolean send_as_json;
} RemoteMonitor;

static const StrataParam params[] = {
  STRATA_PARAM (STRING, RemoteMonitor, root, "\"http://localhost:9000\"", .title = "Server",
                .description = "The server's address, with http:// or https://"),
  STRATA_PARAM (STRING, RemoteMonitor, path, "\"/publish/epoch/end/\"", .title = "Path",
                .description = "What on the server takes the numbers"),
  STRATA_PARAM (STRING, RemoteMonitor, field, "\"data\"", .title = "Field",
                .description = "The field of the form that has them, where they are sent as a form"),
  STRATA_PARAM (JSON, RemoteMonitor, headers, "null", .nullable = TRUE, .title = "Headers",
                .description = "More headers of the request, by name"),
  STRATA_PARAM (BOOL, RemoteMonitor, send_as_json, "false", .title = "As JSON",
                .description = "Whether they are sent as JSON, rather than as a form"),
  { NULL },
};

static gboolean
remote_monitor_configured (StrataObject  *object,
                           GError       **error)
{
  RemoteMonitor *self = (RemoteMonitor *) object;

  if (!g_str_has_prefix (self->root, "http://") && !g_str_has_prefix (self->root, "https://"))
    strata_set_error (error, STRATA_ERROR_VALUE,
                      "root must be an address that begins with http:// or https://, not “%s”", self->root);
  else if (self->headers != NULL && !JSON_NODE_HOLDS_NULL (self->headers) && !JSON_NODE_HOLDS_OBJECT (self->headers))
    strata_set_error (error, STRATA_ERROR_VALUE, "headers must be an object of texts");
  else
    return TRUE;
  return FALSE;
}

static char *
to_json (gint64      epoch,
         StrataLogs *logs)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = NULL;

  json_object_set_int_member (object, "epoch", epoch);
  for (guint i = 0; i < strata_logs_get_n (logs); i++)
    {
      double value;
      const char *name = strata_logs_get_entry (logs, i, &value);

      json_object_set_double_member (object, name, value);
    }
  node = json_node_init_object (json_node_alloc (), object);
  return strata_json_to_text (node, FALSE);
}

static size_t
ignore (char   *data,
        size_t  size,
        size_t  n,
        void   *user_data)
{
  return size * n;
}

static struct curl_slist *
new_headers (RemoteMonitor *self)
{
  struct curl_slist *headers = self->send_as_json ? curl_slist_append (NULL, "Content-Type: application/json") : NULL;
  JsonObject *given = self->headers != NULL && JSON_NODE_HOLDS_OBJECT (self->headers)
                      ? json_node_get_object (self->headers) : NULL;
  g_autoptr (GList) names = given != NULL ? json_object_get_members (given) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *line = g_strdup_printf ("%s: %s", (char *) l->data, strata_json_get_string (given, l->data, ""));

      /* A line that is broken would be more than one header. */
      if (strpbrk (line, "\r\n") == NULL)
        headers = curl_slist_append (headers, line);
    }
  return headers;
}

static void
post (RemoteMonitor *self,
      CURL          *curl,
      const char    *json)
{
  g_autofree char *url = g_strconcat (self->root, self->path, NULL);
  char *escaped = curl_easy_escape (curl, json, 0), *field = curl_easy_escape (curl, self->field, 0);
  g_autofree char *form = g_strdup_printf ("%s=%s", field, escaped);
  struct curl_slist *headers = new_headers (self);

  curl_easy_setopt (curl, CURLOPT_URL, url);
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt (curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt (curl, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt (curl, CURLOPT_MAXREDIRS, MAX_REDIRECTS);
  curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
  curl_easy_setopt (curl, CURLOPT_TIMEOUT, SECONDS);
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, ignore);
  curl_easy_setopt (curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt (curl, CURLOPT_POSTFIELDS, self->send_as_json ? json : form);
  curl_easy_perform (curl);
  curl_slist_free_all (headers);
  curl_free (escaped);
  curl_free (field);
}

/* Training goes on where nobody listens, as in Keras. */
static gboolean
remote_monitor_epoch_end (StrataCallback  *callback,
                          StrataModel     *model,
                          gint64           epoch,
                          StrataLogs      *logs,
                          GError         **error)
{
  g_autofree char *json = to_json (epoch, logs);
  CURL *curl = curl_easy_init ();

  if (curl == NULL)
    return TRUE;
  post ((RemoteMonitor *) callback, curl, json);
  curl_easy_cleanup (curl);
  return TRUE;
}

const StrataCallbackInfo strata_callback_remote_monitor = {
  .object = {
    .name = "RemoteMonitor",
    .title = "Tell a server",
    .description =
      "Sends loss and metrics of each epoch to a server by HTTP; training goes on where it does not answer",
    .params = params,
    .instance_size = sizeof (RemoteMonitor),
    .samples = (const char *const[]){
      "{}",
      "{\"root\": \"https://localhost:1\", \"send_as_json\": true, \"headers\": {\"X-Class\": \"7b\"}}",
      "{\"field\": \"numbers\"}",
      NULL },
    .configured = remote_monitor_configured,
  },
  .epoch_end = remote_monitor_epoch_end,
};
