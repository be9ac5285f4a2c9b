/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "models/logs.h"

#include <math.h>

#include "base/number.h"

typedef struct
{
  char *name;
  GArray *values; /* double */
  guint width;    /* numbers an epoch: 1, unless it is a series of lists */
  GArray *lists;  /* float: those of all epochs, or NULL */
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
  g_clear_pointer (&series->lists, g_array_unref);
}

static void
clear (gpointer data)
{
  StrataHistory *self = data;

  g_array_unref (self->epochs);
  g_array_unref (self->series);
}

/* Languages that copy what they hold share it. */
G_DEFINE_BOXED_TYPE (StrataHistory, strata_history, g_atomic_rc_box_acquire, strata_history_free)

/**
 * strata_history_new:
 *
 * Returns: (transfer full): a history without epochs
 */
StrataHistory *
strata_history_new (void)
{
  StrataHistory *self = g_atomic_rc_box_new0 (StrataHistory);

  self->epochs = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->series = g_array_new (FALSE, FALSE, sizeof (Series));
  g_array_set_clear_func (self->series, series_clear);
  return self;
}

void
strata_history_free (StrataHistory *self)
{
  g_atomic_rc_box_release_full (self, clear);
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

/* A series is of lists as long as all of its epochs have one of the same length. */
static void
append_list (Series      *series,
             const float *values,
             guint        n)
{
  if (series->values->len == 0 && n > 0)
    {
      series->width = n;
      series->lists = g_array_new (FALSE, FALSE, sizeof (float));
    }
  if (series->lists == NULL)
    return;
  if (n == series->width)
    g_array_append_vals (series->lists, values, n);
  else
    g_clear_pointer (&series->lists, g_array_unref);
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
      guint n;
      const char *name = strata_logs_get_entry (logs, i, &value);
      const float *list = strata_logs_get_list (logs, name, &n);
      Series *series = find (self, name);

      if (series == NULL)
        {
          Series fresh = { g_strdup (name), g_array_new (FALSE, FALSE, sizeof (double)), 1 };

          g_array_append_val (self->series, fresh);
          series = find (self, name);
        }
      append_list (series, list, n);
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
 * Returns: (transfer none) (nullable) (array length=n): a value an epoch (the mean of a list), or
 *   %NULL where there is no such series
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

/* What a series has of an epoch: a number or a list of numbers. */
static JsonNode *
epoch_node (const Series *series,
            guint         epoch)
{
  JsonNode *node = NULL;
  JsonArray *list;

  if (series->lists == NULL)
    return number_node (g_array_index (series->values, double, epoch));
  list = json_array_new ();
  for (guint i = 0; i < series->width; i++)
    json_array_add_element (list, number_node (g_array_index (series->lists, float, epoch * series->width + i)));
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, list);
  return node;
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
        json_array_add_element (array, epoch_node (series, e));
      json_object_set_array_member (object, series->name, array);
    }
  json_node_take_object (node, object);
  return node;
}

static void
append_epoch (GString      *csv,
              const Series *series,
              guint         epoch)
{
  if (series->lists == NULL)
    {
      g_autofree char *number = strata_number_to_text (g_array_index (series->values, double, epoch));

      g_string_append (csv, number);
      return;
    }
  g_string_append (csv, "\"[");
  for (guint i = 0; i < series->width; i++)
    {
      g_autofree char *number = strata_single_number_to_text (g_array_index (series->lists, float,
                                                                             epoch * series->width + i));

      g_string_append_printf (csv, "%s%s", i > 0 ? ", " : "", number);
    }
  g_string_append (csv, "]\"");
}

/**
 * strata_history_to_csv:
 *
 * Returns: (transfer full): a line an epoch, under a line of names; lists in quotes
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
          g_string_append_c (csv, ',');
          if (e < g_array_index (self->series, Series, i).values->len)
            append_epoch (csv, &g_array_index (self->series, Series, i), e);
        }
      g_string_append_c (csv, '\n');
    }
  return g_string_free (csv, FALSE);
}
