/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/download.h"

#include <curl/curl.h>

#include "base/error.h"
#include "io/atomic-file.h"

/* Where weights of published networks are, unless STRATA_MIRROR names a copy: a classroom's, say. */
#define PUBLISHED "https://storage.googleapis.com"

#define CONNECT_SECONDS 20L
/* Slower than so many bytes a second for so long is no connection. */
#define LEAST_SPEED 100L
#define LEAST_SPEED_SECONDS 30L
/* No file of weights is larger: more is a mistake or an attack. */
#define MAX_BYTES ((curl_off_t) 8 << 30)
#define MAX_REDIRECTS 10L

typedef struct
{
  const char *url;
  StrataAtomicFile *file;
  GChecksum *checksum;
  StrataDownloadFunc progress;
  gpointer user_data;
  GCancellable *cancellable;
  GError *error;
} Download;

static size_t
take_data (char   *data,
           size_t  size,
           size_t  n,
           void   *user_data)
{
  Download *self = user_data;

  g_checksum_update (self->checksum, (const guchar *) data, size * n);
  return strata_atomic_file_write (self->file, data, size * n, &self->error) ? size * n : 0;
}

static int
tell_progress (void       *user_data,
               curl_off_t  total,
               curl_off_t  done,
               curl_off_t  upload_total,
               curl_off_t  uploaded)
{
  Download *self = user_data;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, &self->error) || done > MAX_BYTES)
    return 1;
  if (self->progress != NULL)
    self->progress (self->url, done, total, self->user_data);
  return 0;
}

static CURL *
prepare (Download *self,
         char     *message)
{
  CURL *curl = curl_easy_init ();
  gboolean safe = g_str_has_prefix (self->url, "https:");

  if (curl == NULL)
    return NULL;
  curl_easy_setopt (curl, CURLOPT_URL, self->url);
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt (curl, CURLOPT_REDIR_PROTOCOLS_STR, safe ? "https" : "http,https");
  curl_easy_setopt (curl, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt (curl, CURLOPT_MAXREDIRS, MAX_REDIRECTS);
  curl_easy_setopt (curl, CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (curl, CURLOPT_USERAGENT, "strata");
  curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
  curl_easy_setopt (curl, CURLOPT_LOW_SPEED_LIMIT, LEAST_SPEED);
  curl_easy_setopt (curl, CURLOPT_LOW_SPEED_TIME, LEAST_SPEED_SECONDS);
  curl_easy_setopt (curl, CURLOPT_MAXFILESIZE_LARGE, MAX_BYTES);
  curl_easy_setopt (curl, CURLOPT_ERRORBUFFER, message);
  curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, take_data);
  curl_easy_setopt (curl, CURLOPT_WRITEDATA, self);
  curl_easy_setopt (curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt (curl, CURLOPT_XFERINFOFUNCTION, tell_progress);
  curl_easy_setopt (curl, CURLOPT_XFERINFODATA, self);
  return curl;
}

/* What went wrong, in words that say what to do. */
static void
set_error (const Download  *self,
           CURLcode         code,
           const char      *message,
           GError         **error)
{
  const char *detail = message[0] != '\0' ? message : curl_easy_strerror (code);

  switch (code)
    {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
      strata_set_error (error, STRATA_ERROR_FILE, "“%s” could not be reached (%s); check the connection to the "
                        "internet, or name a copy in STRATA_MIRROR", self->url, detail);
      break;
    case CURLE_HTTP_RETURNED_ERROR:
      strata_set_error (error, STRATA_ERROR_FILE, "“%s” is not to be had there (%s)", self->url, detail);
      break;
    default:
      strata_set_error (error, STRATA_ERROR_FILE, "“%s” could not be fetched (%s)", self->url, detail);
      break;
    }
}

static gboolean
transfer (Download  *self,
          GError   **error)
{
  static gsize initialized;
  char message[CURL_ERROR_SIZE] = "";
  CURL *curl;
  CURLcode code;

  if (g_once_init_enter (&initialized))
    {
      curl_global_init (CURL_GLOBAL_DEFAULT);
      g_once_init_leave (&initialized, 1);
    }
  curl = prepare (self, message);
  code = curl != NULL ? curl_easy_perform (curl) : CURLE_OUT_OF_MEMORY;
  if (curl != NULL)
    curl_easy_cleanup (curl);
  if (self->error != NULL)
    {
      g_propagate_error (error, self->error);
      return FALSE;
    }
  if (code != CURLE_OK)
    set_error (self, code, message, error);
  return code == CURLE_OK;
}

/**
 * strata_download:
 * @url: `https:` or `http:`
 * @path: where the file goes; it appears there only once it is whole
 * @md5: (nullable): what its checksum must be
 * @progress: (nullable) (scope call): told how much has come
 * @cancellable: (nullable): ends it early
 *
 * Fetches a file.
 */
gboolean
strata_download (const char          *url,
                 const char          *path,
                 const char          *md5,
                 StrataDownloadFunc   progress,
                 gpointer             user_data,
                 GCancellable        *cancellable,
                 GError             **error)
{
  g_autoptr (StrataAtomicFile) file = strata_atomic_file_new (path, error);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_MD5);
  Download download = { .url = url, .file = file, .checksum = checksum, .progress = progress, .user_data = user_data,
                        .cancellable = cancellable };

  if (file == NULL || !transfer (&download, error))
    return FALSE;
  if (md5 != NULL && !g_str_equal (g_checksum_get_string (checksum), md5))
    {
      strata_set_error (error, STRATA_ERROR_FORMAT,
                        "“%s” is not the file that was published: its checksum is %s instead of %s", url,
                        g_checksum_get_string (checksum), md5);
      return FALSE;
    }
  return strata_atomic_file_commit (file, error);
}

/* Whether a file that was fetched before is still what it was. */
static gboolean
is_intact (const char *path,
           const char *md5)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  g_autofree char *found = NULL;

  if (file == NULL || md5 == NULL)
    return file != NULL;
  found = g_compute_checksum_for_data (G_CHECKSUM_MD5, (const guchar *) g_mapped_file_get_contents (file),
                                       g_mapped_file_get_length (file));
  return g_str_equal (found, md5);
}

