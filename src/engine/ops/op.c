/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/op.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"

extern const StrataOp *const strata_op_table[];

/**
 * strata_op_list: (skip)
 *
 * Returns: every op, %NULL-terminated
 */
const StrataOp *const *
strata_op_list (void)
{
  return strata_op_table;
}

const StrataOp *
strata_op_lookup (const char *name)
{
  for (guint i = 0; strata_op_table[i] != NULL; i++)
    if (g_str_equal (strata_op_table[i]->name, name))
      return strata_op_table[i];
  return NULL;
}

gboolean
strata_op_is_elementwise (const StrataOp *self)
{
  return self != NULL && self->block != NULL;
}

/**
 * strata_op_mismatch: (skip)
 * @format: what was expected
 *
 * Sets @error to a sentence that names the op, what it expects and the shapes that came.
 * Returns: %FALSE
 */
gboolean
strata_op_mismatch (StrataNode  *node,
                    GError     **error,
                    const char  *format,
                    ...)
{
  g_autoptr (GString) received = g_string_new (NULL);
  g_autofree char *expected = NULL;
  va_list args;

  va_start (args, format);
  expected = g_strdup_vprintf (_(format), args);
  va_end (args);

  for (guint i = 0; i < node->n_inputs; i++)
    {
      g_autofree char *shape = strata_shape_to_string (strata_node_shape (node, i));

      g_string_append_printf (received, "%s%s", i == 0 ? "" : i + 1 == node->n_inputs ? " and " : ", ", shape);
    }
  strata_set_error (error, STRATA_ERROR_SHAPE, "%s expected %s, received %s", node->op->name, expected,
                    received->str);
  return FALSE;
}

/* Elementwise ops take float32 of shapes that broadcast. */
static gboolean
infer_elementwise (StrataNode  *node,
                   GError     **error)
{
  StrataShape shape = STRATA_SCALAR;

  for (guint i = 0; i < node->n_inputs; i++)
    {
      if (node->inputs[i]->dtype != STRATA_FLOAT32)
        {
          strata_set_error (error, STRATA_ERROR_TYPE, "%s expected float32, received %s", node->op->name,
                            strata_dtype_get_name (node->inputs[i]->dtype));
          return FALSE;
        }
      if (!strata_shape_broadcast (&shape, strata_node_shape (node, i), &shape))
        return strata_op_mismatch (node, error, "shapes that are equal or 1 in each dimension");
    }
  for (int i = 0; i < node->op->n_outputs; i++)
    strata_node_set_output (node, i, STRATA_FLOAT32, &shape);
  return TRUE;
}

/**
 * strata_op_infer: (skip)
 *
 * Sets the types and shapes of a node's outputs.
 */
gboolean
strata_op_infer (StrataNode  *node,
                 GError     **error)
{
  if (strata_op_is_elementwise (node->op))
    return infer_elementwise (node, error);
  return node->op->infer (node, error);
}
