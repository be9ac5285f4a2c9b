/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "runner/profile.h"

#include <glib/gi18n.h>
#include <string.h>

/* Time of all steps of one op in one layer and phase. */
typedef struct
{
  const char *path; /* layers from the outside in, with "/" between; "" outside of all */
  const char *op;
  StrataPhase phase;
  double seconds;
} Part;

struct _StrataProfile
{
  gatomicrefcount ref_count;
  GStringChunk *texts;
  GHashTable *parts;  /* Part, by all but its seconds */
  double phases[STRATA_PROFILE_N_PHASES];
  double seconds;     /* a batch takes, with all that is between */
  gint64 n_batches;
};

static guint
part_hash (gconstpointer key)
{
  const Part *part = key;

  return g_str_hash (part->path) ^ g_str_hash (part->op) * 31 ^ part->phase;
}

static gboolean
part_equal (gconstpointer a,
            gconstpointer b)
{
  const Part *x = a, *y = b;

  return x->phase == y->phase && g_str_equal (x->path, y->path) && g_str_equal (x->op, y->op);
}

/* Scopes of layers end with their class. */
static void
prepend_name (GString    *path,
              const char *scope)
{
  const char *end = strstr (scope, " (");

  g_string_prepend (path, "/");
  g_string_prepend_len (path, scope, end != NULL ? end - scope : -1);
}

static char *
make_path (const StrataProfileEntry *entry)
{
  GString *path = g_string_new (NULL);

  /* The outermost is the model itself, or no layer. */
  for (const StrataScope *scope = entry->scope; scope != NULL && scope->outer != NULL; scope = scope->outer)
    prepend_name (path, scope->name);
  return g_string_free (path, FALSE);
}

static void
add_entry (const StrataProfileEntry *entry,
           gpointer                  user_data)
{
  StrataProfile *self = user_data;
  g_autofree char *path = make_path (entry);
  Part key = { path, strchr (entry->op, '+') != NULL ? "+" : entry->op, entry->phase };
  double seconds = entry->all_seconds / self->n_batches;
  Part *part;

  if (seconds == 0)
    return;
  part = g_hash_table_lookup (self->parts, &key);
  if (part == NULL)
    {
      part = g_memdup2 (&key, sizeof key);
      part->path = g_string_chunk_insert_const (self->texts, key.path);
      part->op = g_string_chunk_insert_const (self->texts, key.op);
      g_hash_table_add (self->parts, part);
    }
  part->seconds += seconds;
  self->phases[entry->phase] += seconds;
}

/**
 * strata_profile_new: (skip)
 * @model: a model that is profiled, in the thread that trains it
 * @n_batches: how many batches it was trained on since profiling began
 * @seconds: how long that took
 *
 * Returns: (transfer full): where the time has gone
 */
StrataProfile *
strata_profile_new (StrataModel *model,
                    gint64       n_batches,
                    double       seconds)
{
  StrataProfile *self = g_new0 (StrataProfile, 1);
  double known = 0;

  g_atomic_ref_count_init (&self->ref_count);
  self->texts = g_string_chunk_new (256);
  self->parts = g_hash_table_new_full (part_hash, part_equal, g_free, NULL);
  self->n_batches = MAX (n_batches, 1);
  strata_model_profile (model, add_entry, self);
  for (guint i = 0; i < STRATA_N_PHASES; i++)
    known += self->phases[i];
  /* Clocks that are read apart may disagree by a little. */
  self->seconds = MAX (seconds / self->n_batches, known);
  self->phases[STRATA_PROFILE_REST] = self->seconds - known;
  return self;
}