static char *
find_cached (const char *where)
{
  g_autofree char *name = g_path_get_basename (where);

  return g_build_filename (g_get_user_cache_dir (), "strata", "models", name, NULL);
}

/**
 * strata_download_is_at_hand: (skip)
 * @where: the file's path below the place that has all published weights
 * @md5: (nullable): its checksum
 *
 * Returns: whether the user's cache has it, so that nothing would be fetched
 */
gboolean
strata_download_is_at_hand (const char *where,
                            const char *md5)
{
  g_autofree char *path = find_cached (where);

  return is_intact (path, md5);
}

/**
 * strata_download_published:
 * @where: the file's path below the place that has all published weights
 * @md5: (nullable): its checksum
 * @progress: (nullable) (scope call): told how much has come
 * @cancellable: (nullable): ends it early
 *
 * Fetches a file that belongs to a published network, unless the user's cache
 * has it. The environment variable `STRATA_MIRROR` may name another place, such
 * as a server in the classroom, that has the same files.
 * Returns: (transfer full): where it is now, or %NULL with @error set
 */
char *
strata_download_published (const char          *where,
                           const char          *md5,
                           StrataDownloadFunc   progress,
                           gpointer             user_data,
                           GCancellable        *cancellable,
                           GError             **error)
{
  const char *mirror = g_getenv ("STRATA_MIRROR");
  g_autofree char *url = g_strdup_printf ("%s/%s", mirror != NULL && *mirror != '\0' ? mirror : PUBLISHED, where);
  g_autofree char *path = find_cached (where), *folder = g_path_get_dirname (path);

  if (is_intact (path, md5))
    return g_steal_pointer (&path);
  if (g_mkdir_with_parents (folder, 0755) != 0)
    {
      strata_set_error (error, STRATA_ERROR_FILE, "The folder “%s” cannot be made", folder);
      return NULL;
    }
  if (!strata_download (url, path, md5, progress, user_data, cancellable, error))
    return NULL;
  return g_steal_pointer (&path);
}
