/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "models/logs.h"

#include <string.h>

typedef struct
{
  char *name;
  double value;
  GArray *list; /* float; or NULL for a single number */
} Entry;

struct _StrataLogs
{
  GArray *entries;
};

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  g_free (entry->name);
  g_clear_pointer (&entry->list, g_array_unref);
}

static void
clear (gpointer data)
{
  g_array_unref (((StrataLogs *) data)->entries);
}

/* Languages that copy what they hold share it. */
G_DEFINE_BOXED_TYPE (StrataLogs, strata_logs, g_atomic_rc_box_acquire, strata_logs_free)

/**
 * strata_logs_new:
 *
 * Returns: (transfer full): logs without entries
 */
StrataLogs *
strata_logs_new (void)
{
  StrataLogs *self = g_atomic_rc_box_new0 (StrataLogs);

  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->entries, entry_clear);
  return self;
}

void
strata_logs_free (StrataLogs *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/* What callbacks add. */
static gboolean
is_added (const char *name)
{
  return g_str_has_prefix (name, "learning_rate");
}

/* Keras's order: that of the alphabet, but what callbacks add, as the rates of several optimizers, last and as it
 * comes. What was measured on held-out samples stands among the rest: “weighted_mae” is behind “val_loss”. */
static int
compare (const char *a,
         const char *b)
{
  gboolean added_a = is_added (a), added_b = is_added (b);

  return added_a != added_b ? added_a - added_b : added_a ? !g_str_equal (a, b) : strcmp (a, b);
}

/* The entry of @name, which is made where there is none. */
static Entry *
ensure (StrataLogs *self,
        const char *name)
{
  Entry entry = { NULL };
  guint i;

  for (i = 0; i < self->entries->len; i++)
    {
      Entry *other = &g_array_index (self->entries, Entry, i);
      int order = compare (name, other->name);

      if (order == 0)
        return other;
      if (order < 0)
        break;
    }
  entry.name = g_strdup (name);
  g_array_insert_val (self->entries, i, entry);
  return &g_array_index (self->entries, Entry, i);
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
  Entry *entry = ensure (self, name);

  entry->value = value;
  g_clear_pointer (&entry->list, g_array_unref);
}

/**
 * strata_logs_set_list:
 * @values: (array length=n): its numbers
 * @n: how many
 *
 * Sets a list of numbers; one alone is a value, as in Keras.
 */
void
strata_logs_set_list (StrataLogs  *self,
                      const char  *name,
                      const float *values,
                      guint        n)
{
  Entry *entry = ensure (self, name);
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += values[i];
  entry->value = sum / MAX (1, n);
  g_clear_pointer (&entry->list, g_array_unref);
  if (n == 1)
    return;
  entry->list = g_array_sized_new (FALSE, FALSE, sizeof (float), n);
  g_array_append_vals (entry->list, values, n);
}

static Entry *
find (StrataLogs *self,
      const char *name)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (g_str_equal (g_array_index (self->entries, Entry, i).name, name))
      return &g_array_index (self->entries, Entry, i);
  return NULL;
}

/**
 * strata_logs_get:
 * @value: (out) (optional): its value; the mean of a list
 *
 * Returns: whether there is a value called @name
 */
gboolean
strata_logs_get (StrataLogs *self,
                 const char *name,
                 double     *value)
{
  Entry *entry = find (self, name);

  if (entry != NULL && value != NULL)
    *value = entry->value;
  return entry != NULL;
}

/**
 * strata_logs_get_list:
 * @n: (out): how many numbers
 *
 * Returns: (transfer none) (nullable) (array length=n): the numbers of @name, or
 *   %NULL where it is a single one or is not there
 */
const float *
strata_logs_get_list (StrataLogs *self,
                      const char *name,
                      guint      *n)
{
  Entry *entry = find (self, name);

  *n = entry != NULL && entry->list != NULL ? entry->list->len : 0;
  return *n > 0 ? (const float *) entry->list->data : NULL;
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
