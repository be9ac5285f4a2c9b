/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/arrange.h"

#include <glib/gi18n.h>

#include "base/json.h"
#include "document/document-private.h"
#include "document/node-private.h"
#include "document/note-private.h"

#define SWEEPS 8

/*
 * A layered layout (Sugiyama): each node in the column after the last that leads to it; within
 * columns, nodes are ordered by the middle of their neighbours, sweeping to and fro so that few
 * wires cross; then each comes to lie as near to that middle as the others allow.
 */
typedef struct
{
  guint layer;
  double order;         /* among those of the layer, while sorting */
  double place;         /* across the flow, in rows */
  GArray *before, *after;       /* indices of neighbours */
} Cell;

typedef struct
{
  Cell *cells;
  guint n_cells;
  GPtrArray *layers;    /* of GArray of indices, in order */
} Grid;

static void
grid_clear (Grid *self)
{
  for (guint i = 0; i < self->n_cells; i++)
    {
      g_array_unref (self->cells[i].before);
      g_array_unref (self->cells[i].after);
    }
  g_free (self->cells);
  g_ptr_array_unref (self->layers);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Grid, grid_clear)

static GHashTable *
number_nodes (GPtrArray *nodes)
{
  GHashTable *numbers = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < nodes->len; i++)
    g_hash_table_insert (numbers, g_ptr_array_index (nodes, i), GUINT_TO_POINTER (i));
  return numbers;
}

static gboolean
find_number (GHashTable    *numbers,
             StrataDocNode *node,
             StrataDocNode *scope,
             guint         *number)
{
  StrataDocNode *unit = strata_doc_node_get_unit (node, scope);
  gpointer value;

  if (unit == NULL || !g_hash_table_lookup_extended (numbers, unit, NULL, &value))
    return FALSE;
  *number = GPOINTER_TO_UINT (value);
  return TRUE;
}

static void
grid_link (Grid           *self,
           StrataDocument *document,
           StrataDocNode  *scope,
           GHashTable     *numbers)
{
  for (guint i = 0; i < document->wires->len; i++)
    {
      StrataDocWire *wire = g_ptr_array_index (document->wires, i);
      guint from, to;

      if (!find_number (numbers, strata_doc_wire_get_from (wire), scope, &from) ||
          !find_number (numbers, strata_doc_wire_get_to (wire), scope, &to) || from == to)
        continue;
      g_array_append_val (self->cells[from].after, to);
      g_array_append_val (self->cells[to].before, from);
    }
}

static void
grid_assign_layers (Grid           *self,
                    StrataDocument *document,
                    StrataDocNode  *scope,
                    GHashTable     *numbers)
{
  g_autoptr (GPtrArray) sorted = strata_document_dup_sorted_units (document, scope, NULL);
  guint n_layers = 0;

  for (guint i = 0; i < sorted->len; i++)
    {
      Cell *cell;
      guint number;

      if (!find_number (numbers, g_ptr_array_index (sorted, i), scope, &number))
        continue;
      cell = &self->cells[number];
      for (guint j = 0; j < cell->before->len; j++)
        cell->layer = MAX (cell->layer, self->cells[g_array_index (cell->before, guint, j)].layer + 1);
      n_layers = MAX (n_layers, cell->layer + 1);
    }

  /* Inputs and the like stand right before what they feed. */
  for (guint i = 0; i < self->n_cells; i++)
    {
      Cell *cell = &self->cells[i];
      guint nearest = G_MAXUINT;

      if (cell->before->len > 0 || cell->after->len == 0)
        continue;
      for (guint j = 0; j < cell->after->len; j++)
        nearest = MIN (nearest, self->cells[g_array_index (cell->after, guint, j)].layer);
      cell->layer = MAX (nearest, 1) - 1;
    }

  for (guint i = 0; i < n_layers; i++)
    g_ptr_array_add (self->layers, g_array_new (FALSE, FALSE, sizeof (guint)));
  for (guint i = 0; i < self->n_cells; i++)
    g_array_append_val ((GArray *) g_ptr_array_index (self->layers, self->cells[i].layer), i);
}

static int compare (gconstpointer a, gconstpointer b, gpointer user_data);

static void
grid_init (Grid           *self,
           StrataDocument *document,
           GPtrArray      *units,
           gboolean        downward)
{
  g_autoptr (GHashTable) numbers = number_nodes (units);
  StrataDocNode *scope = units->len > 0 ? ((StrataDocNode *) g_ptr_array_index (units, 0))->group : NULL;

  self->n_cells = units->len;
  self->cells = g_new0 (Cell, self->n_cells);
  self->layers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  for (guint i = 0; i < self->n_cells; i++)
    {
      StrataDocNode *unit = g_ptr_array_index (units, i);

      self->cells[i].before = g_array_new (FALSE, FALSE, sizeof (guint));
      self->cells[i].after = g_array_new (FALSE, FALSE, sizeof (guint));
      /* What was left of another stays so where nothing speaks against it. */
      self->cells[i].order = downward ? unit->x : unit->y;
    }
  grid_link (self, document, scope, numbers);
  grid_assign_layers (self, document, scope, numbers);
  for (guint i = 0; i < self->layers->len; i++)
    {
      GArray *layer = g_ptr_array_index (self->layers, i);

      g_array_sort_with_data (layer, compare, self->cells);
      for (guint j = 0; j < layer->len; j++)
        self->cells[g_array_index (layer, guint, j)].place = j - (layer->len - 1) / 2.0;
    }
}

