/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/node-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "document/group.h"
#include "layers/operator.h"
#include "models/model.h"

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

static const char *
get_category (StrataDocNode *self)
{
  const StrataLayerInfo *info = strata_doc_node_get_info (self);

  return info != NULL && info->object.category != NULL ? info->object.category : "";
}

static gboolean
is_cell (StrataDocNode *self)
{
  return g_str_has_suffix (strata_doc_node_get_class_name (self), "Cell");
}

static gboolean
takes_several (StrataDocNode *self)
{
  return (STRATA_LAYER_GET_CLASS (self->layer)->flags & STRATA_LAYER_TAKES_SEVERAL) != 0;
}

/* Attention compares two things, and a cell takes a step and a state; the first states of a sequence are optional. */
static gboolean
takes_pair (StrataDocNode *self)
{
  return is_cell (self) || g_str_equal (get_category (self), "Attention");
}

/* How many inputs a layer can have that takes several. */
static guint
get_most_inputs (StrataDocNode *self)
{
  const char *class_name = strata_doc_node_get_class_name (self);

  if (!takes_several (self))
    return 0;
  if (g_str_equal (get_category (self), "Attention"))
    return 3;
  if (g_str_equal (get_category (self), "Recurrent") && !is_cell (self))
    return strstr (class_name, "LSTM") != NULL ? 3 : 2;
  return 0;
}

/**
 * strata_doc_node_get_n_needed:
 *
 * Returns: how many ports data enters by that cannot stay without a wire, and those that have one
 */
guint
strata_doc_node_get_n_needed (StrataDocNode *self)
{
  if (self->is_group)
    return self->entries->len;
  if (strata_doc_node_is_input (self))
    return 0;
  if (takes_several (self))
    return MAX (takes_pair (self) ? 2 : 1, self->n_wired_inputs);
  if (STRATA_IS_MODEL (self->layer))
    return MAX (1, strata_model_get_n_inputs (STRATA_MODEL (self->layer)));
  if (STRATA_IS_OPERATOR (self->layer))
    return strata_operator_get_n_inputs (STRATA_OPERATOR (self->layer));
  return 1;
}

/**
 * strata_doc_node_get_n_inputs:
 *
 * Returns: how many ports data enters by, those that someone asked for among them; see strata_doc_node_takes_list()
 */
guint
strata_doc_node_get_n_inputs (StrataDocNode *self)
{
  return MAX (strata_doc_node_get_n_needed (self), self->n_wanted_inputs);
}

/**
 * strata_doc_node_dup_next_input_name:
 *
 * Returns: (transfer full) (nullable): what the next input is called that the layer can have besides those it has
 */
char *
strata_doc_node_dup_next_input_name (StrataDocNode *self)
{
  guint n_inputs = strata_doc_node_get_n_inputs (self);

  return !self->is_group && n_inputs < get_most_inputs (self) ? strata_doc_node_dup_input_name (self, n_inputs) : NULL;
}

/**
 * strata_doc_node_dup_arguments: (skip)
 * @n_inputs: how many tensors come in
 *
 * Returns: (transfer full) (nullable): the arguments that are not tensors, and where a recurrent layer begins with states
 *   that were wired by hand, those, as Keras takes them by name
 */
JsonObject *
strata_doc_node_dup_arguments (StrataDocNode *self,
                               guint          n_inputs)
{
  JsonObject *arguments;
  JsonArray *states;

  if (self->arguments != NULL)
    return json_object_ref (self->arguments);
  if (self->is_group || n_inputs < 2 || is_cell (self) || !g_str_equal (get_category (self), "Recurrent") || !takes_several (self))
    return NULL;
  arguments = json_object_new ();
  states = json_array_new ();
  for (guint i = 1; i < n_inputs; i++)
    {
      JsonObject *reference = json_object_new ();

      json_object_set_int_member (reference, "$", i);
      json_array_add_object_element (states, reference);
    }
  json_object_set_array_member (arguments, "initial_state", states);
  return arguments;
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
 * strata_doc_node_takes_list:
 *
 * Returns: whether any number of wires may end at that port, as at Concatenate's
 */
gboolean
strata_doc_node_takes_list (StrataDocNode *self,
                            guint          input)
{
  return !self->is_group && (STRATA_LAYER_GET_CLASS (self->layer)->flags & STRATA_LAYER_MERGES) != 0;
}

/**
 * strata_doc_node_dup_input_name:
 *
 * Returns: (transfer full): what to call a port
 */
char *
strata_doc_node_dup_input_name (StrataDocNode *self,
                                guint          input)
{
  static const char *const attention[] = { N_("query"), N_("value"), N_("key") };
  static const char *const recurrent[] = { N_("sequence"), N_("first state"), N_("second state") };
  const StrataLayerInfo *info = strata_doc_node_get_info (self);
  const char *class_name = strata_doc_node_get_class_name (self);

  if (self->is_group)
    return g_strdup_printf (_("input %u"), input + 1);
  if (strata_doc_node_takes_list (self, input))
    return g_strdup (_("inputs"));
  if (input == 0 && strata_doc_node_get_n_inputs (self) == 1)
    return g_strdup (_("input"));
  if (STRATA_IS_MODEL (self->layer) && input < strata_model_get_n_inputs (STRATA_MODEL (self->layer)))
    return g_strdup (strata_model_get_input_name (STRATA_MODEL (self->layer), input));
  if (input < G_N_ELEMENTS (attention) && strstr (class_name, "Attention") != NULL)
    return g_strdup (_(attention[input]));
  if (input < G_N_ELEMENTS (recurrent) && info != NULL && g_strcmp0 (info->object.category, "Recurrent") == 0)
    return g_strdup (_(recurrent[input]));
  return g_strdup_printf (_("input %u"), input + 1);
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
