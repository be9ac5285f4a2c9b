/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/arithmetic.h"

#include <string.h>

#include "widgets/words.h"

/* How a layer's shape follows from that of its input, in numbers. */

static const StrataSpec *
get_input (StrataDocNode *node)
{
  const GPtrArray *wires = strata_doc_node_get_wires (node, TRUE);

  return wires->len == 1 ? strata_doc_wire_get_spec (g_ptr_array_index (wires, 0)) : NULL;
}

static JsonNode *
get_param (StrataDocNode *node,
           const char    *name)
{
  StrataObject *object = STRATA_OBJECT (strata_doc_node_get_layer (node));

  return strata_object_find_param (object, name) != NULL ? strata_object_get_param (object, name) : NULL;
}

/* One number of a parameter that has one for each dimension, or one for all. */
static gint64
get_number (JsonNode *value,
            guint     dimension,
            gint64    fallback)
{
  JsonArray *array;

  if (value == NULL || JSON_NODE_HOLDS_NULL (value))
    return fallback;
  if (JSON_NODE_HOLDS_VALUE (value))
    return json_node_get_int (value);
  if (!JSON_NODE_HOLDS_ARRAY (value))
    return fallback;
  array = json_node_get_array (value);
  return dimension < json_array_get_length (array) ? json_array_get_int_element (array, dimension) : fallback;
}

/* Digits are grouped as everywhere. */
static void
append_count (GString    *text,
              const char *before,
              gint64      count)
{
  g_autofree char *digits = strata_words_count (count);

  g_string_append_printf (text, "%s%s", before, digits);
}

static void
append_division (GString  *text,
                 gboolean  exact,
                 gint64    output)
{
  if (!exact)
    {
      g_string_prepend (text, "⌈");
      g_string_append (text, "⌉");
    }
  append_count (text, " = ", output);
}

/* The way of a window over one dimension: Keras's definition of "valid" and "same". */
static char *
explain_window (gint64   size,
                gint64   window,
                gint64   stride,
                gboolean same,
                gint64   output)
{
  GString *text = g_string_new (NULL);
  gint64 places = same ? size : size - window + 1;

  append_count (text, same ? "" : "(", size);
  if (!same)
    append_count (text, " − ", window);
  append_count (text, same ? " / " : " + 1) / ", stride);
  append_division (text, places % stride == 0, output);
  return g_string_free (text, FALSE);
}

static char *
explain_windows (StrataDocNode    *node,
                 const StrataSpec *input,
                 const StrataSpec *output)
{
  g_autoptr (JsonNode) kernel = get_param (node, "kernel_size"), pool = get_param (node, "pool_size");
  g_autoptr (JsonNode) strides = get_param (node, "strides"), dilation = get_param (node, "dilation_rate");
  g_autoptr (JsonNode) padding = get_param (node, "padding");
  JsonNode *window = kernel != NULL ? kernel : pool;
  const char *border = padding != NULL && JSON_NODE_HOLDS_VALUE (padding) ? json_node_get_string (padding) : NULL;
  GString *text = g_string_new (NULL);

  for (int i = 1; i < input->shape.rank - 1; i++)
    {
      gint64 spread = get_number (dilation, i - 1, 1), size = spread * (get_number (window, i - 1, 1) - 1) + 1;
      gint64 stride = get_number (strides, i - 1, kernel != NULL ? 1 : size);
      g_autofree char *line = NULL;

      if (input->shape.dims[i] < 0 || output->shape.dims[i] < 0 || stride < 1)
        continue;
      line = explain_window (input->shape.dims[i], size, stride, g_strcmp0 (border, "valid") != 0,
                             output->shape.dims[i]);
      if (strstr (text->str, line) == NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
    }
  return g_string_free (text, FALSE);
}

/* All numbers of a sample in a row. */
static char *
explain_product (const StrataSpec *input,
                 const StrataSpec *output)
{
  GString *text = g_string_new (NULL);

  for (int i = 1; i < input->shape.rank; i++)
    append_count (text, i > 1 ? " × " : "", input->shape.dims[i]);
  append_count (text, " = ", output->shape.dims[1]);
  return g_string_free (text, FALSE);
}

/**
 * strata_arithmetic_explain:
 *
 * Returns: (nullable): the sums that lead to the shape of @node's output, such as "(28 − 3 + 1) / 1 = 26"; %NULL where
 *   there is nothing to add up, or sizes are not known
 */
char *
strata_arithmetic_explain (StrataDocNode *node)
{
  const StrataSpec *input = get_input (node), *output = strata_doc_node_get_output_spec (node, 0);
  const char *class_name = strata_doc_node_get_class_name (node);
  StrataObject *object = STRATA_OBJECT (strata_doc_node_get_layer (node));
  char *text = NULL;

  if (input == NULL || output == NULL || strata_doc_node_get_muted (node))
    return NULL;
  if (g_str_equal (class_name, "Flatten") && output->shape.rank == 2 && output->shape.dims[1] > 0)
    return explain_product (input, output);
  if (strstr (class_name, "Transpose") != NULL || input->shape.rank != output->shape.rank || input->shape.rank < 3 ||
      (strata_object_find_param (object, "kernel_size") == NULL &&
       strata_object_find_param (object, "pool_size") == NULL))
    return NULL;
  text = explain_windows (node, input, output);
  if (*text == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}