static double
get_middle (Grid   *self,
            GArray *neighbours,
            double  fallback)
{
  double sum = 0;

  for (guint i = 0; i < neighbours->len; i++)
    sum += self->cells[g_array_index (neighbours, guint, i)].place;
  return neighbours->len > 0 ? sum / neighbours->len : fallback;
}

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      user_data)
{
  Cell *cells = user_data;
  guint i = *(const guint *) a, j = *(const guint *) b;

  if (cells[i].order != cells[j].order)
    return cells[i].order < cells[j].order ? -1 : 1;
  return i < j ? -1 : 1;
}

/* Puts a sorted layer's nodes where they want to be, at least a row apart: runs that want the same place share it. */
static void
grid_place (Grid   *self,
            GArray *layer)
{
  g_autofree double *sums = g_new (double, layer->len);
  g_autofree guint *counts = g_new (guint, layer->len);
  guint n_runs = 0, next = 0;

  for (guint i = 0; i < layer->len; i++)
    {
      /* Relative to its rank, each wants a place; runs out of order are merged into their mean. */
      sums[n_runs] = self->cells[g_array_index (layer, guint, i)].order - i;
      counts[n_runs++] = 1;
      while (n_runs > 1 && sums[n_runs - 2] / counts[n_runs - 2] >= sums[n_runs - 1] / counts[n_runs - 1])
        {
          sums[n_runs - 2] += sums[n_runs - 1];
          counts[n_runs - 2] += counts[n_runs - 1];
          n_runs--;
        }
    }
  for (guint run = 0; run < n_runs; run++)
    for (guint i = 0; i < counts[run]; i++, next++)
      self->cells[g_array_index (layer, guint, next)].place = sums[run] / counts[run] + next;
}

static void
grid_sweep (Grid     *self,
            gboolean  forward)
{
  for (guint n = 0; n < self->layers->len; n++)
    {
      GArray *layer = g_ptr_array_index (self->layers, forward ? n : self->layers->len - 1 - n);

      for (guint i = 0; i < layer->len; i++)
        {
          Cell *cell = &self->cells[g_array_index (layer, guint, i)];

          cell->order = get_middle (self, forward ? cell->before : cell->after, cell->place);
        }
      g_array_sort_with_data (layer, compare, self->cells);
      grid_place (self, layer);
    }
}

/* How far from the first each layer begins, and how far apart the nodes of a layer are. */
static double *
grid_measure (Grid      *self,
              GPtrArray *units,
              gboolean   downward,
              double    *pitch)
{
  double *begins = g_new0 (double, self->layers->len + 1), highest = 0;

  for (guint i = 0; i < units->len; i++)
    highest = MAX (highest, strata_doc_node_get_height (g_ptr_array_index (units, i)));
  *pitch = downward ? STRATA_DOC_NODE_WIDTH + STRATA_ARRANGE_BESIDE : highest + STRATA_ARRANGE_BELOW;
  for (guint i = 0; i < self->layers->len; i++)
    {
      GArray *layer = g_ptr_array_index (self->layers, i);
      double length = downward ? 0 : STRATA_DOC_NODE_WIDTH;

      for (guint j = 0; downward && j < layer->len; j++)
        length = MAX (length, strata_doc_node_get_height (g_ptr_array_index (units, g_array_index (layer, guint, j))));
      begins[i + 1] = begins[i] + length + (downward ? STRATA_ARRANGE_BELOW : STRATA_ARRANGE_BESIDE);
    }
  return begins;
}

/* How many wires lead to each layer or past it from what is before. */
static guint *
grid_count_crossings (Grid *self)
{
  guint *crossings = g_new0 (guint, self->layers->len + 1);

  for (guint i = 0; i < self->n_cells; i++)
    for (guint j = 0; j < self->cells[i].after->len; j++)
      {
        guint last = self->cells[g_array_index (self->cells[i].after, guint, j)].layer;

        for (guint layer = self->cells[i].layer + 1; layer <= last; layer++)
          crossings[layer]++;
      }
  return crossings;
}

