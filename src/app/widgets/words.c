/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "widgets/words.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>

#include "base/json.h"
#include "document/checks/traits.h"
#include "document/followers.h"
#include "document/group.h"
#include "layers/operation.h"

/* More would not fit on a card. */
#define MOST_WORDS 3

/* Dimensions from first up to but not including last, as "28×28". Sizes keep their order where all else is read from
 * right to left. */
static char *
join_dims (const StrataShape *shape,
           int                first,
           int                last)
{
  g_autofree char *dims = strata_traits_dup_dims (shape, first, last);

  if (gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL)
    return g_strconcat ("\u2066", dims, "\u2069", NULL);
  return g_steal_pointer (&dims);
}

/**
 * strata_words_count:
 *
 * Returns: a number with its digits grouped
 */
char *
strata_words_count (gint64 count)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%" G_GINT64_FORMAT, ABS (count));
  for (gssize i = (gssize) text->len - 3; i > 0; i -= 3)
    /* A narrow space that does not break: right in any language. */
    g_string_insert (text, i, "\u202f");
  if (count < 0)
    g_string_prepend (text, "−");
  return g_string_free (text, FALSE);
}

/**
 * strata_words_shape:
 * @shape: with the batch first, which is left out
 *
 * Returns: the shape as in "28×28, 32 channels"
 */
char *
strata_words_shape (const StrataShape *shape)
{
  gint64 last = shape->rank > 0 ? shape->dims[shape->rank - 1] : 1;
  g_autofree char *dims = NULL, *channels = strata_words_count (last);

  if (shape->rank <= 1)
    return g_strdup (_("1 value"));
  if (shape->rank == 3)
    return join_dims (shape, 1, 3);

  if (shape->rank == 2)
    {
      if (last < 0)
        return g_strdup (_("? values"));
      return g_strdup_printf (g_dngettext (NULL, "%s value", "%s values", last), channels);
    }

  dims = join_dims (shape, 1, shape->rank - 1);
  if (last < 0)
    return g_strdup_printf (_("%s, ? channels"), dims);
  /* Translators: the shape of an image inside the network, as in "28×28, 32 channels" */
  return g_strdup_printf (g_dngettext (NULL, "%s, %s channel", "%s, %s channels", last), dims, channels);
}

/**
 * strata_words_short_shape:
 * @shape: with the batch first, which is left out
 *
 * Returns: the shape where there is little room, as in "28×28×32"
 */
char *
strata_words_short_shape (const StrataShape *shape)
{
  return shape->rank > 2 ? join_dims (shape, 1, shape->rank) : strata_words_shape (shape);
}

/**
 * strata_words_sizes:
 * @shape: with the batch first, which is left out
 *
 * Returns: its sizes alone, as in "28×28×32"
 */
char *
strata_words_sizes (const StrataShape *shape)
{
  return join_dims (shape, 1, shape->rank);
}

static char *
describe_list (JsonArray *array)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *word = strata_words_value (json_array_get_element (array, i));

      if (i > 0)
        g_string_append (text, "×");
      g_string_append (text, word);
    }
  return g_string_free (text, FALSE);
}

/**
 * strata_words_value:
 * @value: (nullable): of a parameter
 *
 * Returns: a short text for it, as in "3×3"
 */
char *
strata_words_value (JsonNode *value)
{
  if (value == NULL || JSON_NODE_HOLDS_NULL (value))
    return g_strdup (_("none"));
  if (JSON_NODE_HOLDS_ARRAY (value))
    return describe_list (json_node_get_array (value));
  if (JSON_NODE_HOLDS_OBJECT (value))
    {
      const char *name = strata_json_get_string (json_node_get_object (value), "class_name", NULL);

      return g_strdup (name != NULL ? name : "…");
    }
  switch (json_node_get_value_type (value))
    {
    case G_TYPE_BOOLEAN:
      return g_strdup (json_node_get_boolean (value) ? _("yes") : _("no"));
    case G_TYPE_INT64:
      return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (value));
    case G_TYPE_DOUBLE:
      return g_strdup_printf ("%g", json_node_get_double (value));
    default:
      return g_strdup (json_node_get_string (value));
    }
}

