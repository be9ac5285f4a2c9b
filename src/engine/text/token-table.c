/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "text/token-table.h"

#include <string.h>

#include "text/fingerprint.h"

typedef struct
{
  char *text;
  gsize length;
  gint64 number;
  guint64 hash;
} Entry;

/* An open hash table of indices into the entries, each one more than it is; 0 is a free place. */
struct _StrataTokenTable
{
  gboolean texts;
  StrataTokenRules rules;
  GArray *entries;
  guint32 *places;
  gsize n_places;
};

static void
entry_clear (gpointer data)
{
  g_free (((Entry *) data)->text);
}

/**
 * strata_token_table_new: (skip)
 * @texts: whether its tokens are texts, or whole numbers
 *
 * Returns: (transfer full): an empty table
 */
StrataTokenTable *
strata_token_table_new (gboolean texts)
{
  StrataTokenTable *self = g_new0 (StrataTokenTable, 1);

  self->texts = texts;
  self->entries = g_array_new (FALSE, TRUE, sizeof (Entry));
  g_array_set_clear_func (self->entries, entry_clear);
  return self;
}

void
strata_token_table_free (StrataTokenTable *self)
{
  g_array_unref (self->entries);
  g_free (self->places);
  g_free (self->rules.mask_text);
  g_free (self);
}

void
strata_token_table_clear (StrataTokenTable *self)
{
  g_array_set_size (self->entries, 0);
  g_clear_pointer (&self->places, g_free);
  self->n_places = 0;
}

/**
 * strata_token_table_get_rules: (skip)
 *
 * Returns: (transfer none): what becomes of other tokens; to be set
 */
StrataTokenRules *
strata_token_table_get_rules (StrataTokenTable *self)
{
  return &self->rules;
}

gboolean
strata_token_table_has_texts (StrataTokenTable *self)
{
  return self->texts;
}

gint64
strata_token_table_get_size (StrataTokenTable *self)
{
  return self->entries->len;
}

const char *
strata_token_table_get_text (StrataTokenTable *self,
                             gint64            i)
{
  return g_array_index (self->entries, Entry, i).text;
}

gint64
strata_token_table_get_number (StrataTokenTable *self,
                               gint64            i)
{
  return g_array_index (self->entries, Entry, i).number;
}

static gboolean
equals (const Entry *a,
        const Entry *b)
{
  return a->hash == b->hash && a->number == b->number && a->length == b->length &&
         (a->length == 0 || memcmp (a->text, b->text, a->length) == 0);
}

/* The place where an entry is, or would be. */
static gsize
find_place (StrataTokenTable *self,
            const Entry      *entry)
{
  gsize place = entry->hash & (self->n_places - 1);

  while (self->places[place] != 0 && !equals (&g_array_index (self->entries, Entry, self->places[place] - 1), entry))
    place = (place + 1) & (self->n_places - 1);
  return place;
}

static void
grow (StrataTokenTable *self)
{
  self->n_places = MAX (64, 2 * self->n_places);
  g_free (self->places);
  self->places = g_new0 (guint32, self->n_places);
  for (guint i = 0; i < self->entries->len; i++)
    self->places[find_place (self, &g_array_index (self->entries, Entry, i))] = i + 1;
}

static gboolean
add (StrataTokenTable *self,
     Entry            *entry)
{
  gsize place;

  if (2 * ((gsize) self->entries->len + 1) > self->n_places)
    grow (self);
  place = find_place (self, entry);
  if (self->places[place] != 0)
    return FALSE;
  entry->text = self->texts ? g_strdup (entry->text) : NULL;
  g_array_append_val (self->entries, *entry);
  self->places[place] = self->entries->len;
  return TRUE;
}

/**
 * strata_token_table_add_text: (skip)
 *
 * Returns: %FALSE where it is in the table already
 */
gboolean
strata_token_table_add_text (StrataTokenTable *self,
                             const char       *text)
{
  gsize n = strlen (text);
  Entry entry = { (char *) text, n, 0, strata_fingerprint (text, n) };

  return add (self, &entry);
}

gboolean
strata_token_table_add_number (StrataTokenTable *self,
                               gint64            number)
{
  Entry entry = { NULL, 0, number, strata_fingerprint ((const char *) &number, sizeof number) };

  return add (self, &entry);
}

static gint64
spread (StrataTokenTable *self,
        const char       *text,
        gsize             n)
{
  const StrataTokenRules *rules = &self->rules;
  guint64 hash = rules->salted ? strata_fingerprint_salted (text, n, rules->key[0], rules->key[1])
                               : strata_fingerprint (text, n);

  return rules->unknown_start + (gint64) (hash % (guint64) rules->n_unknown);
}

static gint64
find (StrataTokenTable *self,
      const Entry      *entry)
{
  guint32 at = self->n_places > 0 ? self->places[find_place (self, entry)] : 0;

  return at > 0 ? self->rules.unknown_start + self->rules.n_unknown + at - 1 : -1;
}

/**
 * strata_token_table_find_text: (skip)
 * @text: @n bytes
 *
 * Returns: the index of a token, or of those that are not known; -1 where there is none for them
 */
gint64
strata_token_table_find_text (StrataTokenTable *self,
                              const char       *text,
                              gsize             n)
{
  const StrataTokenRules *rules = &self->rules;
  Entry entry = { (char *) text, n, 0, strata_fingerprint (text, n) };
  gint64 index;

  if (rules->masks && strlen (rules->mask_text) == n && memcmp (rules->mask_text, text, n) == 0)
    return rules->mask_index;
  index = find (self, &entry);
  if (index >= 0 || rules->n_unknown == 0)
    return index;
  return rules->n_unknown == 1 ? rules->unknown_start : spread (self, text, n);
}

gint64
strata_token_table_find_number (StrataTokenTable *self,
                                gint64            number)
{
  const StrataTokenRules *rules = &self->rules;
  Entry entry = { NULL, 0, number, strata_fingerprint ((const char *) &number, sizeof number) };
  gint64 index;
  char text[24];
  gsize n;

  if (rules->masks && number == rules->mask_number)
    return rules->mask_index;
  index = find (self, &entry);
  if (index >= 0 || rules->n_unknown == 0)
    return index;
  if (rules->n_unknown == 1)
    return rules->unknown_start;
  if (rules->by_remainder)
    return rules->unknown_start + (number % rules->n_unknown + rules->n_unknown) % rules->n_unknown;
  n = strata_fingerprint_write (number, text);
  return spread (self, text, n);
}
