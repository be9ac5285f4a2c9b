/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "text/token-counts.h"

#include <math.h>
#include <string.h>

typedef struct
{
  gint64 index, count, documents, last_document;
} Count;

/* The table tells which count is a token's. */
struct _StrataTokenCounts
{
  StrataTokenTable *table;
  GArray *counts;
  GString *text;
  gint64 document;
};

/**
 * strata_token_counts_new: (skip)
 *
 * Returns: (transfer full): counts of no tokens
 */
StrataTokenCounts *
strata_token_counts_new (gboolean texts)
{
  StrataTokenCounts *self = g_new0 (StrataTokenCounts, 1);

  self->table = strata_token_table_new (texts);
  self->counts = g_array_new (FALSE, TRUE, sizeof (Count));
  self->text = g_string_new (NULL);
  return self;
}

void
strata_token_counts_free (StrataTokenCounts *self)
{
  strata_token_table_free (self->table);
  g_array_unref (self->counts);
  g_string_free (self->text, TRUE);
  g_free (self);
}

static void
count (StrataTokenCounts *self,
       gint64             index)
{
  Count *entry;

  if (index >= self->counts->len)
    {
      g_array_set_size (self->counts, index + 1);
      g_array_index (self->counts, Count, index) = (Count){ index, 0, 0, -1 };
    }
  entry = &g_array_index (self->counts, Count, index);
  entry->count++;
  if (entry->last_document == self->document)
    return;
  entry->documents++;
  entry->last_document = self->document;
}

void
strata_token_counts_add_text (StrataTokenCounts *self,
                              const char        *text,
                              gsize              n)
{
  gint64 index = strata_token_table_find_text (self->table, text, n);

  if (index < 0)
    {
      g_string_truncate (self->text, 0);
      g_string_append_len (self->text, text, n);
      index = strata_token_table_get_size (self->table);
      strata_token_table_add_text (self->table, self->text->str);
    }
  count (self, index);
}

void
strata_token_counts_add_number (StrataTokenCounts *self,
                                gint64             number)
{
  gint64 index = strata_token_table_find_number (self->table, number);

  if (index < 0)
    {
      index = strata_token_table_get_size (self->table);
      strata_token_table_add_number (self->table, number);
    }
  count (self, index);
}

/**
 * strata_token_counts_end_document: (skip)
 *
 * What is added next is of another document.
 */
void
strata_token_counts_end_document (StrataTokenCounts *self)
{
  self->document++;
}

/* Most frequent first; of equally frequent ones the last in order, as Keras has it. */
static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      data)
{
  const Count *x = a, *y = b;
  StrataTokenTable *table = data;
  gint64 m, n;

  if (x->count != y->count)
    return x->count < y->count ? 1 : -1;
  if (strata_token_table_has_texts (table))
    return strcmp (strata_token_table_get_text (table, y->index), strata_token_table_get_text (table, x->index));
  m = strata_token_table_get_number (table, x->index);
  n = strata_token_table_get_number (table, y->index);
  return m < n ? 1 : m > n ? -1 : 0;
}

/**
 * strata_token_counts_fill: (skip)
 * @table: what the most frequent tokens are put into
 * @most: how many it may have at most, or -1
 * @not_text: (nullable): the text for tokens that are not known, which is none itself
 * @not_number: the like for numbers, or %G_MININT64
 *
 * Makes a vocabulary of what was counted.
 */
void
strata_token_counts_fill (StrataTokenCounts *self,
                          StrataTokenTable  *table,
                          gint64             most,
                          const char        *not_text,
                          gint64             not_number)
{
  const StrataTokenRules *rules = strata_token_table_get_rules (table);

  strata_token_table_clear (table);
  g_array_sort_with_data (self->counts, compare, self->table);
  for (guint i = 0; i < self->counts->len && (most < 0 || strata_token_table_get_size (table) < most); i++)
    {
      gint64 index = g_array_index (self->counts, Count, i).index;

      if (strata_token_table_has_texts (table))
        {
          const char *text = strata_token_table_get_text (self->table, index);

          if (g_strcmp0 (text, not_text) != 0 && !(rules->masks && g_str_equal (text, rules->mask_text)))
            strata_token_table_add_text (table, text);
        }
      else
        {
          gint64 number = strata_token_table_get_number (self->table, index);

          if (number != not_number && !(rules->masks && number == rules->mask_number))
            strata_token_table_add_number (table, number);
        }
    }
}

/* The counts were sorted: each token's is looked for by what it counts. */
static gint64
get_documents (StrataTokenCounts *self,
               const gint64      *by_index,
               StrataTokenTable  *table,
               gint64             i)
{
  const char *text = strata_token_table_has_texts (table) ? strata_token_table_get_text (table, i) : NULL;
  gint64 index = text != NULL ? strata_token_table_find_text (self->table, text, strlen (text))
                              : strata_token_table_find_number (self->table, strata_token_table_get_number (table, i));

  return index >= 0 ? by_index[index] : 0;
}

/**
 * strata_token_counts_dup_idf: (skip)
 * @table: a vocabulary
 *
 * Returns: (transfer full): for each token, log (1 + documents / (1 + those that have it))
 */
float *
strata_token_counts_dup_idf (StrataTokenCounts *self,
                             StrataTokenTable  *table)
{
  gint64 n = strata_token_table_get_size (table);
  float *idf = g_new0 (float, MAX (n, 1));
  g_autofree gint64 *by_index = g_new0 (gint64, MAX (self->counts->len, 1));

  for (guint i = 0; i < self->counts->len; i++)
    by_index[g_array_index (self->counts, Count, i).index] = g_array_index (self->counts, Count, i).documents;
  for (gint64 i = 0; i < n; i++)
    idf[i] = log (1 + (double) self->document / (1 + get_documents (self, by_index, table, i)));
  return idf;
}