StrataProfile *
strata_profile_ref (StrataProfile *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
strata_profile_unref (StrataProfile *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_hash_table_unref (self->parts);
  g_string_chunk_free (self->texts);
  g_free (self);
}

/**
 * strata_profile_get_n_batches: (skip)
 *
 * Returns: how many batches it is the mean of
 */
gint64
strata_profile_get_n_batches (const StrataProfile *self)
{
  return self->n_batches;
}

/**
 * strata_profile_get_seconds: (skip)
 *
 * Returns: how long a batch takes, with its share of all that is done between batches
 */
double
strata_profile_get_seconds (const StrataProfile *self)
{
  return self->seconds;
}

/**
 * strata_profile_get_phase: (skip)
 * @phase: a #StrataPhase or %STRATA_PROFILE_REST
 *
 * Returns: how much of a batch's time goes to it
 */
double
strata_profile_get_phase (const StrataProfile *self,
                          guint                phase)
{
  return self->phases[phase];
}

static void
row_free (gpointer data)
{
  StrataProfileRow *row = data;

  g_free (row->name);
  g_free (row->node);
  g_free (row);
}

static void
add_to_row (GHashTable *rows,
            const char *name,
            const char *node,
            guint       phase,
            double      seconds)
{
  g_autofree char *key = g_strdup_printf ("%c%s", node != NULL ? '/' : ' ', name);
  StrataProfileRow *row = g_hash_table_lookup (rows, key);

  if (seconds <= 0)
    return;
  if (row == NULL)
    {
      row = g_new0 (StrataProfileRow, 1);
      row->name = g_strdup (name);
      row->node = g_strdup (node);
      g_hash_table_insert (rows, g_steal_pointer (&key), row);
    }
  row->seconds[phase] += seconds;
  row->total += seconds;
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const StrataProfileRow *x = *(StrataProfileRow *const *) a, *y = *(StrataProfileRow *const *) b;

  return x->total < y->total ? 1 : x->total > y->total ? -1 : strcmp (x->name, y->name);
}

static GPtrArray *
sort_rows (GHashTable *rows)
{
  GPtrArray *sorted = g_ptr_array_new_with_free_func (row_free);
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      g_ptr_array_add (sorted, row);
      g_hash_table_iter_steal (&iter);
    }
  g_ptr_array_sort (sorted, compare_rows);
  return sorted;
}

static const char *
name_rest (guint phase)
{
  static const char *const names[STRATA_PROFILE_N_PHASES] = {
    [STRATA_PHASE_FORWARD] = N_("Loss"),
    [STRATA_PHASE_BACKWARD] = N_("Loss"),
    [STRATA_PHASE_UPDATE] = N_("Optimizer"),
    [STRATA_PHASE_METRICS] = N_("Metrics"),
    [STRATA_PHASE_TEST] = N_("Loss"),
    [STRATA_PHASE_DATA] = N_("Bringing samples"),
    [STRATA_PROFILE_REST] = N_("Everything else"),
  };

  return _(names[phase]);
}

/* The innermost layer that the document knows by name: what is inside a wrapper belongs to it. */
static StrataDocNode *
find_node (StrataDocument *document,
           const char     *path)
{
  g_auto (GStrv) names = g_strsplit (path, "/", -1);
  StrataDocNode *found = NULL;

  for (guint i = 0; names[i] != NULL; i++)
    {
      StrataDocNode *node = names[i][0] != '\0' ? strata_document_find_node (document, names[i]) : NULL;

      if (node == NULL)
        break;
      found = node;
    }
  return found;
}

/**
 * strata_profile_by_layer: (skip)
 * @document: whose layers they are
 *
 * Returns: (element-type StrataProfileRow): layers and what else takes time, the slowest first
 */
GPtrArray *
strata_profile_by_layer (const StrataProfile *self,
                         StrataDocument      *document)
{
  g_autoptr (GHashTable) rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, row_free);
  const char *rest = name_rest (STRATA_PROFILE_REST);
  GHashTableIter iter;
  gpointer data;

  g_hash_table_iter_init (&iter, self->parts);
  while (g_hash_table_iter_next (&iter, &data, NULL))
    {
      const Part *part = data;
      StrataDocNode *node = find_node (document, part->path);
      const char *name = node != NULL ? strata_doc_node_get_name (node) : NULL;

      add_to_row (rows, name != NULL ? name : name_rest (part->phase), name, part->phase, part->seconds);
    }
  add_to_row (rows, rest, NULL, STRATA_PROFILE_REST, self->phases[STRATA_PROFILE_REST]);
  return sort_rows (rows);
}

/**
 * strata_profile_by_op: (skip)
 *
 * Returns: (element-type StrataProfileRow): operations and what else takes time, the slowest first
 */
GPtrArray *
strata_profile_by_op (const StrataProfile *self)
{
  g_autoptr (GHashTable) rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, row_free);
  const char *rest = name_rest (STRATA_PROFILE_REST);
  GHashTableIter iter;
  gpointer data;

  g_hash_table_iter_init (&iter, self->parts);
  while (g_hash_table_iter_next (&iter, &data, NULL))
    {
      const Part *part = data;
      const char *name = part->phase == STRATA_PHASE_DATA   ? name_rest (part->phase)
                         : g_str_equal (part->op, "+")      ? _("Number by number")
                                                            : part->op;

      add_to_row (rows, name, NULL, part->phase, part->seconds);
    }
  add_to_row (rows, rest, NULL, STRATA_PROFILE_REST, self->phases[STRATA_PROFILE_REST]);
  return sort_rows (rows);
}