/**
 * strata_words_is_plain:
 *
 * Returns: whether @param says what a layer is, rather than how it is named or begins
 */
gboolean
strata_words_is_plain (const StrataParam *param)
{
  static const char *const common[] = { "name", "trainable", "dtype", "seed", "data_format", NULL };

  if (param->transient || g_strv_contains (common, param->name))
    return FALSE;
  return param->type != STRATA_PARAM_OBJECT || param->kind == STRATA_KIND_ACTIVATION;
}

/* Required ones are always told, and those that others follow; all others where they differ from the default. */
static char *
describe_param (const StrataParam *param,
                StrataObject      *object)
{
  g_autoptr (JsonNode) value = NULL;
  g_autofree char *text = NULL;

  if (!strata_words_is_plain (param) || strata_followers_follows (object, param) ||
      (param->fallback != NULL && strata_param_is_default (param, object) &&
       !strata_followers_has_any (object, param->name)))
    return NULL;
  value = strata_param_get (param, object);
  if (g_str_equal (param->name, "batch_shape") || g_str_equal (param->name, "shape"))
    return NULL;

  text = strata_words_value (value);
  if (param->type == STRATA_PARAM_CHOICE || param->type == STRATA_PARAM_OBJECT)
    return g_steal_pointer (&text);
  return g_strdup_printf ("%s %s", param->title != NULL ? _(param->title) : param->name, text);
}

/**
 * strata_words_object:
 *
 * Returns: the few parameters that matter, as in "Filters 32 · Kernel size 3×3 · relu"
 */
char *
strata_words_object (StrataObject *object)
{
  const GPtrArray *params = strata_object_get_params (object);
  GString *text = g_string_new (NULL);
  guint told = 0;

  for (guint i = 0; i < params->len && told < MOST_WORDS; i++)
    {
      g_autofree char *word = describe_param (g_ptr_array_index (params, i), object);

      if (word == NULL)
        continue;
      if (told++ > 0)
        g_string_append (text, " · ");
      g_string_append (text, word);
    }
  return g_string_free (text, FALSE);
}

/**
 * strata_words_node:
 *
 * Returns: what a screen reader says of @node
 */
char *
strata_words_node (StrataDocNode *node)
{
  const StrataSpec *spec = strata_doc_node_get_output_spec (node, 0);
  g_autofree char *shape = spec != NULL ? strata_words_shape (&spec->shape) : g_strdup (_("shape not known"));
  g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, strata_doc_node_get_n_params (node));

  /* Translators: a layer's name, its class, the shape of its output and the number of its parameters */
  return g_strdup_printf (_("%s, %s, output %s, %s parameters"), strata_doc_node_get_name (node),
                          strata_doc_node_get_class_name (node), shape, count);
}

static void
append_separated (GString    *text,
                  const char *words)
{
  if (text->len > 0)
    g_string_append (text, ", ");
  g_string_append (text, words);
}

/**
 * strata_words_wiring:
 *
 * Returns: what a screen reader says of the wires at @node, which cannot be focused themselves
 */
