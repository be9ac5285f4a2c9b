/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n.h>

#include "canvas/canvas-private.h"
#include "widgets/words.h"

static void
mark_target (StrataCanvas    *self,
             StrataPortState  state)
{
  StrataNodeWidget *card = self->ghost.has_target ? strata_canvas_get_card (self, self->ghost.target.node) : NULL;

  if (card != NULL)
    strata_node_widget_set_port (card, state != STRATA_PORT_IDLE ? &self->ghost.target : NULL, state);
}

/**
 * strata_canvas_begin_wire: (skip)
 * @from: the port that one end stays at
 * @detached: (nullable): the wire whose other end is taken
 *
 * Begins to wire. Works without holding a button, too: it goes on until the next click or Escape.
 */
void
strata_canvas_begin_wire (StrataCanvas     *self,
                          const StrataPort *from,
                          StrataDocWire    *detached)
{
  strata_canvas_cancel_wire (self);
  self->ghost.active = TRUE;
  self->ghost.from = *from;
  self->ghost.detached = detached;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "crosshair");
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
strata_canvas_cancel_wire (StrataCanvas *self)
{
  if (!self->ghost.active)
    return;

  mark_target (self, STRATA_PORT_IDLE);
  g_free (self->ghost.reason);
  g_free (self->ghost.result);
  self->ghost = (StrataGhost){ FALSE };
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
is_taken (StrataCanvas  *self,
          StrataDocNode *node,
          guint          input)
{
  const GPtrArray *wires = strata_doc_node_get_wires (node, TRUE);
  const StrataDocEntry *entry = strata_doc_node_get_entry (node, input);

  if (entry != NULL)
    return entry->source.node != NULL;
  for (guint i = 0; i < wires->len; i++)
    {
      StrataDocWire *wire = g_ptr_array_index (wires, i);

      if (strata_doc_wire_get_to_port (wire) == input && wire != self->ghost.detached)
        return !strata_doc_node_takes_list (node, input);
    }
  return FALSE;
}

/* The port that is meant by a card as a whole: the first that is free. */
static gboolean
choose_port (StrataCanvas  *self,
             StrataDocNode *node,
             gboolean       output,
             StrataPort    *port)
{
  guint n = output ? strata_doc_node_get_n_outputs (node) : strata_doc_node_get_n_inputs (node);

  *port = (StrataPort){ node, output, 0 };
  if (output)
    return n > 0;
  for (guint i = 0; i < n; i++)
    if (!is_taken (self, node, i))
      {
        port->index = i;
        break;
      }
  /* Of a node that takes nothing, the document tells why; a group has no port then. */
  return n > 0 || !strata_doc_node_is_group (node);
}

/* The ports that stand behind those of groups. */
static void
get_ends (const StrataPort *output,
          const StrataPort *input,
          StrataDocEnd     *from,
          StrataDocEnd     *to)
{
  const StrataDocEnd *exit = strata_doc_node_get_exit (output->node, output->index);
  const StrataDocEntry *entry = strata_doc_node_get_entry (input->node, input->index);

  *from = exit != NULL ? *exit : (StrataDocEnd){ output->node, output->index };
  *to = entry != NULL ? entry->inner : (StrataDocEnd){ input->node, input->index };
}

static void
check_target (StrataCanvas *self)
{
  StrataGhost *ghost = &self->ghost;
  const StrataPort *output = ghost->from.output ? &ghost->from : &ghost->target;
  const StrataPort *input = ghost->from.output ? &ghost->target : &ghost->from;
  g_autoptr (GError) error = NULL;
  StrataDocEnd from, to;
  StrataSpec result;
  gboolean is_known;

  g_clear_pointer (&ghost->reason, g_free);
  get_ends (output, input, &from, &to);
  g_clear_pointer (&ghost->result, g_free);
  ghost->fits = strata_document_try_wire (self->document, from.node, from.port, to.node, to.port, &result,
                                          &is_known, &error);
  if (ghost->fits && is_known && to.node == input->node)
    {
      g_autofree char *shape = strata_words_shape (&result.shape);

      /* Translators: a wire can be connected, and this shape is what its layer would make of it */
      ghost->result = g_strdup_printf (_("Fits: makes %s"), shape);
    }
  if (error != NULL)
    ghost->reason = g_strdup (error->message);
}

static void
aim_at (StrataCanvas     *self,
        const StrataPort *target)
{
  StrataGhost *ghost = &self->ghost;

  if (target != NULL && ghost->has_target && strata_port_equal (target, &ghost->target))
    return;

  mark_target (self, STRATA_PORT_IDLE);
  ghost->has_target = target != NULL;
  if (target != NULL)
    {
      ghost->target = *target;
      check_target (self);
      mark_target (self, ghost->fits ? STRATA_PORT_FITS : STRATA_PORT_FAILS);
    }
  else
    {
      g_clear_pointer (&ghost->reason, g_free);
      g_clear_pointer (&ghost->result, g_free);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static guint
count_ports (StrataDocNode *node,
             gboolean       output)
{
  return MAX (output ? strata_doc_node_get_n_outputs (node) : strata_doc_node_get_n_inputs (node), 1);
}

/**
 * strata_canvas_aim_wire_at: (skip)
 *
 * Leads the wire that is being made to a card, as by keyboard.
 */
void
strata_canvas_aim_wire_at (StrataCanvas  *self,
                           StrataDocNode *node)
{
  StrataPort port;

  if (!self->ghost.active)
    return;
  if (node != self->ghost.from.node && choose_port (self, node, !self->ghost.from.output, &port))
    aim_at (self, &port);
  else
    aim_at (self, NULL);
}

/**
 * strata_canvas_next_port: (skip)
 * @node: where the wire that is being made begins, or what it is led to
 *
 * Takes the next port of a card for the wire that is being made.
 */
void
strata_canvas_next_port (StrataCanvas  *self,
                         StrataDocNode *node)
{
  StrataGhost *ghost = &self->ghost;
  StrataPort target;

  if (!ghost->active)
    return;
  if (node == ghost->from.node)
    ghost->from.index = (ghost->from.index + 1) % count_ports (node, ghost->from.output);
  else if (!ghost->has_target || ghost->target.node != node)
    strata_canvas_aim_wire_at (self, node);
  if (ghost->has_target && ghost->target.node == node)
    {
      target = ghost->target;
      target.index = (target.index + 1) % count_ports (node, target.output);
      aim_at (self, &target);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * strata_canvas_aim_wire: (skip)
 *
 * Leads the wire that is being made to a point of the widget.
 */
void
strata_canvas_aim_wire (StrataCanvas *self,
                        double        x,
                        double        y)
{
  StrataHit hit;

  strata_canvas_hit (self, x, y, &hit);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (hit.kind == STRATA_HIT_PORT && hit.port.output != self->ghost.from.output &&
      hit.port.node != self->ghost.from.node)
    aim_at (self, &hit.port);
  else if (hit.card != NULL)
    strata_canvas_aim_wire_at (self, strata_node_widget_get_node (hit.card));
  else
    aim_at (self, NULL);
}

/* Tells shapes that do not fit, but makes the wire: what does not fit yet may be what one wants to mend next. */
static void
connect_ports (StrataCanvas     *self,
               const StrataPort *a,
               const StrataPort *b,
               StrataDocWire    *detached)
{
  const StrataPort *output = a->output ? a : b, *input = a->output ? b : a;
  g_autoptr (GError) error = NULL;
  StrataDocEnd from, to;

  get_ends (output, input, &from, &to);
  /* Put back where it was. */
  if (detached != NULL && strata_doc_wire_get_to (detached) == to.node &&
      strata_doc_wire_get_to_port (detached) == to.port &&
      strata_doc_wire_get_from (detached) == from.node && strata_doc_wire_get_from_port (detached) == from.port)
    return;
  if (!strata_document_can_connect (self->document, from.node, from.port, to.node, to.port, &error))
    {
      strata_canvas_notice (self, error->message);
      return;
    }

  strata_document_begin_group (self->document, _("Connect"));
  if (detached != NULL)
    strata_document_disconnect (self->document, detached);
  strata_document_connect_ends (self->document, from.node, from.port, input->node, input->index, NULL);
  strata_document_end_group (self->document);
}

/* The ring goes where the wire went: what has the focus is what the next key is for. */
static void
follow_wire (StrataCanvas     *self,
             const StrataPort *from,
             const StrataPort *target)
{
  StrataNodeWidget *left = strata_canvas_get_card (self, from->node);

  if (strata_selection_get_single (self->selection) == from->node)
    strata_selection_select (self->selection, target->node);
  if (left != NULL && gtk_widget_has_focus (GTK_WIDGET (left)))
    gtk_widget_grab_focus (GTK_WIDGET (strata_canvas_get_card (self, target->node)));
}

/**
 * strata_canvas_finish_wire: (skip)
 * @x: where the pointer let go, in the widget
 * @y: likewise
 *
 * Connects what the wire was led to; on empty canvas, offers layers to connect to.
 */
void
strata_canvas_finish_wire (StrataCanvas *self,
                           double        x,
                           double        y)
{
  StrataGhost ghost = self->ghost;

  if (!ghost.active)
    return;
  strata_canvas_cancel_wire (self);
  if (ghost.has_target)
    {
      connect_ports (self, &ghost.from, &ghost.target, ghost.detached);
      follow_wire (self, &ghost.from, &ghost.target);
    }
  else if (ghost.detached != NULL)
    strata_document_disconnect (self->document, ghost.detached);
  else
    strata_canvas_search_for_wire (self, &ghost.from, x, y);
}

/* Connects a new node to the port that it was searched for from. */
void
strata_canvas_connect_pending (StrataCanvas  *self,
                               StrataDocNode *node)
{
  StrataPort port;

  if (choose_port (self, node, !self->pending.from.output, &port))
    connect_ports (self, &self->pending.from, &port, NULL);
}
