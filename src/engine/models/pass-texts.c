/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "models/model-private.h"
#include "ops/shown-texts.h"
#include "ops/text.h"

/*
 * Texts of which nobody said how many words they are to have become rows as long as the longest of a batch, as in
 * Keras. A program has fixed shapes, so it is recorded for the texts of a batch, and used again for others that are as
 * long.
 */

/* The texts of the next samples; they belong to the source. */
static const char **
dup_texts (const StrataFeed  *feed,
           guint              array,
           const StrataValue *input)
{
  g_autofree const char **texts = NULL;

  if (feed->next == NULL || input->dtype != STRATA_STRING)
    return NULL;
  texts = g_new0 (const char *, MAX (strata_shape_get_size (&input->shape), 1));
  return strata_source_fill (feed->x, array, feed->next, input->shape.dims[0], STRATA_STRING, texts, NULL)
         ? g_steal_pointer (&texts) : NULL;
}

/**
 * strata_pass_show_texts: (skip)
 *
 * Lets what is recorded see the texts of the inputs, until strata_pass_note_texts().
 */
void
strata_pass_show_texts (StrataPass       *self,
                        const StrataFeed *feed,
                        StrataBuilder    *b)
{
  for (guint i = 0; i < self->x->len; i++)
    {
      StrataValue *input = g_ptr_array_index (self->x, i);

      strata_builder_show_texts (b, input, dup_texts (feed, i, input));
    }
}

/**
 * strata_pass_note_texts: (skip)
 *
 * Notes which shapes followed from the texts.
 */
void
strata_pass_note_texts (StrataPass    *self,
                        StrataBuilder *b)
{
  const GPtrArray *nodes = strata_builder_get_nodes (b);

  for (guint i = 0; i < nodes->len; i++)
    if (strata_split_tokens_is_open (g_ptr_array_index (nodes, i)))
      g_ptr_array_add (self->open, g_ptr_array_index (nodes, i));
  strata_builder_hide_texts (b);
}

/**
 * strata_pass_fits_texts: (skip)
 *
 * Returns: whether the next texts have the lengths that the pass was made for
 */
gboolean
strata_pass_fits_texts (const StrataPass *self,
                        const StrataFeed *feed)
{
  for (guint i = 0; i < self->open->len; i++)
    {
      const StrataNode *node = g_ptr_array_index (self->open, i);
      g_autofree const char **texts = NULL;
      guint array;

      if (!g_ptr_array_find (self->x, node->inputs[0], &array))
        return FALSE;
      texts = dup_texts (feed, array, node->inputs[0]);
      if (texts == NULL || !strata_split_tokens_fits (node, texts))
        return FALSE;
    }
  return TRUE;
}
