/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/shaping.h"

#include <string.h>

typedef struct
{
  int permutation[STRATA_MAX_RANK];
} Attrs;

extern const StrataOp strata_op_transpose;

static gboolean
transpose_infer (StrataNode  *node,
                 GError     **error)
{
  const int *permutation = STRATA_ATTRS (Attrs, node)->permutation;
  const StrataShape *x = strata_node_shape (node, 0);
  StrataShape shape = { .rank = x->rank };
  guint seen = 0;

  for (int i = 0; i < x->rank; i++)
    {
      if (permutation[i] < 0 || permutation[i] >= x->rank || (seen & 1u << permutation[i]))
        return strata_op_mismatch (node, error, "each of its %d dimensions once", x->rank);
      seen |= 1u << permutation[i];
      shape.dims[i] = x->dims[permutation[i]];
    }
  strata_node_set_output (node, 0, node->inputs[0]->dtype, &shape);
  return TRUE;
}

static void
copy_element (char       *target,
              const char *source,
              gsize       size)
{
  if (size == 4)
    memcpy (target, source, 4);
  else
    memcpy (target, source, size);
}

static void
transpose_run (const StrataRun *run)
{
  const int *permutation = STRATA_ATTRS (Attrs, run->node)->permutation;
  const StrataShape *x = strata_node_shape (run->node, 0), *y = &run->node->outputs[0].shape;
  gsize size = strata_dtype_get_size (run->node->inputs[0]->dtype);
  gint64 strides[STRATA_MAX_RANK], index[STRATA_MAX_RANK] = { 0 }, n = strata_shape_get_size (y), inner;
  const char *source = run->in[0];
  char *target = run->out[0];

  if (n == 0)
    return;
  for (int i = 0; i < y->rank; i++)
    strides[i] = strata_shape_get_span (x, permutation[i] + 1, x->rank) * size;

  inner = y->rank > 0 ? y->dims[y->rank - 1] : 1;
  for (gint64 done = 0; done < n; done += inner)
    {
      gint64 stride = y->rank > 0 ? strides[y->rank - 1] : 0;

      for (gint64 i = 0; i < inner; i++, target += size)
        copy_element (target, source + i * stride, size);
      for (int i = y->rank - 2; i >= 0; i--)
        {
          source += strides[i];
          if (++index[i] < y->dims[i])
            break;
          source -= index[i] * strides[i];
          index[i] = 0;
        }
    }
}

static void
transpose_gradient (StrataBuilder       *b,
                    const StrataNode    *node,
                    StrataValue *const  *grads,
                    StrataValue        **input_grads)
{
  int inverse[STRATA_MAX_RANK];

  for (int i = 0; i < grads[0]->shape.rank; i++)
    inverse[STRATA_ATTRS (Attrs, node)->permutation[i]] = i;
  input_grads[0] = strata_transpose (b, grads[0], inverse);
}

const StrataOp strata_op_transpose = {
  .name = "transpose",
  .n_inputs = 1,
  .n_outputs = 1,
  .attrs_size = sizeof (Attrs),
  .infer = transpose_infer,
  .run = transpose_run,
  .gradient = transpose_gradient,
};

/**
 * strata_transpose:
 * @permutation: for each dimension of the result, which of @x it is
 *
 * Returns: (transfer none): @x with its dimensions in another order
 */
StrataValue *
strata_transpose (StrataBuilder *b,
                  StrataValue   *x,
                  const int     *permutation)
{
  Attrs attrs = { { 0 } };

  memcpy (attrs.permutation, permutation, x->shape.rank * sizeof permutation[0]);
  return strata_builder_emit (b, &strata_op_transpose, &attrs, &x, 1);
}
