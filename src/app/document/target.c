/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/target.h"

#include <glib/gi18n.h>
#include <string.h>

#include "document/fixes.h"
#include "document/node-private.h"

/* What is known of data without reading it. */
static const struct
{
  const char *kind, *input;
  gint64 n_classes;
} known_data[] = {
  { "mnist", "{\"batch_shape\": [null, 28, 28, 1]}", 10 },
};

static const char *
get_member (StrataDocument *document,
            const char     *key,
            const char     *member)
{
  JsonNode *node = strata_document_get_setting (document, key);
  JsonNode *value;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  value = json_object_get_member (json_node_get_object (node), member);
  if (value == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (value))
    return json_node_get_string (value);
  if (JSON_NODE_HOLDS_OBJECT (value))
    return json_object_get_string_member_with_default (json_node_get_object (value), "class_name", NULL);
  return NULL;
}

/**
 * strata_target_get_input_config: (skip)
 *
 * Returns: the config of an input for the document's data, as JSON
 */
const char *
strata_target_get_input_config (StrataDocument *document)
{
  const char *kind = get_member (document, "data", "kind");

  for (guint i = 0; i < G_N_ELEMENTS (known_data); i++)
    if (g_strcmp0 (kind, known_data[i].kind) == 0)
      return known_data[i].input;
  return "{}";
}

/* Losses by what the numbers before them must be. */
static const char *
get_wanted_activation (const char *loss)
{
  if (g_str_equal (loss, "sparse_categorical_crossentropy") || g_str_equal (loss, "categorical_crossentropy") ||
      g_str_equal (loss, "SparseCategoricalCrossentropy") || g_str_equal (loss, "CategoricalCrossentropy"))
    return "softmax";
  if (g_str_equal (loss, "binary_crossentropy") || g_str_equal (loss, "BinaryCrossentropy"))
    return "sigmoid";
  return NULL;
}

static gboolean
takes_logits (StrataDocument *document)
{
  JsonNode *compile = strata_document_get_setting (document, "compile");
  JsonNode *loss = json_object_get_member (json_node_get_object (compile), "loss");
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (loss) ? json_node_get_object (loss) : NULL;
  JsonObject *config = object != NULL && json_object_has_member (object, "config") ? json_object_get_object_member (object, "config") : NULL;

  return config != NULL && json_object_get_boolean_member_with_default (config, "from_logits", FALSE);
}

static void
check_activation (StrataDocument *document,
                  StrataDocNode  *output,
                  const char     *loss)
{
  const char *wanted = get_wanted_activation (loss);
  g_autoptr (JsonNode) activation = strata_object_get_param (STRATA_OBJECT (output->layer), "activation");
  const char *name = activation != NULL && JSON_NODE_HOLDS_VALUE (activation) ? json_node_get_string (activation) : NULL;
  g_autofree char *label = NULL, *value = NULL;
  StrataDiagnostic *diagnostic;

  if (wanted == NULL || strata_object_find_param (STRATA_OBJECT (output->layer), "activation") == NULL || takes_logits (document))
    return;
  if (g_strcmp0 (name, "softmax") == 0 || g_strcmp0 (name, "sigmoid") == 0)
    return;
  if (activation != NULL && JSON_NODE_HOLDS_OBJECT (activation))
    return;

  diagnostic = strata_diagnostic_new (STRATA_SEVERITY_WARNING, output->id,
                                      g_strdup_printf (_("The loss %s wants probabilities, but %s gives any number. "
                                                         "With %s, its outputs become probabilities."),
                                                       loss, name != NULL ? name : "linear", wanted));
  value = g_strdup_printf ("\"%s\"", wanted);
  strata_fix_with_param (diagnostic, g_strdup_printf (_("Use %s"), wanted), "activation", value);
  g_ptr_array_add (output->diagnostics, diagnostic);
}

static void
check_single_softmax (StrataDocNode *output,
                      gint64         width)
{
  g_autoptr (JsonNode) activation = strata_object_get_param (STRATA_OBJECT (output->layer), "activation");
  StrataDiagnostic *diagnostic;

  if (width != 1 || activation == NULL || !JSON_NODE_HOLDS_VALUE (activation) ||
      g_strcmp0 (json_node_get_string (activation), "softmax") != 0)
    return;

  diagnostic = strata_diagnostic_new (STRATA_SEVERITY_WARNING, output->id,
                                      g_strdup (_("The softmax of a single number is always 1. For yes or no, use sigmoid.")));
  strata_fix_with_param (diagnostic, g_strdup (_("Use sigmoid")), "activation", "\"sigmoid\"");
  g_ptr_array_add (output->diagnostics, diagnostic);
}

static void
check_classes (StrataDocument *document,
               StrataDocNode  *output,
               gint64          width)
{
  const char *kind = get_member (document, "data", "kind");
  const char *loss = get_member (document, "compile", "loss");

  if (loss == NULL || g_strcmp0 (get_wanted_activation (loss), "softmax") != 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (known_data); i++)
    {
      StrataDiagnostic *diagnostic;
      g_autofree char *value = NULL;

      if (g_strcmp0 (kind, known_data[i].kind) != 0 || known_data[i].n_classes == width || width < 0)
        continue;
      diagnostic = strata_diagnostic_new (STRATA_SEVERITY_ERROR, output->id,
                                          g_strdup_printf (_("The data has %d classes, but this output has %d numbers; "
                                                             "it needs one for each class."),
                                                           (int) known_data[i].n_classes, (int) width));
      if (strata_object_find_param (STRATA_OBJECT (output->layer), "units") != NULL)
        {
          value = g_strdup_printf ("%d", (int) known_data[i].n_classes);
          strata_fix_with_param (diagnostic, g_strdup_printf (_("Use %s units"), value), "units", value);
        }
      g_ptr_array_add (output->diagnostics, diagnostic);
    }
}

/**
 * strata_target_check: (skip)
 * @output: a node that nothing follows
 *
 * Checks an output against the loss and the data.
 */
void
strata_target_check (StrataDocument *document,
                     StrataDocNode  *output)
{
  const char *loss = get_member (document, "compile", "loss");
  const StrataSpec *spec = strata_doc_node_get_output_spec (output, 0);

  if (spec == NULL || strata_doc_node_is_input (output) || spec->shape.rank < 1)
    return;

  if (loss != NULL)
    check_activation (document, output, loss);
  check_single_softmax (output, spec->shape.dims[spec->shape.rank - 1]);
  check_classes (document, output, spec->shape.dims[spec->shape.rank - 1]);
}
