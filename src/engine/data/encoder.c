/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data/encoder.h"

#include <math.h>
#include <string.h>

#include "base/error.h"

/* A text column with more values than this is a name or a date, not a category. */
#define MAX_VALUES 100

typedef struct
{
  const StrataColumn *column;
  double fill;          /* for missing numbers */
  double mean, scale;   /* (x - mean) * scale */
  double deviation;
  GPtrArray *values;    /* of a text column */
} Feature;

struct _StrataEncoder
{
  GArray *features;
  guint width;
};

static void
feature_clear (gpointer data)
{
  Feature *feature = data;

  g_clear_pointer (&feature->values, g_ptr_array_unref);
}

static void
learn_numbers (Feature      *feature,
               const gint64 *rows,
               gint64        n,
               gboolean      normalize)
{
  double sum = 0, squares = 0, mean, deviation;
  gint64 count = 0;

  for (gint64 i = 0; i < n; i++)
    if (!isnan (feature->column->numbers[rows[i]]))
      {
        sum += feature->column->numbers[rows[i]];
        count++;
      }
  mean = count > 0 ? sum / count : 0;
  for (gint64 i = 0; i < n; i++)
    if (!isnan (feature->column->numbers[rows[i]]))
      squares += pow (feature->column->numbers[rows[i]] - mean, 2);
  deviation = count > 0 ? sqrt (squares / count) : 0;

  feature->fill = mean;
  feature->deviation = deviation;
  feature->mean = normalize ? mean : 0;
  feature->scale = normalize && deviation > 1e-7 ? 1 / deviation : 1;
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
learn_values (Feature       *feature,
              const gint64  *rows,
              gint64         n,
              GError       **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  feature->values = g_ptr_array_new ();
  for (gint64 i = 0; i < n; i++)
    if (g_hash_table_add (seen, feature->column->texts[rows[i]]))
      g_ptr_array_add (feature->values, feature->column->texts[rows[i]]);
  if (feature->values->len > MAX_VALUES)
    {
      strata_set_error (error, STRATA_ERROR_DATA,
                        "The column “%s” has %u different texts, too many for a category; leave it out of the features",
                        feature->column->name, feature->values->len);
      return FALSE;
    }
  g_ptr_array_sort (feature->values, compare_texts);
  return TRUE;
}

/**
 * strata_encoder_new: (skip)
 * @columns: const StrataColumn pointers; they must outlive the encoder
 * @rows: numbers of the rows to learn from
 * @n: how many
 * @normalize: whether to move numbers to mean 0 and deviation 1
 *
 * Returns: (transfer full): the encoder
 */
StrataEncoder *
strata_encoder_new (GPtrArray     *columns,
                    const gint64  *rows,
                    gint64         n,
                    gboolean       normalize,
                    GError       **error)
{
  g_autoptr (StrataEncoder) self = g_new0 (StrataEncoder, 1);

  self->features = g_array_new (FALSE, TRUE, sizeof (Feature));
  g_array_set_clear_func (self->features, feature_clear);
  for (guint i = 0; i < columns->len; i++)
    {
      Feature feature = { .column = g_ptr_array_index (columns, i) };
      gboolean good = TRUE;

      if (feature.column->numeric)
        learn_numbers (&feature, rows, n, normalize);
      else
        good = learn_values (&feature, rows, n, error);
      g_array_append_val (self->features, feature);
      if (!good)
        return NULL;
      self->width += feature.values != NULL ? feature.values->len : 1;
    }
  return g_steal_pointer (&self);
}

void
strata_encoder_free (StrataEncoder *self)
{
  g_array_unref (self->features);
  g_free (self);
}

static float *
write_feature (const Feature *feature,
               gint64         row,
               float         *at)
{
  double number;

  if (feature->values != NULL)
    {
      for (guint k = 0; k < feature->values->len; k++)
        *at++ = g_str_equal (g_ptr_array_index (feature->values, k), feature->column->texts[row]);
      return at;
    }
  number = feature->column->numbers[row];
  *at++ = ((isnan (number) ? feature->fill : number) - feature->mean) * feature->scale;
  return at;
}

/**
 * strata_encoder_apply: (skip)
 * @rows: numbers of rows
 * @n: how many
 *
 * Returns: (transfer full): a float32 row for each
 */
StrataTensor *
strata_encoder_apply (StrataEncoder  *self,
                      const gint64   *rows,
                      gint64          n,
                      GError        **error)
{
  StrataTensor *result = strata_tensor_try_new (STRATA_FLOAT32, &STRATA_SHAPE (n, self->width), error);
  float *at = result != NULL ? strata_tensor_get_floats (result) : NULL;

  for (gint64 i = 0; i < n && result != NULL; i++)
    for (guint k = 0; k < self->features->len; k++)
      at = write_feature (&g_array_index (self->features, Feature, k), rows[i], at);
  return result;
}

/**
 * strata_encoder_dup_names: (skip)
 *
 * Returns: (transfer full) (element-type utf8): what each number of a row is
 */
GPtrArray *
strata_encoder_dup_names (StrataEncoder *self)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->features->len; i++)
    {
      const Feature *feature = &g_array_index (self->features, Feature, i);

      if (feature->values == NULL)
        g_ptr_array_add (names, g_strdup (feature->column->name));
      for (guint k = 0; feature->values != NULL && k < feature->values->len; k++)
        g_ptr_array_add (names, g_strdup_printf ("%s: %s", feature->column->name,
                                                 (const char *) g_ptr_array_index (feature->values, k)));
    }
  return names;
}

/**
 * strata_encoder_dup_features: (skip)
 *
 * Returns: (transfer full) (element-type StrataFeature): how each number of a row comes about
 */
GArray *
strata_encoder_dup_features (StrataEncoder *self)
{
  GArray *features = strata_data_features_new ();

  for (guint i = 0; i < self->features->len; i++)
    {
      const Feature *feature = &g_array_index (self->features, Feature, i);
      guint n = feature->values != NULL ? feature->values->len : 1;

      for (guint k = 0; k < n; k++)
        {
          StrataFeature described = { g_strdup (feature->column->name), NULL, 0, 1, feature->fill, feature->deviation };

          if (feature->values != NULL)
            described.value = g_strdup (g_ptr_array_index (feature->values, k));
          else
            {
              described.mean = feature->mean;
              described.scale = feature->scale;
            }
          g_array_append_val (features, described);
        }
    }
  return features;
}
