/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/bits.h"

#include "ops/elementwise.h"
#include "ops/shaping.h"

typedef struct
{
  StrataWholeKind kind;
} Attrs;

extern const StrataOp strata_op_whole;

static gboolean
whole_infer (StrataNode  *node,
             GError     **error)
{
  const StrataValue *x = node->inputs[0], *y = node->inputs[1];

  if ((x->dtype != STRATA_INT32 && x->dtype != STRATA_INT64 && x->dtype != STRATA_UINT8) || y->dtype != x->dtype ||
      !strata_shape_is_compatible (&x->shape, &y->shape))
    return strata_op_mismatch (node, error, "two tensors of whole numbers, of one type");
  strata_node_set_output (node, 0, x->dtype, &x->shape);
  return TRUE;
}

static gint64
get (StrataDType   dtype,
     gconstpointer data,
     gint64        i)
{
  if (dtype == STRATA_INT64)
    return ((const gint64 *) data)[i];
  return dtype == STRATA_INT32 ? ((const gint32 *) data)[i] : ((const guint8 *) data)[i];
}

/* What does not fit loses its upper bits, as in TensorFlow. */
static void
set (StrataDType dtype,
     gpointer    data,
     gint64      i,
     guint64     number)
{
  if (dtype == STRATA_INT64)
    ((guint64 *) data)[i] = number;
  else if (dtype == STRATA_INT32)
    ((guint32 *) data)[i] = number;
  else
    ((guint8 *) data)[i] = number;
}

static guint64
get_size (gint64 x)
{
  return x < 0 ? -(guint64) x : (guint64) x;
}

static guint64
divide_both (gint64 x,
             gint64 y)
{
  guint64 a = get_size (x), b = get_size (y);

  while (b != 0)
    {
      guint64 rest = a % b;

      a = b;
      b = rest;
    }
  return a;
}

static guint64
compute (StrataWholeKind kind,
         gint64          x,
         gint64          y,
         int             n_bits)
{
  switch (kind)
    {
    case STRATA_WHOLE_AND:
      return x & y;
    case STRATA_WHOLE_OR:
      return x | y;
    case STRATA_WHOLE_XOR:
      return x ^ y;
    case STRATA_WHOLE_LEFT_SHIFT:
      return (guint64) x << CLAMP (y, 0, n_bits - 1);
    case STRATA_WHOLE_RIGHT_SHIFT:
      return x >> CLAMP (y, 0, n_bits - 1);
    case STRATA_WHOLE_GCD:
      return divide_both (x, y);
    case STRATA_WHOLE_LCM:
    default:
      return x == 0 || y == 0 ? 0 : get_size (x) * (get_size (y) / divide_both (x, y));
    }
}

static void
whole_run (const StrataRun *run)
{
  StrataDType dtype = run->node->outputs[0].dtype;
  int n_bits = 8 * strata_dtype_get_size (dtype);
  StrataWholeKind kind = STRATA_ATTRS (Attrs, run->node)->kind;

  for (gint64 i = 0, n = strata_shape_get_size (&run->node->outputs[0].shape); i < n; i++)
    set (dtype, run->out[0], i, compute (kind, get (dtype, run->in[0], i), get (dtype, run->in[1], i), n_bits));
}

const StrataOp strata_op_whole = {
  .name = "whole",
  .n_inputs = 2,
  .n_outputs = 1,
  .attrs_size = sizeof (Attrs),
  .infer = whole_infer,
  .run = whole_run,
};

/**
 * strata_whole: (skip)
 * @x: int32, int64 or uint8
 * @y: as @x; each is repeated along dimensions of size 1 to fit the other
 *
 * Returns: (transfer none): of the type of both
 */
StrataValue *
strata_whole (StrataBuilder   *b,
              StrataWholeKind  kind,
              StrataValue     *x,
              StrataValue     *y)
{
  StrataShape shape;

  if (strata_shape_broadcast (&x->shape, &y->shape, &shape))
    {
      x = strata_broadcast_to (b, x, &shape);
      y = strata_broadcast_to (b, y, &shape);
    }
  return strata_builder_emit (b, &strata_op_whole, &(Attrs){ kind }, (StrataValue *[]){ x, y }, 2);
}