char *
strata_words_wiring (StrataDocNode *node)
{
  const GPtrArray *incoming = strata_doc_node_get_wires (node, TRUE);
  const GPtrArray *outgoing = strata_doc_node_get_wires (node, FALSE);
  g_autoptr (GString) sources = g_string_new (NULL), targets = g_string_new (NULL);
  g_autofree char *from = NULL, *to = NULL;

  for (guint i = 0; i < incoming->len; i++)
    {
      StrataDocWire *wire = g_ptr_array_index (incoming, i);
      const char *source = strata_doc_node_get_name (strata_doc_wire_get_from (wire));
      g_autofree char *port = strata_doc_node_dup_input_name (node, strata_doc_wire_get_to_port (wire));
      /* Translators: a layer, and which input of another layer it leads to, as in "dense as query" */
      g_autofree char *words = g_strdup_printf (_("%s as %s"), source, port);

      append_separated (sources, strata_doc_node_get_n_inputs (node) > 1 ? words : source);
    }
  for (guint i = 0; i < outgoing->len; i++)
    append_separated (targets, strata_doc_node_get_name (strata_doc_wire_get_to (g_ptr_array_index (outgoing, i))));

  from = incoming->len > 0 ? g_strdup_printf (_("Takes %s."), sources->str)
                           : g_strdup (strata_doc_node_get_n_inputs (node) > 0 ? _("Takes nothing yet.")
                                                                               : _("Takes the data."));
  to = outgoing->len > 0 ? g_strdup_printf (_("Leads to %s."), targets->str) : g_strdup (_("Leads to no layer."));
  return g_strdup_printf ("%s %s", from, to);
}

/**
 * strata_words_problems:
 *
 * Returns: (nullable): all that there is to say about @node, a line each
 */
char *
strata_words_problems (StrataDocNode *node)
{
  const GPtrArray *diagnostics = strata_doc_node_get_diagnostics (node);
  GString *text;

  if (diagnostics == NULL || diagnostics->len == 0)
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; i < diagnostics->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, strata_diagnostic_get_message (g_ptr_array_index (diagnostics, i)));
    }
  return g_string_free (text, FALSE);
}

/* A number, or an array of them: too many to be told. */
static char *
describe_constant (JsonNode *node)
{
  g_autoptr (StrataTensor) numbers = strata_operands_read_floats (node);
  g_autofree char *dims = NULL;

  if (numbers == NULL || strata_tensor_get_shape (numbers)->rank == 0)
    return strata_json_is_number (node) ? g_strdup_printf ("%g", json_node_get_double (node)) : g_strdup (_("array"));
  dims = join_dims (strata_tensor_get_shape (numbers), 0, strata_tensor_get_shape (numbers)->rank);
  /* Translators: numbers that a layer is called with, and how many, as in "array of 1×4" */
  return g_strdup_printf (_("array of %s"), dims);
}

/* What a layer is called with besides what comes in by wires, behind other words. */
static char *
append_constants (char          *words,
                  StrataDocNode *node)
{
  g_autoptr (GPtrArray) constants = strata_doc_node_dup_constants (node, TRUE);

  for (guint i = 0; i < MIN (constants->len, MOST_WORDS); i++)
    {
      g_autofree char *before = words, *constant = describe_constant (g_ptr_array_index (constants, i));

      words = g_strdup_printf ("%s%s%s", before, *before != '\0' ? " · " : "", constant);
    }
  return words;
}

static char *
describe_group (StrataDocNode *group)
{
  guint n_layers = strata_doc_node_get_n_inside (group);

  return g_strdup_printf (g_dngettext (NULL, "%u layer inside", "%u layers inside", n_layers), n_layers);
}

/**
 * strata_words_card:
 *
 * Returns: what makes this layer differ from others of its class, or else what the class does
 */
char *
strata_words_card (StrataDocNode *node)
{
  const StrataLayerInfo *info = strata_doc_node_get_info (node);
  char *words;

  if (strata_doc_node_is_group (node))
    return describe_group (node);
  words = strata_words_object (STRATA_OBJECT (strata_doc_node_get_layer (node)));
  for (const StrataParam *param = strata_doc_node_get_call_params (node); param->name != NULL; param++)
    {
      g_autoptr (JsonNode) value = strata_doc_node_dup_argument (node, param->name);
      char *before = words;

      if (!json_node_get_boolean (value))
        continue;
      words = g_strdup_printf ("%s%s%s", before, *before != '\0' ? " · " : "", _(param->title));
      g_free (before);
    }
  words = append_constants (words, node);
  if (*words != '\0' || info == NULL || info->object.description == NULL)
    return words;
  g_free (words);
  return g_strdup (_(info->object.description));
}
