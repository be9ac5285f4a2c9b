/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n.h>

#include "document/arrange.h"
#include "document/document-private.h"
#include "document/node-private.h"

/* What stays free between what is arranged and what is not, and how far is looked for a place. */
#define APART 16
#define STEP 8
#define MOST_STEPS 1000

/* Some of the units that one sees together, which are arranged, and the others, which stay where they are. */
typedef struct
{
  StrataDocument *document;
  GPtrArray *some;
  gboolean downward;
  GPtrArray *others;
  GHashTable *chosen;   /* the former, to be looked up */
} Part;

static void
part_clear (Part *self)
{
  g_ptr_array_unref (self->others);
  g_hash_table_unref (self->chosen);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Part, part_clear)

static StrataDocNode *
get_scope (Part *self)
{
  return self->some->len > 0 ? ((StrataDocNode *) g_ptr_array_index (self->some, 0))->group : NULL;
}

/* Beginning with the others. */
static GPtrArray *
dup_all (Part *self)
{
  GPtrArray *all = g_ptr_array_new ();

  g_ptr_array_extend (all, self->others, NULL, NULL);
  g_ptr_array_extend (all, self->some, NULL, NULL);
  return all;
}

static void
part_init (Part           *self,
           StrataDocument *document,
           GPtrArray      *some)
{
  g_autoptr (GPtrArray) units = NULL;

  self->document = document;
  self->some = some;
  self->downward = strata_document_flows_down (document);
  self->chosen = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < some->len; i++)
    g_hash_table_add (self->chosen, g_ptr_array_index (some, i));
  units = strata_document_dup_units (document, get_scope (self));
  self->others = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < units->len; i++)
    if (!g_hash_table_contains (self->chosen, g_ptr_array_index (units, i)))
      g_ptr_array_add (self->others, g_object_ref (g_ptr_array_index (units, i)));
}

/* Whether anything would lie on one of the others, were it moved so far from its place. */
static gboolean
hits_others (Part         *self,
             const double *positions,
             double        dx,
             double        dy)
{
  for (guint i = 0; i < self->some->len; i++)
    for (guint j = 0; j < self->others->len; j++)
      {
        StrataDocNode *unit = g_ptr_array_index (self->some, i), *other = g_ptr_array_index (self->others, j);
        double x = positions[2 * i] + dx, y = positions[2 * i + 1] + dy;

        if (x < other->x + STRATA_DOC_NODE_WIDTH + APART && other->x < x + STRATA_DOC_NODE_WIDTH + APART &&
            y < other->y + strata_doc_node_get_height (other) + APART &&
            other->y < y + strata_doc_node_get_height (unit) + APART)
          return TRUE;
      }
  return FALSE;
}

static void
move (Part   *self,
      double *positions,
      double  dx,
      double  dy)
{
  for (guint i = 0; i < self->some->len; i++)
    {
      positions[2 * i] += dx;
      positions[2 * i + 1] += dy;
    }
}

static gboolean
is_neighbour (Part          *self,
              StrataDocNode *other)
{
  StrataDocNode *scope = get_scope (self);

  for (guint i = 0; i < self->document->wires->len; i++)
    {
      StrataDocWire *wire = g_ptr_array_index (self->document->wires, i);
      StrataDocNode *from = strata_doc_node_get_unit (strata_doc_wire_get_from (wire), scope);
      StrataDocNode *to = strata_doc_node_get_unit (strata_doc_wire_get_to (wire), scope);

      if ((from == other && g_hash_table_contains (self->chosen, to)) ||
          (to == other && g_hash_table_contains (self->chosen, from)))
        return TRUE;
    }
  return FALSE;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return (first > second) - (first < second);
}

/* How far those that are wired to what is arranged lie from where a layout of all has them: the middle of that. */
static gboolean
find_offset (Part         *self,
             const double *positions,
             double       *dx,
             double       *dy)
{
  g_autoptr (GArray) across = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) along = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < self->others->len; i++)
    {
      StrataDocNode *other = g_ptr_array_index (self->others, i);
      double x = other->x - positions[2 * i], y = other->y - positions[2 * i + 1];

      if (!is_neighbour (self, other))
        continue;
      g_array_append_val (across, x);
      g_array_append_val (along, y);
    }
  if (across->len == 0)
    return FALSE;
  g_array_sort (across, compare);
  g_array_sort (along, compare);
  *dx = g_array_index (across, double, across->len / 2);
  *dy = g_array_index (along, double, along->len / 2);
  return TRUE;
}

/* Between the others, as a layout of all would have it, where there is room for that. */
static double *
lay_out_between (Part *self)
{
  g_autoptr (GPtrArray) all = dup_all (self);
  g_autofree double *positions = strata_arrange_layout (self->document, all, self->downward, TRUE);
  double dx, dy;

  if (!find_offset (self, positions, &dx, &dy) ||
      hits_others (self, positions + 2 * self->others->len, dx, dy))
    return NULL;
  move (self, positions + 2 * self->others->len, dx, dy);
  return g_memdup2 (positions + 2 * self->others->len, 2 * self->some->len * sizeof (double));
}

/* By itself, with its upper left corner where it was, or beside the others where they are in the way. */
static double *
lay_out_alone (Part *self)
{
  double *positions = strata_arrange_layout (self->document, self->some, self->downward, FALSE);
  double x = G_MAXDOUBLE, y = G_MAXDOUBLE, new_x = G_MAXDOUBLE, new_y = G_MAXDOUBLE;

  for (guint i = 0; i < self->some->len; i++)
    {
      StrataDocNode *unit = g_ptr_array_index (self->some, i);

      x = MIN (x, unit->x);
      y = MIN (y, unit->y);
      new_x = MIN (new_x, positions[2 * i]);
      new_y = MIN (new_y, positions[2 * i + 1]);
    }
  for (int i = 0; i < MOST_STEPS; i++)
    {
      int aside = (i + 1) / 2 * (i % 2 == 1 ? STEP : -STEP);
      double dx = x - new_x + (self->downward ? aside : 0), dy = y - new_y + (self->downward ? 0 : aside);

      if (hits_others (self, positions, dx, dy) && i + 1 < MOST_STEPS)
        continue;
      move (self, positions, dx, dy);
      break;
    }
  return positions;
}

/**
 * strata_document_arrange_some:
 * @nodes: (element-type StrataDocNode): nodes and groups that one sees together
 *
 * Lays out some by the flow of data, as one step. All others stay where they are, and nothing comes to lie on them.
 */
void
strata_document_arrange_some (StrataDocument *self,
                              GPtrArray      *nodes)
{
  g_auto (Part) part = { 0 };
  g_autofree double *positions = NULL;

  part_init (&part, self, nodes);
  positions = lay_out_between (&part);
  if (positions == NULL)
    positions = lay_out_alone (&part);
  strata_document_end_coalescing (self);
  strata_document_begin_group (self, _("Arrange"));
  strata_document_place_nodes (self, nodes, positions);
  strata_document_end_group (self);
  strata_document_end_coalescing (self);
}
