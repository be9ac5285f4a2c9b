/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/document-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "document/fixes.h"
#include "document/node-private.h"
#include "document/target.h"

/* Beyond this, most computers of students are out of memory: weights, gradients and two moments of Adam are four
 * times as much. */
#define MANY_PARAMS G_GINT64_CONSTANT (250000000)

static StrataDiagnostic *
say (StrataDocNode  *node,
     StrataSeverity  severity,
     char           *message)
{
  StrataDiagnostic *diagnostic = strata_diagnostic_new (severity, node->id, message);

  g_ptr_array_add (node->diagnostics, diagnostic);
  return diagnostic;
}

static void
check_wiring (StrataDocument *self,
              StrataDocNode  *node,
              GPtrArray      *incoming,
              GPtrArray      *outgoing)
{
  guint n_inputs = strata_doc_node_get_n_inputs (node);
  StrataDiagnostic *diagnostic;

  if (n_inputs == 0)
    {
      if (outgoing->len == 0 && self->nodes->len > 1)
        say (node, STRATA_SEVERITY_ERROR, g_strdup (_("Nothing takes this input. Draw a wire from its output to a layer.")));
      return;
    }
  if (incoming->len == 0)
    {
      diagnostic = say (node, STRATA_SEVERITY_ERROR,
                        g_strdup (_("Nothing leads to this layer. Draw a wire to it from the layer before.")));
      strata_fix_with_input (diagnostic, g_strdup (_("Add an input")), strata_target_get_input_config (self));
      return;
    }
  for (guint port = 0; port < n_inputs; port++)
    {
      gboolean found = FALSE;

      for (guint i = 0; i < incoming->len; i++)
        found = found || strata_doc_wire_get_to_port (g_ptr_array_index (incoming, i)) == port;
      if (!found)
        {
          g_autofree char *name = strata_doc_node_dup_input_name (node, port);

          say (node, STRATA_SEVERITY_ERROR, g_strdup_printf (_("The input “%s” is not connected."), name));
        }
    }
  if (strata_doc_node_takes_list (node, 0) && incoming->len == 1)
    say (node, STRATA_SEVERITY_WARNING, g_strdup (_("Only one wire leads here, but this layer puts several together.")));
}

static void
check_problem (StrataDocument *self,
               StrataDocNode  *node)
{
  StrataDiagnostic *diagnostic;

  if (node->problem == NULL)
    return;

  diagnostic = say (node, STRATA_SEVERITY_ERROR, g_strconcat (node->problem, ".", NULL));
  strata_fix_find (self, node, diagnostic);
}

static gboolean
is_linear (StrataDocNode *node)
{
  g_autoptr (JsonNode) activation = strata_object_get_param (STRATA_OBJECT (node->layer), "activation");
  const char *name = activation != NULL && JSON_NODE_HOLDS_VALUE (activation) ? json_node_get_string (activation) : NULL;

  return g_str_equal (strata_doc_node_get_class_name (node), "Dense") &&
         (activation == NULL || JSON_NODE_HOLDS_NULL (activation) || g_strcmp0 (name, "linear") == 0);
}

/* What works and is still not what a beginner wants. */
static void
check_habits (StrataDocument *self,
              StrataDocNode  *node,
              GPtrArray      *incoming)
{
  StrataDocNode *before = incoming->len == 1 ? strata_doc_wire_get_from (g_ptr_array_index (incoming, 0)) : NULL;
  StrataDiagnostic *diagnostic;

  if (node->problem != NULL || before == NULL)
    return;

  if (g_str_equal (strata_doc_node_get_class_name (node), "Dense") && node->input_specs->len == 1 &&
      g_array_index (node->input_specs, StrataSpec, 0).shape.rank > 3)
    {
      diagnostic = say (node, STRATA_SEVERITY_WARNING,
                        g_strdup (_("The same small Dense is applied to every pixel, because an image comes in. "
                                    "To see the whole image at once, make it flat first.")));
      strata_fix_with_layer (diagnostic, g_strdup (_("Insert Flatten")), "Flatten", "{}");
    }
  if (is_linear (node) && is_linear (before))
    {
      diagnostic = say (before, STRATA_SEVERITY_HINT,
                        g_strdup (_("Two Dense layers without an activation between them can do no more than one.")));
      strata_fix_with_param (diagnostic, g_strdup (_("Use ReLU")), "activation", "\"relu\"");
    }
  if (node->n_params > MANY_PARAMS)
    {
      g_autofree char *size = g_format_size (node->n_params * 4);

      say (node, STRATA_SEVERITY_WARNING,
           g_strdup_printf (_("The weights take %s, and training four times as much. Make the layer or its input smaller."), size));
    }
}

