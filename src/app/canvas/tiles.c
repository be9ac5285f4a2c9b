/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/tiles.h"

#include <math.h>

/* About two cards. */
#define TILE_SIZE 512
/* What touches more than this many tiles is looked at each time instead. */
#define MOST_TILES 64

typedef struct
{
  graphene_rect_t area;
  gpointer data;
  guint search;         /* the last that came by here */
} Entry;

struct _StrataTiles
{
  GArray *entries;
  GHashTable *tiles;    /* place -> GArray of numbers of entries */
  GArray *large;
  guint search;
};

static void
free_numbers (gpointer numbers)
{
  g_array_unref (numbers);
}

StrataTiles *
strata_tiles_new (void)
{
  StrataTiles *self = g_new0 (StrataTiles, 1);

  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->tiles = g_hash_table_new_full (NULL, NULL, NULL, free_numbers);
  self->large = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

void
strata_tiles_free (StrataTiles *self)
{
  g_array_unref (self->entries);
  g_hash_table_unref (self->tiles);
  g_array_unref (self->large);
  g_free (self);
}

void
strata_tiles_clear (StrataTiles *self)
{
  g_array_set_size (self->entries, 0);
  g_hash_table_remove_all (self->tiles);
  g_array_set_size (self->large, 0);
  self->search = 0;
}

static gpointer
get_key (int column,
         int row)
{
  return GUINT_TO_POINTER (((guint) column & 0xffff) << 16 | ((guint) row & 0xffff));
}

static void
get_span (const graphene_rect_t *area,
          int                    span[4])
{
  span[0] = (int) floor (area->origin.x / TILE_SIZE);
  span[1] = (int) floor ((area->origin.x + area->size.width) / TILE_SIZE);
  span[2] = (int) floor (area->origin.y / TILE_SIZE);
  span[3] = (int) floor ((area->origin.y + area->size.height) / TILE_SIZE);
}

static gboolean
is_large (const int span[4])
{
  return ((gint64) span[1] - span[0] + 1) * ((gint64) span[3] - span[2] + 1) > MOST_TILES;
}

/**
 * strata_tiles_add: (skip)
 * @area: where something lies
 * @data: what strata_tiles_find() shall tell
 */
void
strata_tiles_add (StrataTiles           *self,
                  const graphene_rect_t *area,
                  gpointer               data)
{
  Entry entry = { *area, data, 0 };
  guint number = self->entries->len;
  int span[4];

  g_array_append_val (self->entries, entry);
  get_span (area, span);
  if (is_large (span))
    {
      g_array_append_val (self->large, number);
      return;
    }
  for (int row = span[2]; row <= span[3]; row++)
    for (int column = span[0]; column <= span[1]; column++)
      {
        GArray *numbers = g_hash_table_lookup (self->tiles, get_key (column, row));

        if (numbers == NULL)
          {
            numbers = g_array_new (FALSE, FALSE, sizeof (guint));
            g_hash_table_insert (self->tiles, get_key (column, row), numbers);
          }
        g_array_append_val (numbers, number);
      }
}

/* Whether they share a point, be it of an edge: straight wires are no area. */
static gboolean
touch (const graphene_rect_t *a,
       const graphene_rect_t *b)
{
  return a->origin.x <= b->origin.x + b->size.width && b->origin.x <= a->origin.x + a->size.width &&
         a->origin.y <= b->origin.y + b->size.height && b->origin.y <= a->origin.y + a->size.height;
}

static void
visit (StrataTiles           *self,
       GArray                *numbers,
       const graphene_rect_t *area,
       GArray                *hits)
{
  for (guint i = 0; numbers != NULL && i < numbers->len; i++)
    {
      guint number = g_array_index (numbers, guint, i);
      Entry *entry = &g_array_index (self->entries, Entry, number);

      if (entry->search == self->search)
        continue;
      entry->search = self->search;
      if (touch (&entry->area, area))
        g_array_append_val (hits, number);
    }
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  guint first = *(const guint *) a, second = *(const guint *) b;

  return first < second ? -1 : first > second;
}

/**
 * strata_tiles_find: (skip)
 * @area: where to look
 * @found: what touches @area is appended here, in the order of strata_tiles_add()
 */
void
strata_tiles_find (StrataTiles           *self,
                   const graphene_rect_t *area,
                   GPtrArray             *found)
{
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (guint));
  int span[4];

  self->search++;
  get_span (area, span);
  if (is_large (span))
    {
      for (guint i = 0; i < self->entries->len; i++)
        if (touch (&g_array_index (self->entries, Entry, i).area, area))
          g_ptr_array_add (found, g_array_index (self->entries, Entry, i).data);
      return;
    }
  for (int row = span[2]; row <= span[3]; row++)
    for (int column = span[0]; column <= span[1]; column++)
      visit (self, g_hash_table_lookup (self->tiles, get_key (column, row)), area, hits);
  visit (self, self->large, area, hits);
  g_array_sort (hits, compare);
  for (guint i = 0; i < hits->len; i++)
    g_ptr_array_add (found, g_array_index (self->entries, Entry, g_array_index (hits, guint, i)).data);
}
