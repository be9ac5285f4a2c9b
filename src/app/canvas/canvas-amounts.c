/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>

#include "canvas/canvas-private.h"

/*
 * How much there is, on demand: wires are as thick as what flows in them, and a bar on each card is as long as its part
 * of the parameters of the largest one. Cards themselves keep their size, or ports and neighbours would move with data.
 */

/* From where a thousand values flow, wires grow with each tenfold. */
#define THIN_VALUES 100.0

/**
 * strata_canvas_get_thickness: (skip)
 *
 * Returns: how many times as wide as others a wire is, by how many values of a sample it carries
 */
guint
strata_canvas_get_thickness (StrataCanvas  *self,
                             StrataDocWire *wire)
{
  const StrataSpec *spec = self->amounts ? strata_doc_wire_get_spec (wire) : NULL;
  double n_values = 1;

  for (int i = 1; spec != NULL && i < spec->shape.rank; i++)
    n_values *= MAX (spec->shape.dims[i], 1);
  return (guint) CLAMP (round (2 * log10 (n_values / THIN_VALUES)), 1, STRATA_MOST_THICKNESS);
}

/**
 * strata_canvas_update_shares: (skip)
 *
 * Tells the cards of what is looked into how long their bars are.
 */
void
strata_canvas_update_shares (StrataCanvas *self)
{
  g_autoptr (GPtrArray) units = strata_canvas_dup_units (self);
  gint64 most = 0;

  for (guint i = 0; i < units->len; i++)
    most = MAX (most, strata_doc_node_get_n_params (g_ptr_array_index (units, i)));
  for (guint i = 0; i < units->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (units, i);
      gint64 n_params = strata_doc_node_get_n_params (node);

      strata_node_widget_set_share (strata_canvas_get_card (self, node),
                                    self->amounts ? (most > 0 ? MAX (n_params, 0) / (double) most : 0) : -1);
    }
}

gboolean
strata_canvas_get_amounts (StrataCanvas *self)
{
  return self->amounts;
}

/**
 * strata_canvas_set_amounts:
 * @amounts: whether wires are as thick as much flows in them, and cards have bars for their parameters
 */
void
strata_canvas_set_amounts (StrataCanvas *self,
                           gboolean      amounts)
{
  self->amounts = amounts;
  strata_canvas_update_shares (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
