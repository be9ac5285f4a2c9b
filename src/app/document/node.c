/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/node-private.h"

#include <glib/gi18n.h>

#include "document/group.h"

/**
 * StrataDocNode:
 *
 * A box on the canvas: a call of a layer. The layer is a template: it holds
 * parameters and is never built.
 */
G_DEFINE_FINAL_TYPE (StrataDocNode, strata_doc_node, G_TYPE_OBJECT)

static void
strata_doc_node_finalize (GObject *object)
{
  StrataDocNode *self = STRATA_DOC_NODE (object);

  g_clear_object (&self->layer);
  g_clear_object (&self->group);
  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_pointer (&self->exits, g_array_unref);
  g_clear_pointer (&self->arguments, json_object_unref);
  g_clear_pointer (&self->args, json_node_unref);
  g_clear_object (&self->trained);
  g_clear_object (&self->probe);
  g_clear_object (&self->probed_layer);
  g_array_unref (self->input_specs);
  g_array_unref (self->input_ports);
  g_array_unref (self->output_specs);
  g_free (self->problem);
  g_ptr_array_unref (self->diagnostics);
  g_ptr_array_unref (self->incoming);
  g_ptr_array_unref (self->outgoing);

  G_OBJECT_CLASS (strata_doc_node_parent_class)->finalize (object);
}

static void
strata_doc_node_class_init (StrataDocNodeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_doc_node_finalize;
}

static void
strata_doc_node_init (StrataDocNode *self)
{
  self->input_specs = g_array_new (FALSE, FALSE, sizeof (StrataSpec));
  self->input_ports = g_array_new (FALSE, FALSE, sizeof (guint));
  self->output_specs = g_array_new (FALSE, FALSE, sizeof (StrataSpec));
  self->diagnostics = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_diagnostic_unref);
  self->incoming = g_ptr_array_new ();
  self->outgoing = g_ptr_array_new ();
}

StrataDocNode *
strata_doc_node_new (guint        id,
                     StrataLayer *layer,
                     double       x,
                     double       y)
{
  StrataDocNode *self = g_object_new (STRATA_TYPE_DOC_NODE, NULL);

  self->id = id;
  self->layer = g_object_ref (layer);
  self->x = x;
  self->y = y;
  return self;
}

/* A group has a layer only to have a name. */
StrataDocNode *
strata_doc_node_new_group (guint        id,
                           StrataLayer *layer,
                           double       x,
                           double       y)
{
  StrataDocNode *self = strata_doc_node_new (id, layer, x, y);

  self->is_group = TRUE;
  self->entries = g_array_new (FALSE, FALSE, sizeof (StrataDocEntry));
  self->exits = g_array_new (FALSE, FALSE, sizeof (StrataDocEnd));
  return self;
}

void
strata_doc_node_set_layer (StrataDocNode *self,
                           StrataLayer   *layer)
{
  g_set_object (&self->layer, layer);
  self->revision++;
}

guint
strata_doc_node_get_id (StrataDocNode *self)
{
  return self->id;
}

/**
 * strata_doc_node_get_layer:
 *
 * Returns: (transfer none): the layer's parameters. Ask again after `node-changed`:
 *   the layer is replaced, never changed.
 */
StrataLayer *
strata_doc_node_get_layer (StrataDocNode *self)
{
  return self->layer;
}

/**
 * strata_doc_node_get_info: (skip)
 *
 * Returns: (nullable): the layer's entry in the registry
 */
const StrataLayerInfo *
strata_doc_node_get_info (StrataDocNode *self)
{
  return strata_layer_get_info (self->layer);
}

const char *
strata_doc_node_get_class_name (StrataDocNode *self)
{
  return self->is_group ? _("Group") : strata_object_get_class_name (STRATA_OBJECT (self->layer));
}

const char *
strata_doc_node_get_name (StrataDocNode *self)
{
  return strata_layer_get_name (self->layer);
}