static void
say_at_large (StrataDocument *self,
              StrataSeverity  severity,
              char           *message)
{
  g_ptr_array_add (self->diagnostics, strata_diagnostic_new (severity, 0, message));
}

static void
check_whole (StrataDocument *self)
{
  guint n_inputs = 0;
  gboolean has_cycle;
  g_autoptr (GPtrArray) sorted = strata_document_dup_sorted (self, &has_cycle);

  if (self->nodes->len == 0)
    return;
  for (guint i = 0; i < self->nodes->len; i++)
    n_inputs += strata_doc_node_is_input (g_ptr_array_index (self->nodes, i));

  if (has_cycle)
    say_at_large (self, STRATA_SEVERITY_ERROR, g_strdup (_("Some wires go round in a circle. Data must flow from inputs to outputs.")));
  if (n_inputs == 0)
    {
      say_at_large (self, STRATA_SEVERITY_ERROR, g_strdup (_("The network has no input, so no data can enter it.")));
      if (self->nodes->len > 1)
        return;
    }
  else if (n_inputs == self->nodes->len)
    say_at_large (self, STRATA_SEVERITY_ERROR, g_strdup (_("There is no layer yet that does something with the input.")));
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return (int) strata_diagnostic_get_severity (*(StrataDiagnostic **) b) -
         (int) strata_diagnostic_get_severity (*(StrataDiagnostic **) a);
}

/* g_ptr_array_sort() does not keep the order of equals. */
static void
sort (GPtrArray *diagnostics)
{
  for (guint i = 1; i < diagnostics->len; i++)
    for (guint j = i; j > 0 && compare (&diagnostics->pdata[j - 1], &diagnostics->pdata[j]) > 0; j--)
      {
        gpointer other = diagnostics->pdata[j];

        diagnostics->pdata[j] = diagnostics->pdata[j - 1];
        diagnostics->pdata[j - 1] = other;
      }
}

/**
 * strata_document_check:
 *
 * Finds what to say about each node and the whole.
 */
void
strata_document_check (StrataDocument *self)
{
  g_ptr_array_set_size (self->diagnostics, 0);
  for (guint i = 0; i < self->nodes->len; i++)
    g_ptr_array_set_size (((StrataDocNode *) g_ptr_array_index (self->nodes, i))->diagnostics, 0);

  for (guint i = 0; i < self->nodes->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (self->nodes, i);
      g_autoptr (GPtrArray) incoming = strata_document_dup_wires_of (self, node, TRUE);
      g_autoptr (GPtrArray) outgoing = strata_document_dup_wires_of (self, node, FALSE);

      check_wiring (self, node, incoming, outgoing);
      check_problem (self, node);
      check_habits (self, node, incoming);
      if (outgoing->len == 0)
        strata_target_check (self, node);
    }

  check_whole (self);
  for (guint i = 0; i < self->nodes->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (self->nodes, i);

      sort (node->diagnostics);
      for (guint j = 0; j < node->diagnostics->len; j++)
        g_ptr_array_add (self->diagnostics, strata_diagnostic_ref (g_ptr_array_index (node->diagnostics, j)));
    }
  sort (self->diagnostics);
}