/* The first and the last place that is taken in some layers. */
static void
grid_get_breadth (Grid   *self,
                  guint   first,
                  guint   end,
                  double *low,
                  double *high)
{
  *low = G_MAXDOUBLE;
  *high = -G_MAXDOUBLE;
  for (guint i = first; i < end; i++)
    {
      GArray *layer = g_ptr_array_index (self->layers, i);

      for (guint j = 0; j < layer->len; j++)
        {
          double place = self->cells[g_array_index (layer, guint, j)].place;

          *low = MIN (*low, place);
          *high = MAX (*high, place);
        }
    }
}

/* Moves the layers of each line to its place: along the flow by what is added to @begins, across it in places. */
static void
grid_wrap (Grid   *self,
           double *begins,
           double  pitch,
           double  lane)
{
  g_autofree guint *crossings = grid_count_crossings (self);
  guint n_layers = self->layers->len;
  double low, high, next = 0;
  g_autoptr (GArray) lines = NULL;

  grid_get_breadth (self, 0, n_layers, &low, &high);
  lines = strata_arrange_wrap (begins, crossings, n_layers, (high - low + 1) * pitch + lane);
  for (guint i = 0; i < lines->len; i++)
    {
      guint first = g_array_index (lines, guint, i);
      guint end = i + 1 < lines->len ? g_array_index (lines, guint, i + 1) : n_layers;
      double begin = begins[first];

      grid_get_breadth (self, first, end, &low, &high);
      for (guint j = first; j < end; j++)
        {
          GArray *layer = g_ptr_array_index (self->layers, j);

          begins[j] -= begin;
          for (guint k = 0; k < layer->len; k++)
            self->cells[g_array_index (layer, guint, k)].place += next - low;
        }
      next += high - low + 1 + lane / pitch;
    }
}

/**
 * strata_arrange_layout: (skip)
 * @units: (element-type StrataDocNode): nodes and groups that one sees together
 * @downward: whether data flows from top to bottom rather than from left to right
 * @wraps: whether what is very long is laid out in several lines
 *
 * Returns: (transfer full): x and y for each of @units, the same for the same network
 */
double *
strata_arrange_layout (StrataDocument *document,
                       GPtrArray      *units,
                       gboolean        downward,
                       gboolean        wraps)
{
  g_auto (Grid) grid = { 0 };
  double *positions = g_new (double, MAX (2 * units->len, 1));
  g_autofree double *begins = NULL;
  double first = G_MAXDOUBLE, pitch;

  grid_init (&grid, document, units, downward);
  for (guint i = 0; i < SWEEPS; i++)
    grid_sweep (&grid, i % 2 == 0);
  begins = grid_measure (&grid, units, downward, &pitch);
  if (wraps && units->len > 0)
    grid_wrap (&grid, begins, pitch, STRATA_ARRANGE_LANE);
  for (guint i = 0; i < grid.n_cells; i++)
    first = MIN (first, grid.cells[i].place);
  for (guint i = 0; i < grid.n_cells; i++)
    {
      double along = begins[grid.cells[i].layer], across = (grid.cells[i].place - first) * pitch;

      /* Onto the grid of 8 pixels. */
      positions[2 * i] = 8 * (gint64) ((downward ? across : along) / 8 + 0.5);
      positions[2 * i + 1] = 8 * (gint64) ((downward ? along : across) / 8 + 0.5);
    }
  return positions;
}

/**
 * strata_document_flows_down: (skip)
 *
 * Returns: whether what follows lies below, not beside
 */
gboolean
strata_document_flows_down (StrataDocument *self)
{
  JsonNode *view = strata_document_get_setting (self, "view");

  return view == NULL || !JSON_NODE_HOLDS_OBJECT (view) ||
         g_strcmp0 (strata_json_get_string (json_node_get_object (view), "flow", "down"), "down") == 0;
}

/**
 * strata_document_arrange:
 *
 * Lays out by the flow of data what is looked into, as one step.
 */
void
strata_document_arrange (StrataDocument *self)
{
  g_autoptr (GPtrArray) units = strata_document_dup_units (self, self->place);
  g_autofree double *positions = strata_arrange_layout (self, units, strata_document_flows_down (self), TRUE);

  g_autoptr (GHashTable) held = strata_document_survey_frames (self, self->place);

  strata_document_end_coalescing (self);
  strata_document_begin_group (self, _("Arrange"));
  strata_document_place_nodes (self, units, positions);
  strata_document_fit_frames (self, held);
  strata_document_end_group (self);
  strata_document_end_coalescing (self);
}

/**
 * strata_document_arrange_first:
 *
 * Lays out anew what was laid out when the document was opened, now that cards have told how high they are. No step,
 * and nothing where places were chosen by somebody or something was done since.
 */
void
strata_document_arrange_first (StrataDocument *self)
{
  if (!self->unplaced || strata_undo_get_undo_label (self->undo) != NULL ||
      strata_undo_get_redo_label (self->undo) != NULL)
    return;
  self->unplaced = FALSE;
  strata_document_arrange (self);
  strata_undo_clear (self->undo);
  strata_document_mark_saved (self, strata_document_get_mark (self));
}
