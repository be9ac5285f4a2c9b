/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"

#include "ops/ctc-decode.h"
#include "ops/ctc-loss.h"
#include "ops/elementwise.h"
#include "ops/indexing.h"
#include "ops/reduce.h"
#include "ops/shaping.h"
#include "ops/softmax.h"

/* How far what is told is from what is true, as losses have it, within a model. */

#define EPSILON 1e-7

/* What went into the softmax or sigmoid that made @output, as Keras looks for it; or @output itself. */
static StrataValue *
find_logits (StrataOperands *self,
             StrataValue    *output,
             const char     *op,
             gboolean       *from_logits)
{
  const StrataNode *node = output->node;

  *from_logits = strata_operands_flag (self, "from_logits");
  if (*from_logits || node == NULL || node->op == NULL || !g_str_equal (node->op->name, op))
    return output;
  *from_logits = TRUE;
  return node->inputs[0];
}

/* Target and output, of the same shape. */
static StrataValue *
get_pair (StrataOperands  *self,
          StrataValue    **output)
{
  StrataValue *target = strata_operands_get_float (self, 0);

  *output = strata_operands_get_float (self, 1);
  if (!strata_builder_has_failed (self->b) && !strata_shape_is_compatible (&target->shape, &(*output)->shape))
    strata_operands_fail (self, "takes a target and an output of the same shape");
  return target;
}

static void
emit_binary (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  StrataValue *output, *target = get_pair (self, &output), *one = strata_builder_scalar (b, 1), *yes, *no;
  gboolean from_logits;

  if (strata_builder_has_failed (b))
    return;
  output = find_logits (self, output, "sigmoid", &from_logits);
  if (from_logits)
    {
      strata_operands_return (self,
                              strata_subtract (b, strata_softplus (b, output), strata_multiply (b, output, target)),
                              STRATA_FLOAT32);
      return;
    }
  output = strata_clip (b, output, EPSILON, 1 - EPSILON);
  yes = strata_multiply (b, target, strata_log (b, output));
  no = strata_multiply (b, strata_subtract (b, one, target), strata_log (b, strata_subtract (b, one, output)));
  strata_operands_return (self, strata_negative (b, strata_add (b, yes, no)), STRATA_FLOAT32);
}

static void
emit_categorical (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  StrataValue *output, *target = get_pair (self, &output);
  int axis = strata_operands_axis (self, "axis", output->shape.rank);
  gboolean from_logits;

  if (strata_builder_has_failed (b))
    return;
  output = strata_swap_axes (b, find_logits (self, output, "softmax", &from_logits), axis, -1);
  if (from_logits)
    output = strata_log_softmax (b, output);
  else
    {
      output = strata_divide (b, output, strata_reduce_sum (b, output, 1u << (output->shape.rank - 1), TRUE));
      output = strata_log (b, strata_clip (b, output, EPSILON, 1 - EPSILON));
    }
  output = strata_multiply (b, target, strata_swap_axes (b, output, axis, -1));
  strata_operands_return (self, strata_negative (b, strata_reduce_sum (b, output, 1u << axis, FALSE)), STRATA_FLOAT32);
}

static void
emit_sparse (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  StrataValue *target = strata_operands_get (self, 0), *output = strata_operands_get_float (self, 1);
  int rank = output->shape.rank, axis = strata_operands_axis (self, "axis", rank);
  StrataShape rows = output->shape;
  gboolean from_logits;

  if (!strata_builder_has_failed (b) && axis != rank - 1)
    strata_operands_fail (self, "works along the last axis only");
  if (strata_builder_has_failed (b))
    return;
  if (target->shape.rank == rank && target->shape.dims[rank - 1] == 1)
    target = strata_squeeze (b, target, rank - 1);
  strata_shape_remove (&rows, rank - 1);
  if (output->shape.dims[axis] < 1 || !strata_shape_is_compatible (&target->shape, &rows))
    {
      strata_operands_fail (self, "needs a class for each row of an output whose classes are counted");
      return;
    }
  output = find_logits (self, output, "softmax", &from_logits);
  if (!from_logits)
    output = strata_log (b, strata_clip (b, output, EPSILON, 1 - EPSILON));
  output = strata_multiply (b, strata_one_hot (b, target, output->shape.dims[axis]), strata_log_softmax (b, output));
  strata_operands_return (self, strata_negative (b, strata_reduce_sum (b, output, 1u << axis, FALSE)), STRATA_FLOAT32);
}

