/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n.h>
#include <string.h>

#include "document/document-private.h"
#include "document/node-private.h"

/*
 * Finding the blocks of a network: what lies between two layers that everything must pass through, where the data
 * takes several ways. Residual and inception blocks are of this kind.
 */
typedef struct
{
  StrataDocument *document;
  StrataDocNode *scope;
  GPtrArray *order;     /* units, each after all that lead to it */
  GHashTable *numbers;  /* unit -> place in order */
} Blocks;

static void
blocks_clear (Blocks *self)
{
  g_clear_pointer (&self->order, g_ptr_array_unref);
  g_clear_pointer (&self->numbers, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Blocks, blocks_clear)

static void
blocks_init (Blocks         *self,
             StrataDocument *document)
{
  self->document = document;
  self->scope = document->place;
  self->order = strata_document_dup_sorted_units (document, self->scope, NULL);
  self->numbers = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < self->order->len; i++)
    g_hash_table_insert (self->numbers, g_ptr_array_index (self->order, i), GUINT_TO_POINTER (i));
}

/* For each place, how many wires lead from before it to behind it. */
static guint *
count_passing (Blocks *self)
{
  guint *passing = g_new0 (guint, self->order->len + 1);
  const GPtrArray *wires = self->document->wires;

  for (guint i = 0; i < wires->len; i++)
    {
      StrataDocNode *from = strata_doc_node_get_unit (strata_doc_wire_get_from (g_ptr_array_index (wires, i)),
                                                      self->scope);
      StrataDocNode *to = strata_doc_node_get_unit (strata_doc_wire_get_to (g_ptr_array_index (wires, i)), self->scope);
      guint first, last;

      if (from == NULL || to == NULL || from == to)
        continue;
      first = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, from));
      last = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, to));
      for (guint place = first + 1; place < last; place++)
        passing[place]++;
    }
  return passing;
}

static gboolean
is_activation (StrataDocNode *node)
{
  const StrataLayerInfo *info = node->is_group ? NULL : strata_doc_node_get_info (node);

  return info != NULL && g_strcmp0 (info->object.category, "Activation") == 0;
}

/* What the names of all have in common, such as "conv2_block1". */
static char *
choose_name (GPtrArray *members)
{
  char *common = g_strdup (strata_doc_node_get_name (g_ptr_array_index (members, 0)));
  char *underscore;

  for (guint i = 1; i < members->len; i++)
    {
      const char *name = strata_doc_node_get_name (g_ptr_array_index (members, i));
      gsize same = 0;

      while (common[same] != '\0' && common[same] == name[same])
        same++;
      common[same] = '\0';
    }
  underscore = strrchr (common, '_');
  if (underscore != NULL)
    *underscore = '\0';
  else
    *common = '\0';
  if (*common != '\0')
    return common;
  g_free (common);
  return g_strdup ("block");
}

static gboolean
fold (Blocks *self,
      guint   first,
      guint   last)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new ();
  g_autofree char *name = NULL;

  for (guint i = first; i <= last; i++)
    g_ptr_array_add (members, g_ptr_array_index (self->order, i));
  name = choose_name (members);
  return strata_document_group (self->document, members, name, NULL) != NULL;
}

/**
 * strata_document_fold_blocks:
 *
 * Groups each block in which the data takes several ways, in what is looked into, and arranges what is left, as one
 * step.
 * Returns: how many blocks there were
 */
guint
strata_document_fold_blocks (StrataDocument *self)
{
  g_auto (Blocks) blocks = { NULL };
  g_autofree guint *passing = NULL;
  guint n_folded = 0, before = 0;

  blocks_init (&blocks, self);
  passing = count_passing (&blocks);
  strata_document_begin_group (self, _("Fold blocks"));
  for (guint place = 1; place < blocks.order->len; place++)
    {
      guint last = place;

      if (passing[place] > 0)
        continue;
      /* Everything passes here, as it does at the place before. Are there several ways between? */
      if (place - before < 2)
        {
          before = place;
          continue;
        }
      while (last + 1 < blocks.order->len && passing[last + 1] == 0 &&
             is_activation (g_ptr_array_index (blocks.order, last + 1)))
        last++;
      n_folded += fold (&blocks, before + 1, last);
      place = before = last;
    }
  if (n_folded > 0)
    strata_document_arrange (self);
  strata_document_end_group (self);
  return n_folded;
}
