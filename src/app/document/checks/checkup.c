/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/checkup.h"

#include "base/json.h"
#include "base/registry.h"
#include "document/checks/check.h"
#include "document/checks/traits.h"
#include "document/document-private.h"
#include "document/ends.h"
#include "document/node-private.h"

struct _StrataCheckup
{
  StrataDocument *document;
  const StrataCheck *check;     /* the one that is made now */
  GPtrArray *inputs, *outputs;
  const char *loss;
  gboolean takes_logits;
};

StrataDocument *
strata_checkup_get_document (StrataCheckup *self)
{
  return self->document;
}

const GPtrArray *
strata_checkup_get_nodes (StrataCheckup *self)
{
  return self->document->nodes;
}

/**
 * strata_checkup_get_outputs: (skip)
 *
 * Returns: (element-type StrataDocNode): the nodes whose results leave the network, but inputs
 */
const GPtrArray *
strata_checkup_get_outputs (StrataCheckup *self)
{
  return self->outputs;
}

/**
 * strata_checkup_get_inputs: (skip)
 *
 * Returns: (element-type StrataDocNode): where data enters
 */
const GPtrArray *
strata_checkup_get_inputs (StrataCheckup *self)
{
  return self->inputs;
}

/**
 * strata_checkup_get_before: (skip)
 *
 * Returns: (nullable): the node that alone leads to @node
 */
StrataDocNode *
strata_checkup_get_before (StrataCheckup *self,
                           StrataDocNode *node)
{
  const GPtrArray *wires = strata_doc_node_get_wires (node, TRUE);

  return wires->len == 1 ? strata_doc_wire_get_from (g_ptr_array_index (wires, 0)) : NULL;
}

/**
 * strata_checkup_get_after: (skip)
 *
 * Returns: (nullable): the node that alone takes what @node gives
 */
StrataDocNode *
strata_checkup_get_after (StrataCheckup *self,
                          StrataDocNode *node)
{
  const GPtrArray *wires = strata_doc_node_get_wires (node, FALSE);

  return wires->len == 1 ? strata_doc_wire_get_to (g_ptr_array_index (wires, 0)) : NULL;
}

/**
 * strata_checkup_get_worker: (skip)
 *
 * Returns: (nullable): the nearest node before @node that computes something, over those that only lay numbers out
 *   in another way or forget some of them while training
 */
StrataDocNode *
strata_checkup_get_worker (StrataCheckup *self,
                           StrataDocNode *node)
{
  StrataDocNode *before = strata_checkup_get_before (self, node);

  while (before != NULL && strata_traits_is_carrier (before))
    before = strata_checkup_get_before (self, before);
  return before;
}

gboolean
strata_checkup_is_output (StrataCheckup *self,
                          StrataDocNode *node)
{
  return g_ptr_array_find (self->outputs, node, NULL);
}

/**
 * strata_checkup_get_final: (skip)
 * @output: an output of the network
 * @where: (out) (nullable): the node that applies it
 *
 * Returns: (nullable): the activation that the output's numbers come from, or %NULL where that is not known
 */
const char *
strata_checkup_get_final (StrataCheckup  *self,
                          StrataDocNode  *output,
                          StrataDocNode **where)
{
  StrataDocNode *node = output;

  while (node != NULL && strata_traits_is_carrier (node))
    node = strata_checkup_get_before (self, node);
  *where = node;
  return node != NULL ? strata_traits_get_activation (node) : NULL;
}

/**
 * strata_checkup_get_facts: (skip)
 *
 * Returns: (nullable): what is known of the data
 */
const StrataDataFacts *
strata_checkup_get_facts (StrataCheckup *self)
{
  return strata_document_get_data_facts (self->document);
}

/**
 * strata_checkup_get_loss: (skip)
 *
 * Returns: (nullable): the class of the loss, whatever it is called in the settings
 */
const char *
strata_checkup_get_loss (StrataCheckup *self)
{
  return self->loss;
}

/**
 * strata_checkup_takes_logits: (skip)
 *
 * Returns: whether the loss makes probabilities itself
 */
gboolean
strata_checkup_takes_logits (StrataCheckup *self)
{
  return self->takes_logits;
}

/**
 * strata_checkup_loss_is: (skip)
 * @names: classes of losses, separated by commas
 */
gboolean
strata_checkup_loss_is (StrataCheckup *self,
                        const char    *names)
{
  return self->loss != NULL && strata_traits_is_listed (self->loss, names);
}

/**
 * strata_checkup_get_setting: (skip)
 *
 * Returns: (nullable): "compile", "fit" or "data"
 */
