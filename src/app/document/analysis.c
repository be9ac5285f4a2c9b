/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/document-private.h"

#include <string.h>

#include "document/template.h"
#include "document/node-private.h"

/* The multiplications of one weight matrix are as many as it has numbers, at each place of the output it is used for:
 * pixels of an image, steps of a sequence. */
static gint64
count_places (StrataDocNode    *node,
              const StrataSpec *input,
              const StrataSpec *output)
{
  const char *category = strata_doc_node_get_info (node) != NULL
                         ? strata_doc_node_get_info (node)->object.category : "";
  const StrataSpec *spec = strstr (strata_doc_node_get_class_name (node), "Transpose") != NULL ? input : output;
  gint64 places = 1;

  if (g_strcmp0 (category, "Recurrent") == 0)
    return input->shape.rank > 1 && input->shape.dims[1] > 0 ? input->shape.dims[1] : 1;
  for (int i = 1; i < spec->shape.rank - 1; i++)
    if (spec->shape.dims[i] > 0 && places < G_MAXINT64 / spec->shape.dims[i])
      places *= spec->shape.dims[i];
  return places;
}

static gint64
count_multiply_adds (StrataDocNode *node,
                     StrataLayer   *probe)
{
  g_autoptr (GPtrArray) weights = strata_layer_dup_weights (probe);
  gint64 count = 0, places;

  if (node->input_specs->len == 0 || node->output_specs->len == 0)
    return 0;

  places = count_places (node, &g_array_index (node->input_specs, StrataSpec, 0),
                         &g_array_index (node->output_specs, StrataSpec, 0));
  for (guint i = 0; i < weights->len; i++)
    {
      StrataVariable *weight = g_ptr_array_index (weights, i);
      gint64 size = strata_shape_get_size (&weight->shape);

      if (strstr (weight->name, "kernel") != NULL && size < G_MAXINT64 / places / 64)
        count += size * places;
    }
  return count;
}

static void
forget (StrataDocNode *node)
{
  node->revision++;
  g_clear_object (&node->probe);
  g_clear_object (&node->probed_layer);
  g_clear_pointer (&node->problem, g_free);
  g_array_set_size (node->input_specs, 0);
  g_array_set_size (node->input_ports, 0);
  g_array_set_size (node->output_specs, 0);
  node->n_params = node->n_trainable = -1;
  node->multiply_adds = 0;
}

/* Messages begin with the layer's name, which the place of the message says already. */
static char *
strip_scope (StrataDocNode *node,
             const char    *message)
{
  const char *name = strata_doc_node_get_name (node);
  const char *colon;
  g_autofree char *text = NULL;

  if (g_str_has_prefix (message, name) && (colon = strstr (message, ": ")) != NULL)
    message = colon + 2;
  text = g_strndup (message, g_utf8_next_char (message) - message);
  {
    g_autofree char *first = g_utf8_strup (text, -1);

    return g_strconcat (first, *message != '\0' ? g_utf8_next_char (message) : "", NULL);
  }
}

static gboolean
call_layer (StrataDocNode     *node,
            StrataLayer       *probe,
            const StrataSpec  *inputs,
            const guint       *ports,
            guint              n_inputs,
            GError           **error)
{
  g_autoptr (StrataBuilder) b = strata_builder_new_recording ();
  g_autofree StrataValue **values = g_new (StrataValue *, MAX (n_inputs, 1));
  g_autoptr (JsonObject) arguments = strata_doc_node_dup_arguments (node, ports, n_inputs);
  g_autoptr (JsonNode) args = strata_doc_node_dup_args (node, n_inputs);
  StrataCall call = { .inputs = values, .n_inputs = n_inputs, .arguments = arguments, .args = args };

  for (guint i = 0; i < n_inputs; i++)
    values[i] = strata_builder_input (b, "input", inputs[i].dtype, &inputs[i].shape);
  strata_layer_call (probe, b, &call);
  if (!strata_builder_take_error (b, error))
    return FALSE;

  for (guint i = 0; i < call.n_outputs; i++)
    {
      StrataSpec spec = { call.outputs[i]->dtype, call.outputs[i]->shape };

      g_array_append_val (node->output_specs, spec);
    }
  return TRUE;
}