/* The class that means silence, counted from 0; the last where none is told. */
static gint64
get_blank (StrataOperands *self,
           StrataValue    *scores)
{
  gint64 blank = strata_operands_param (self, "mask_index") != NULL ? strata_operands_integer (self, "mask_index") : -1;
  gint64 classes = scores->shape.rank == 3 ? scores->shape.dims[2] : -1;

  blank += blank < 0 ? classes : 0;
  if (!strata_builder_has_failed (self->b) && (blank < 0 || blank >= classes))
    strata_operands_fail (self, "needs scores (samples, steps, classes), and a mask_index that is one of the classes");
  return blank;
}

static void
emit_ctc_loss (StrataOperands *self)
{
  StrataValue *labels = strata_operands_get_float (self, 0), *scores = strata_operands_get_float (self, 1);
  StrataValue *lengths[] = { strata_operands_get_float (self, 2), strata_operands_get_float (self, 3) };
  gint64 blank = get_blank (self, scores);

  if (!strata_builder_has_failed (self->b))
    strata_operands_return (self, strata_ctc_loss (self->b, labels, scores, lengths, blank), STRATA_FLOAT32);
}

static void
emit_ctc_decode (StrataOperands *self)
{
  StrataValue *scores = strata_operands_get_float (self, 0), *lengths = strata_operands_get_float (self, 1), *labels;
  StrataValue *totals;
  JsonNode *strategy = strata_operands_param (self, "strategy");
  const char *name = strategy != NULL && JSON_NODE_HOLDS_VALUE (strategy) ? json_node_get_string (strategy) : NULL;
  gboolean greedy = g_strcmp0 (name, "greedy") == 0;
  StrataCtcDecodeOptions options = { .n_beams = 1, .n_paths = 1, .merge_repeated = TRUE };

  options.blank = get_blank (self, scores);
  if (greedy)
    options.merge_repeated = strata_operands_flag (self, "merge_repeated");
  else
    {
      options.n_beams = CLAMP (strata_operands_integer (self, "beam_width"), 0, G_MAXINT16);
      options.n_paths = CLAMP (strata_operands_integer (self, "top_paths"), 0, G_MAXINT16);
    }
  if ((!greedy && g_strcmp0 (name, "beam_search") != 0) || options.n_paths < 1 || options.n_paths > options.n_beams)
    strata_operands_fail (self, "decodes by “greedy”, or by “beam_search” with at least as many beams as paths");
  if (strata_builder_has_failed (self->b))
    return;
  options.greedy = greedy;
  labels = strata_ctc_decode (self->b, scores, lengths, &options, &totals);
  strata_operands_return (self, labels, STRATA_INT32);
  strata_operands_return (self, totals, STRATA_FLOAT32);
}

#define NN .module = "keras.src.ops.nn"

const StrataOperation strata_operations_entropies[] = {
  { .name = "BinaryCrossentropy", NN, .arguments = "target,output", .parameters = "from_logits=false",
    .emit = emit_binary },
  { .name = "CategoricalCrossentropy", NN, .arguments = "target,output", .parameters = "from_logits=false,axis=-1",
    .emit = emit_categorical },
  { .name = "SparseCategoricalCrossentropy", NN, .arguments = "target,output",
    .parameters = "from_logits=false,axis=-1", .emit = emit_sparse },
  { .name = "CTCLoss", NN, .python = "keras.ops.ctc_loss", .arguments = "target,output,target_length,output_length",
    .parameters = "mask_index=0",
    .emit = emit_ctc_loss },
  { .name = "CTCDecode", NN, .python = "keras.ops.ctc_decode", .arguments = "inputs,sequence_lengths",
    .parameters = "strategy=\"greedy\",beam_width=100,top_paths=1,merge_repeated=true,mask_index=0",
    .emit = emit_ctc_decode },
  { NULL },
};
