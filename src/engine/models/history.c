/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "models/logs.h"

#include <math.h>

typedef struct
{
  char *name;
  GArray *values; /* double */
} Series;

struct _StrataHistory
{
  GArray *epochs; /* gint64 */
  GArray *series; /* in the order of the first epoch's logs */
};

static void
series_clear (gpointer data)
{
  Series *series = data;

  g_free (series->name);
  g_array_unref (series->values);
}

/**
 * strata_history_new: (skip)
 *
 * Returns: (transfer full): a history without epochs
 */
StrataHistory *
strata_history_new (void)
{
  StrataHistory *self = g_new0 (StrataHistory, 1);

  self->epochs = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->series = g_array_new (FALSE, FALSE, sizeof (Series));
  g_array_set_clear_func (self->series, series_clear);
  return self;
}

void
strata_history_free (StrataHistory *self)
{
  g_array_unref (self->epochs);
  g_array_unref (self->series);
  g_free (self);
}

static Series *
find (StrataHistory *self,
      const char    *name)
{
  for (guint i = 0; i < self->series->len; i++)
    if (g_str_equal (g_array_index (self->series, Series, i).name, name))
      return &g_array_index (self->series, Series, i);
  return NULL;
}

/**
 * strata_history_append:
 * @epoch: which epoch, from 0
 * @logs: its logs
 */
void
strata_history_append (StrataHistory *self,
                       gint64         epoch,
                       StrataLogs    *logs)
{
  g_array_append_val (self->epochs, epoch);
  for (guint i = 0; i < strata_logs_get_n (logs); i++)
    {
      double value;
      const char *name = strata_logs_get_entry (logs, i, &value);
      Series *series = find (self, name);

      if (series == NULL)
        {
          Series fresh = { g_strdup (name), g_array_new (FALSE, FALSE, sizeof (double)) };

          g_array_append_val (self->series, fresh);
          series = find (self, name);
        }
      g_array_append_val (series->values, value);
    }
}

guint
strata_history_get_n_epochs (StrataHistory *self)
{
  return self->epochs->len;
}

guint
strata_history_get_n_series (StrataHistory *self)
{
  return self->series->len;
}

const char *
strata_history_get_name (StrataHistory *self,
                         guint          series)
{
  return g_array_index (self->series, Series, series).name;
}

/**
 * strata_history_get_values:
 * @n: (out): how many
 *
 * Returns: (transfer none) (nullable): a value an epoch, or %NULL where there is no such series
 */
const double *
strata_history_get_values (StrataHistory *self,
                           const char    *name,
                           guint         *n)
{
  Series *series = find (self, name);

  *n = series != NULL ? series->values->len : 0;
  return series != NULL ? (const double *) series->values->data : NULL;
}

/* JSON has no NaN and no infinity: they are written as null. */
static JsonNode *
number_node (double value)
{
  JsonNode *node = json_node_alloc ();

  return isfinite (value) ? json_node_init_double (node, value) : json_node_init_null (node);
}

/**
 * strata_history_to_json:
 *
 * Returns: (transfer full): as Keras's `History.history`: {"loss": [...], ...}
 */
JsonNode *
strata_history_to_json (StrataHistory *self)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  for (guint i = 0; i < self->series->len; i++)
    {
      Series *series = &g_array_index (self->series, Series, i);
      JsonArray *array = json_array_new ();

      for (guint e = 0; e < series->values->len; e++)
        json_array_add_element (array, number_node (g_array_index (series->values, double, e)));
      json_object_set_array_member (object, series->name, array);
    }
  json_node_take_object (node, object);
  return node;
}

/**
 * strata_history_to_csv:
 *
 * Returns: (transfer full): a line an epoch, under a line of names
 */
char *
strata_history_to_csv (StrataHistory *self)
{
  GString *csv = g_string_new ("epoch");

  for (guint i = 0; i < self->series->len; i++)
    g_string_append_printf (csv, ",%s", g_array_index (self->series, Series, i).name);
  g_string_append_c (csv, '\n');

  for (guint e = 0; e < self->epochs->len; e++)
    {
      g_string_append_printf (csv, "%" G_GINT64_FORMAT, g_array_index (self->epochs, gint64, e));
      for (guint i = 0; i < self->series->len; i++)
        {
          Series *series = &g_array_index (self->series, Series, i);
          char number[G_ASCII_DTOSTR_BUF_SIZE] = "";

          if (e < series->values->len)
            g_ascii_dtostr (number, sizeof number, g_array_index (series->values, double, e));
          g_string_append_printf (csv, ",%s", number);
        }
      g_string_append_c (csv, '\n');
    }
  return g_string_free (csv, FALSE);
}