/* @probes has those of earlier calls, by layer: of a layer that is called again, the weights are there already. */
static void
infer (StrataDocNode *node,
       GArray        *inputs,
       GArray        *ports,
       GHashTable    *probes)
{
  StrataLayer *shared = g_hash_table_lookup (probes, node->layer);
  g_autoptr (StrataLayer) probe = NULL;
  g_autoptr (GError) error = NULL;

  forget (node);
  node->probed_layer = g_object_ref (node->layer);
  node->probed_muted = node->muted;
  g_array_append_vals (node->input_specs, inputs->data, inputs->len);
  g_array_append_vals (node->input_ports, ports->data, ports->len);
  if (node->muted && inputs->len > 0)
    {
      g_array_append_val (node->output_specs, g_array_index (inputs, StrataSpec, 0));
      node->n_params = node->n_trainable = 0;
      return;
    }
  probe = shared != NULL ? g_object_ref (shared)
                         : strata_template_clone (node->layer, &error);
  if (probe == NULL ||
      !call_layer (node, probe, (const StrataSpec *) inputs->data, (const guint *) ports->data, inputs->len, &error))
    {
      node->problem = strip_scope (node, error->message);
      return;
    }

  node->n_params = strata_layer_count_params (probe, FALSE);
  node->n_trainable = strata_layer_count_params (probe, TRUE);
  node->multiply_adds = count_multiply_adds (node, probe);
  node->probe = g_steal_pointer (&probe);
}

static gboolean
is_fresh (StrataDocNode *node,
          GArray        *inputs,
          GArray        *ports)
{
  if (node->probed_layer != node->layer || node->probed_muted != node->muted || node->input_specs->len != inputs->len)
    return FALSE;
  for (guint i = 0; i < inputs->len; i++)
    {
      const StrataSpec *a = &g_array_index (inputs, StrataSpec, i);
      const StrataSpec *b = &g_array_index (node->input_specs, StrataSpec, i);

      if (a->dtype != b->dtype || !strata_shape_equal (&a->shape, &b->shape) ||
          g_array_index (ports, guint, i) != g_array_index (node->input_ports, guint, i))
        return FALSE;
    }
  return TRUE;
}

/* What comes in by all wires, and where, or %NULL where something is missing or unknown. */
static GArray *
collect_inputs (StrataDocument *self,
                StrataDocNode  *node,
                GArray         *ports)
{
  g_autoptr (GArray) specs = g_array_new (FALSE, FALSE, sizeof (StrataSpec));
  g_autoptr (GPtrArray) wires = strata_document_dup_wires_of (self, node, TRUE);

  node->n_wired_inputs = 0;
  for (guint i = 0; i < wires->len; i++)
    node->n_wired_inputs = MAX (node->n_wired_inputs, strata_doc_wire_get_to_port (g_ptr_array_index (wires, i)) + 1);

  if (wires->len == 0 && !strata_doc_node_is_input (node))
    return NULL;
  for (guint i = 0; i < wires->len; i++)
    {
      const StrataSpec *spec = strata_doc_wire_get_spec (g_ptr_array_index (wires, i));
      guint port = strata_doc_wire_get_to_port (g_ptr_array_index (wires, i));

      if (spec == NULL)
        return NULL;
      g_array_append_val (specs, *spec);
      g_array_append_val (ports, port);
    }
  return g_steal_pointer (&specs);
}

static void
add_up (StrataDocument *self)
{
  g_autoptr (GHashTable) layers = g_hash_table_new (NULL, NULL);

  self->n_params = self->n_trainable = self->multiply_adds = 0;
  for (guint i = 0; i < self->nodes->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (self->nodes, i);

      self->multiply_adds += node->multiply_adds;
      if (node->n_params < 0 || !g_hash_table_add (layers, node->layer))
        continue;
      self->n_params += node->n_params;
      self->n_trainable += node->n_trainable;
    }
}