double
strata_doc_node_get_x (StrataDocNode *self)
{
  return self->x;
}

double
strata_doc_node_get_y (StrataDocNode *self)
{
  return self->y;
}

double
strata_doc_node_get_width (StrataDocNode *self)
{
  return STRATA_DOC_NODE_WIDTH;
}

/**
 * strata_doc_node_get_height:
 *
 * Returns: how high it is shown, in the canvas's units
 */
double
strata_doc_node_get_height (StrataDocNode *self)
{
  return self->height > 0 ? self->height : STRATA_DOC_NODE_HEIGHT;
}

/**
 * strata_doc_node_set_height:
 * @height: what the text on its card needs
 *
 * For whoever shows the node. That is no edit, and not saved: fonts differ from one computer to the next.
 */
void
strata_doc_node_set_height (StrataDocNode *self,
                            double         height)
{
  self->height = height;
}

gboolean
strata_doc_node_is_input (StrataDocNode *self)
{
  return !self->is_group && g_str_equal (strata_doc_node_get_class_name (self), "InputLayer");
}

/**
 * strata_doc_node_get_n_outputs:
 *
 * Returns: how many ports data leaves by
 */
guint
strata_doc_node_get_n_outputs (StrataDocNode *self)
{
  return self->is_group ? self->exits->len : MAX (1, self->output_specs->len);
}

/**
 * strata_doc_node_get_output_spec: (skip)
 *
 * Returns: (nullable): type and shape of an output, where they are known
 */
const StrataSpec *
strata_doc_node_get_output_spec (StrataDocNode *self,
                                 guint          output)
{
  return output < self->output_specs->len ? &g_array_index (self->output_specs, StrataSpec, output) : NULL;
}

/**
 * strata_doc_node_get_n_params:
 *
 * Returns: how many numbers its weights hold, or -1 where that is not known
 */
gint64
strata_doc_node_get_n_params (StrataDocNode *self)
{
  return self->n_params;
}

/**
 * strata_doc_node_get_n_trainable:
 *
 * Returns: how many of them training changes, or -1 where that is not known
 */
gint64
strata_doc_node_get_n_trainable (StrataDocNode *self)
{
  return self->n_trainable;
}

/**
 * strata_doc_node_get_multiply_adds:
 *
 * Returns: about how many multiplications one sample takes
 */
gint64
strata_doc_node_get_multiply_adds (StrataDocNode *self)
{
  return self->multiply_adds;
}

/**
 * strata_doc_node_get_muted:
 *
 * Returns: whether the network is made as if the node were not there
 */
gboolean
strata_doc_node_get_muted (StrataDocNode *self)
{
  return self->muted;
}

/**
 * strata_doc_node_get_revision:
 *
 * Returns: another number whenever the layer, the shapes or the counts are others; diagnostics have none
 */
guint
strata_doc_node_get_revision (StrataDocNode *self)
{
  return self->revision;
}

/**
 * strata_doc_node_get_wires:
 * @incoming: whether those that end here, or those that begin here
 *
 * Returns: (transfer none) (element-type StrataDocWire): in the document's order
 */
const GPtrArray *
strata_doc_node_get_wires (StrataDocNode *self,
                           gboolean       incoming)
{
  return incoming ? self->incoming : self->outgoing;
}

/**
 * strata_doc_node_get_diagnostics:
 *
 * Returns: (transfer none) (element-type StrataDiagnostic): worst first
 */
const GPtrArray *
strata_doc_node_get_diagnostics (StrataDocNode *self)
{
  return self->diagnostics;
}

gboolean
strata_doc_node_has_severity (StrataDocNode  *self,
                              StrataSeverity  severity)
{
  for (guint i = 0; i < self->diagnostics->len; i++)
    if (strata_diagnostic_get_severity (g_ptr_array_index (self->diagnostics, i)) == severity)
      return TRUE;
  return FALSE;
}
