/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "models/logs.h"

#include <string.h>

typedef struct
{
  char *name;
  double value;
} Entry;

struct _StrataLogs
{
  GArray *entries;
};

static void
entry_clear (gpointer data)
{
  g_free (((Entry *) data)->name);
}

/**
 * strata_logs_new: (skip)
 *
 * Returns: (transfer full): logs without entries
 */
StrataLogs *
strata_logs_new (void)
{
  StrataLogs *self = g_new0 (StrataLogs, 1);

  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->entries, entry_clear);
  return self;
}

void
strata_logs_free (StrataLogs *self)
{
  g_array_unref (self->entries);
  g_free (self);
}

/* Keras sorts by name, and puts what was measured on held-out samples last. */
static int
compare (const char *a,
         const char *b)
{
  gboolean held_out_a = g_str_has_prefix (a, "val_"), held_out_b = g_str_has_prefix (b, "val_");

  return held_out_a != held_out_b ? held_out_a - held_out_b : strcmp (a, b);
}

/**
 * strata_logs_set:
 *
 * Sets the value of @name. Setting one that is there allocates nothing.
 */
void
strata_logs_set (StrataLogs *self,
                 const char *name,
                 double      value)
{
  Entry entry = { NULL, value };
  guint i;

  for (i = 0; i < self->entries->len; i++)
    {
      Entry *other = &g_array_index (self->entries, Entry, i);
      int order = compare (name, other->name);

      if (order == 0)
        {
          other->value = value;
          return;
        }
      if (order < 0)
        break;
    }
  entry.name = g_strdup (name);
  g_array_insert_val (self->entries, i, entry);
}

/**
 * strata_logs_get:
 * @value: (out) (optional): its value
 *
 * Returns: whether there is a value called @name
 */
gboolean
strata_logs_get (StrataLogs *self,
                 const char *name,
                 double     *value)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = &g_array_index (self->entries, Entry, i);

      if (!g_str_equal (entry->name, name))
        continue;
      if (value != NULL)
        *value = entry->value;
      return TRUE;
    }
  return FALSE;
}

guint
strata_logs_get_n (StrataLogs *self)
{
  return self->entries->len;
}

/**
 * strata_logs_get_entry:
 * @value: (out): its value
 *
 * Returns: the name of the entry numbered @i
 */
const char *
strata_logs_get_entry (StrataLogs *self,
                       guint       i,
                       double     *value)
{
  Entry *entry = &g_array_index (self->entries, Entry, i);

  *value = entry->value;
  return entry->name;
}

void
strata_logs_clear (StrataLogs *self)
{
  g_array_set_size (self->entries, 0);
}
