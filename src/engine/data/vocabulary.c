/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data/vocabulary.h"

#include <string.h>

#include "text/tokens.h"

struct _StrataVocabulary
{
  GPtrArray *words;      /* those of numbers 0 and 1 are "" and "[UNK]" */
  GHashTable *numbers;
};

typedef struct
{
  const char *word;
  guint count;
} Entry;

typedef void (*WordFunc) (const char *word, gpointer data);

/* As TextVectorization cuts texts where nothing else is said: what TensorFlow calls lower case is ASCII's alone. */
static void
foreach_word (const char *text,
              WordFunc    func,
              gpointer    data)
{
  static const StrataTokenOptions usual = { .lower = TRUE, .strip = TRUE, .split = STRATA_SPLIT_WHITESPACE };
  gsize n;
  const StrataToken *tokens = strata_tokens_split (&usual, &text, 1, &n);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *word = g_strndup (tokens[i].text, tokens[i].length);

      func (word, data);
    }
}

static void
count_word (const char *word,
            gpointer    data)
{
  GHashTable *counts = data;
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, word));

  g_hash_table_replace (counts, g_strdup (word), GUINT_TO_POINTER (count + 1));
}

/* Most frequent first; of equally frequent ones, the last in the alphabet, as Keras does. */
static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const Entry *x = a, *y = b;

  if (x->count != y->count)
    return x->count < y->count ? 1 : -1;
  return strcmp (y->word, x->word);
}

static GArray *
sort_words (GHashTable *counts)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  GHashTableIter iter;
  gpointer word, count;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &word, &count))
    {
      Entry entry = { word, GPOINTER_TO_UINT (count) };

      g_array_append_val (entries, entry);
    }
  g_array_sort (entries, compare_entries);
  return entries;
}

static StrataVocabulary *
vocabulary_new (void)
{
  StrataVocabulary *self = g_new0 (StrataVocabulary, 1);

  self->words = g_ptr_array_new_with_free_func (g_free);
  self->numbers = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

/* The first two are no words of texts. */
static void
add_word (StrataVocabulary *self,
          const char       *word)
{
  char *own = g_strdup (word);

  if (self->words->len > 1)
    g_hash_table_insert (self->numbers, own, GUINT_TO_POINTER (self->words->len));
  g_ptr_array_add (self->words, own);
}

/**
 * strata_vocabulary_new: (skip)
 * @texts: what to learn from, in UTF-8
 * @n: how many
 * @max_words: how many numbers there may be, the two special ones included
 *
 * Returns: (transfer full): the vocabulary
 */
StrataVocabulary *
strata_vocabulary_new (const char *const *texts,
                       gsize              n,
                       gsize              max_words)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) entries = NULL;
  StrataVocabulary *self = vocabulary_new ();

  for (gsize i = 0; i < n; i++)
    foreach_word (texts[i], count_word, counts);
  entries = sort_words (counts);

  add_word (self, "");
  add_word (self, "[UNK]");
  for (guint i = 0; i < entries->len && self->words->len < max_words; i++)
    add_word (self, g_array_index (entries, Entry, i).word);
  return self;
}

/**
 * strata_vocabulary_new_from_words: (skip)
 * @words: (element-type utf8): words by number, as strata_vocabulary_dup_words() gives them
 *
 * Returns: (transfer full): the vocabulary
 */
StrataVocabulary *
strata_vocabulary_new_from_words (const GPtrArray *words)
{
  StrataVocabulary *self = vocabulary_new ();

  for (guint i = 0; i < words->len; i++)
    add_word (self, g_ptr_array_index (words, i));
  return self;
}

void
strata_vocabulary_free (StrataVocabulary *self)
{
  g_hash_table_unref (self->numbers);
  g_ptr_array_unref (self->words);
  g_free (self);
}

typedef struct
{
  StrataVocabulary *vocabulary;
  gint32 *ids;
  gsize n, length;
} Encoding;

static void
encode_word (const char *word,
             gpointer    data)
{
  Encoding *encoding = data;
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (encoding->vocabulary->numbers, word));

  if (encoding->n < encoding->length)
    encoding->ids[encoding->n++] = number > 0 ? number : 1;
}

/**
 * strata_vocabulary_encode: (skip)
 * @ids: (out caller-allocates) (array length=length): numbers of the words; 0 behind the last
 * @length: how many there are to be
 *
 * Turns a text into numbers.
 */
void
strata_vocabulary_encode (StrataVocabulary *self,
                          const char       *text,
                          gint32           *ids,
                          gsize             length)
{
  Encoding encoding = { self, ids, 0, length };

  memset (ids, 0, length * sizeof ids[0]);
  foreach_word (text, encode_word, &encoding);
}

/**
 * strata_vocabulary_dup_words: (skip)
 *
 * Returns: (transfer full) (element-type utf8): words by number
 */
GPtrArray *
strata_vocabulary_dup_words (StrataVocabulary *self)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->words->len; i++)
    g_ptr_array_add (words, g_strdup (g_ptr_array_index (self->words, i)));
  return words;
}
