/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "callbacks/frequency.h"

/**
 * strata_frequency_parse: (skip)
 * @name: the parameter's name
 * @node: "epoch", "batch" or a number
 */
gboolean
strata_frequency_parse (StrataFrequency  *self,
                        const char       *name,
                        JsonNode         *node,
                        GError          **error)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type == G_TYPE_STRING && g_str_equal (json_node_get_string (node), "epoch"))
    self->batches = 0;
  else if (type == G_TYPE_STRING && g_str_equal (json_node_get_string (node), "batch"))
    self->batches = 1;
  else if (type == G_TYPE_INT64 && json_node_get_int (node) > 0)
    self->batches = json_node_get_int (node);
  else
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "%s must be “epoch” or a number of batches", name);
      return FALSE;
    }
  return TRUE;
}

void
strata_frequency_begin (StrataFrequency *self)
{
  self->seen = 0;
  self->last = -1;
}

/**
 * strata_frequency_is_due: (skip)
 * @batch: the batch that has ended, from 0 in each epoch
 *
 * Returns: whether enough batches have passed since the last time
 */
gboolean
strata_frequency_is_due (StrataFrequency *self,
                         gint64           batch)
{
  if (self->batches == 0)
    return FALSE;
  self->seen += batch <= self->last ? batch + 1 : batch - self->last;
  self->last = batch;
  if (self->seen < self->batches)
    return FALSE;
  self->seen = 0;
  return TRUE;
}