/**
 * strata_document_analyse:
 *
 * Works out shapes and counts of what has changed and what follows from it, and what is wrong.
 */
void
strata_document_analyse (StrataDocument *self)
{
  g_autoptr (GPtrArray) sorted = strata_document_dup_sorted (self, NULL);
  g_autoptr (GHashTable) probes = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < sorted->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (sorted, i);
      g_autoptr (GArray) ports = g_array_new (FALSE, FALSE, sizeof (guint));
      g_autoptr (GArray) inputs = collect_inputs (self, node, ports);

      if (inputs == NULL && node->probed_layer != NULL)
        forget (node);
      else if (inputs == NULL)
        node->n_params = node->n_trainable = -1;
      else if (!is_fresh (node, inputs, ports))
        infer (node, inputs, ports, probes);
      if (node->probe != NULL && !g_hash_table_contains (probes, node->layer))
        g_hash_table_insert (probes, node->layer, node->probe);
    }
  add_up (self);
  strata_document_check (self);
  strata_document_survey_groups (self);
}

/**
 * strata_document_try_wire: (skip)
 * @result: (out) (optional): type and shape of what would come out, where @is_known
 * @is_known: (out) (optional): whether that can be told
 *
 * Tries a wire that is not there: would the shapes fit? Unknown shapes do.
 */
gboolean
strata_document_try_wire (StrataDocument  *self,
                          StrataDocNode   *from,
                          guint            from_port,
                          StrataDocNode   *to,
                          guint            to_port,
                          StrataSpec      *result,
                          gboolean        *is_known,
                          GError         **error)
{
  const StrataSpec *spec = strata_doc_node_get_output_spec (from, from_port);
  g_autoptr (GPtrArray) wires = strata_document_dup_wires_of (self, to, TRUE);
  g_autoptr (GArray) inputs = g_array_new (FALSE, FALSE, sizeof (StrataSpec));
  g_autoptr (GArray) ports = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (StrataLayer) probe = NULL;
  g_autoptr (StrataDocNode) trial = NULL;
  guint place = 0;

  if (is_known != NULL)
    *is_known = FALSE;
  if (!strata_document_can_connect (self, from, from_port, to, to_port, error))
    return FALSE;
  if (spec == NULL)
    return TRUE;

  for (guint i = 0; i < wires->len; i++)
    {
      StrataDocWire *wire = g_ptr_array_index (wires, i);
      const StrataSpec *other = strata_doc_wire_get_spec (wire);
      guint port = strata_doc_wire_get_to_port (wire);

      if (!strata_doc_node_takes_list (to, to_port) && port == to_port)
        continue;
      if (other == NULL)
        return TRUE;
      g_array_append_val (inputs, *other);
      g_array_append_val (ports, port);
      place += port <= to_port;
    }
  g_array_insert_val (inputs, place, *spec);
  g_array_insert_val (ports, place, to_port);
  /* A merge of one thing tells nothing yet. */
  if (inputs->len < 2 && strata_doc_node_get_n_inputs (to) > 1)
    return TRUE;
  if (inputs->len < 2 && strata_doc_node_takes_list (to, to_port))
    return TRUE;

  trial = strata_doc_node_new (0, to->layer, 0, 0);
  trial->arguments = to->arguments != NULL ? json_object_ref (to->arguments) : NULL;
  probe = strata_template_clone (to->layer, error);
  if (probe == NULL ||
      !call_layer (trial, probe, (const StrataSpec *) inputs->data, (const guint *) ports->data, inputs->len, error))
    return FALSE;
  if (result != NULL && is_known != NULL && trial->output_specs->len > 0)
    {
      *result = g_array_index (trial->output_specs, StrataSpec, 0);
      *is_known = TRUE;
    }
  return TRUE;
}

gboolean
strata_document_would_fit (StrataDocument  *self,
                           StrataDocNode   *from,
                           guint            from_port,
                           StrataDocNode   *to,
                           guint            to_port,
                           GError         **error)
{
  return strata_document_try_wire (self, from, from_port, to, to_port, NULL, NULL, error);
}