JsonObject *
strata_checkup_get_setting (StrataCheckup *self,
                            const char    *key)
{
  JsonNode *node = strata_document_get_setting (self->document, key);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * strata_checkup_get_wanted: (skip)
 *
 * Returns: how many numbers the output must give for the data, or 0 where that is open
 */
gint64
strata_checkup_get_wanted (StrataCheckup *self)
{
  const StrataDataFacts *facts = strata_checkup_get_facts (self);

  if (facts == NULL)
    return 0;
  if (strata_checkup_loss_is (self, STRATA_LOSSES_OF_CLASSES))
    return facts->n_classes;
  if (strata_checkup_loss_is (self, STRATA_LOSSES_OF_YES_OR_NO) && facts->n_classes == 2)
    return 1;
  if (strata_checkup_loss_is (self, STRATA_LOSSES_OF_NUMBERS) && facts->n_classes == 0 && facts->target.shape.rank <= 1)
    return strata_shape_get_size (&facts->target.shape);
  return 0;
}

/**
 * strata_checkup_is_unfinished: (skip)
 * @output: an output of the network
 *
 * Returns: whether what comes out there is no answer yet, as the network ends with a layer that others usually follow
 */
gboolean
strata_checkup_is_unfinished (StrataCheckup *self,
                              StrataDocNode *output)
{
  const StrataSpec *spec = strata_doc_node_get_output_spec (output, 0);
  const StrataDataFacts *facts = strata_checkup_get_facts (self);
  gint64 wanted = strata_checkup_get_wanted (self);
  StrataDocNode *worker = output;

  if (wanted <= 0 || spec == NULL || facts->target.shape.rank > 1 || spec->shape.rank < 2 || spec->shape.rank == 3)
    return FALSE;
  if (spec->shape.rank == 2 && strata_traits_get_width (output) == wanted)
    return FALSE;
  while (worker != NULL && (strata_traits_is_carrier (worker) || strata_traits_is_in (worker, "Activation")))
    worker = strata_checkup_get_before (self, worker);
  return spec->shape.rank > 3 || worker == NULL || !strata_traits_is (worker, "Dense,EinsumDense");
}

/**
 * strata_checkup_say: (skip)
 * @node: (nullable): what it is about, or %NULL for the document as a whole
 *
 * Returns: (transfer none): what was said, to add a fix to
 */
StrataDiagnostic *
strata_checkup_say (StrataCheckup  *self,
                    StrataDocNode  *node,
                    StrataSeverity  severity,
                    const char     *format,
                    ...)
{
  StrataDiagnostic *diagnostic;
  va_list args;

  va_start (args, format);
  diagnostic = strata_diagnostic_new (severity, node != NULL ? node->id : 0, g_strdup_vprintf (format, args));
  va_end (args);
  strata_diagnostic_set_check (diagnostic, self->check->name);
  g_ptr_array_add (node != NULL ? node->diagnostics : self->document->diagnostics, diagnostic);
  return diagnostic;
}

/**
 * strata_checkup_has_said: (skip)
 *
 * Returns: whether an earlier check has something of that severity to say about @node
 */
gboolean
strata_checkup_has_said (StrataCheckup  *self,
                         StrataDocNode  *node,
                         StrataSeverity  severity)
{
  return strata_doc_node_has_severity (node, severity);
}

static void
find_loss (StrataCheckup *self)
{
  JsonObject *compile = strata_checkup_get_setting (self, "compile");
  JsonNode *loss = compile != NULL ? json_object_get_member (compile, "loss") : NULL;
  JsonObject *object = loss != NULL && JSON_NODE_HOLDS_OBJECT (loss) ? json_node_get_object (loss) : NULL;
  const char *name = loss != NULL && strata_json_is_string (loss) ? json_node_get_string (loss) : NULL;
  const StrataObjectInfo *info;

  if (object != NULL)
    {
      JsonObject *config = strata_json_get_object (object, "config");

      name = strata_json_get_string (object, "class_name", NULL);
      self->takes_logits = config != NULL && strata_json_get_bool (config, "from_logits", FALSE);
      /* A function of Keras is described by its name. */
      if (g_strcmp0 (name, "function") == 0)
        name = strata_json_get_string (object, "config", NULL);
    }
  info = name != NULL ? strata_registry_lookup (STRATA_KIND_LOSS, name) : NULL;
  self->loss = info != NULL ? info->name : NULL;
}

static void
find_ends (StrataCheckup *self)
{
  g_autoptr (GArray) inputs = strata_document_dup_inputs (self->document);
  g_autoptr (GArray) outputs = strata_document_dup_outputs (self->document);

  for (guint i = 0; i < inputs->len; i++)
    g_ptr_array_add (self->inputs, g_array_index (inputs, StrataDocEnd, i).node);
  for (guint i = 0; i < outputs->len; i++)
    {
      StrataDocNode *node = g_array_index (outputs, StrataDocEnd, i).node;

      if (!strata_doc_node_is_input (node) && !g_ptr_array_find (self->outputs, node, NULL))
        g_ptr_array_add (self->outputs, node);
    }
}

/**
 * strata_checkup_run: (skip)
 *
 * Makes all checks; what they say is added to the nodes' diagnostics and the document's.
 */
void
strata_checkup_run (StrataDocument *document)
{
  StrataCheckup self = { .document = document };
  guint n_checks;
  const StrataCheck *const *checks = strata_check_list (&n_checks);
  g_autoptr (GPtrArray) sorted = strata_document_dup_sorted (document, NULL);
  g_autoptr (GPtrArray) inputs = g_ptr_array_new (), outputs = g_ptr_array_new ();

  self.inputs = inputs;
  self.outputs = outputs;
  find_loss (&self);
  find_ends (&self);
  for (guint i = 0; i < n_checks; i++)
    {
      self.check = checks[i];
      if (self.check->look_at_all != NULL && document->nodes->len > 0)
        self.check->look_at_all (&self);
      for (guint j = 0; j < sorted->len && self.check->look != NULL; j++)
        {
          StrataDocNode *node = g_ptr_array_index (sorted, j);

          if (!self.check->style || node->trained == NULL)
            self.check->look (&self, node);
        }
    }
}
