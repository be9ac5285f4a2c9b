/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "callbacks/file-name.h"

#include <string.h>

#include "base/error.h"

static gboolean
look_up (const char *name,
         gint64      epoch,
         gint64      batch,
         StrataLogs *logs,
         double     *value,
         gboolean   *whole)
{
  guint n;

  *whole = TRUE;
  *value = g_str_equal (name, "epoch") ? epoch : batch;
  if (g_str_equal (name, "epoch") || (g_str_equal (name, "batch") && batch >= 0))
    return TRUE;
  *whole = FALSE;
  return logs != NULL && strata_logs_get (logs, name, value) && strata_logs_get_list (logs, name, &n) == NULL;
}

/* A number by Python's rules: an optional width that may begin with 0, a precision, and one of d, f, e, g. */
static gboolean
append_number (GString    *out,
               const char *spec,
               double      value,
               gboolean    whole)
{
  g_autoptr (GRegex) regex = g_regex_new ("^(0?[1-9]?[0-9]?)(\\.[0-9]{1,2})?([dfegFEG]?)$", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *width = NULL, *precision = NULL, *type = NULL, *format = NULL;
  char buffer[128];

  if (!g_regex_match (regex, spec, 0, &match))
    return FALSE;
  width = g_match_info_fetch (match, 1);
  precision = g_match_info_fetch (match, 2);
  type = g_match_info_fetch (match, 3);
  if (g_str_equal (type, "d") && (!whole || *precision != '\0'))
    return FALSE;
  if (g_str_equal (type, "d") || (whole && *type == '\0' && *precision == '\0'))
    format = g_strdup_printf ("%%%s.0f", width);
  else
    format = g_strdup_printf ("%%%s%s%s", width, *precision == '\0' && *type == '\0' ? ".17" : precision,
                              *type != '\0' ? type : "g");
  g_string_append (out, g_ascii_formatd (buffer, sizeof buffer, format, value));
  return TRUE;
}

/**
 * strata_file_name_format: (skip)
 * @pattern: such as `model-{epoch:02d}-{val_loss:.2f}.keras`
 * @epoch: from 1
 * @batch: from 1, or negative where it is not known
 * @logs: (nullable): other numbers by name
 *
 * Returns: (transfer full): the name, as Python's str.format() makes it
 */
char *
strata_file_name_format (const char  *pattern,
                         gint64       epoch,
                         gint64       batch,
                         StrataLogs  *logs,
                         GError     **error)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *at = pattern; *at != '\0'; at++)
    {
      const char *end = strchr (at, '}');
      g_auto (GStrv) parts = NULL;
      g_autofree char *inner = NULL;
      gboolean whole;
      double value;

      if ((at[0] == '{' || at[0] == '}') && at[1] == at[0])
        {
          g_string_append_c (out, *at++);
          continue;
        }
      if (*at != '{')
        {
          g_string_append_c (out, *at);
          continue;
        }
      inner = end != NULL ? g_strndup (at + 1, end - at - 1) : g_strdup ("");
      parts = g_strsplit (inner, ":", 2);
      if (parts[0] == NULL || !look_up (parts[0], epoch, batch, logs, &value, &whole) ||
          !append_number (out, parts[1] != NULL ? parts[1] : "", value, whole))
        {
          strata_set_error (error, STRATA_ERROR_NAME, "“{%s}” in the file name %s is neither epoch nor a number of the "
                            "logs with a format such as .2f", inner, pattern);
          return NULL;
        }
      at = end;
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}
