/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "kernels/isa.h"
#include "ops/types.h"
#include "tensor/tensor.h"

G_BEGIN_DECLS

#define STRATA_MAX_OUTPUTS 4

/**
 * StrataOpFlags:
 * @STRATA_OP_RANDOM: draws random numbers: is neither folded nor shared
 * @STRATA_OP_VIEW: its output is its first input's memory under another shape
 * @STRATA_OP_LOGITS: softmax and sigmoid: crossentropy reads what went in
 * @STRATA_OP_MOVES: the numbers that come out are among those that went in, but for 0 and infinity
 * @STRATA_OP_EPILOGUE: takes a bias a column as one more input, a tensor that is
 *   added as yet another, and what is done then as a StrataEpilogueKind in its attributes
 */
typedef enum
{
  STRATA_OP_PLAIN = 0,
  STRATA_OP_RANDOM = 1 << 0,
  STRATA_OP_VIEW = 1 << 1,
  STRATA_OP_LOGITS = 1 << 2,
  STRATA_OP_EPILOGUE = 1 << 3,
  STRATA_OP_MOVES = 1 << 4,
} StrataOpFlags;

/**
 * StrataBlock:
 * @in: blocks of the inputs, each of @n numbers, already broadcast
 * @out: where @n results of each output go; may be the same memory as an input
 * @attrs: the node's attributes
 *
 * The kernel of an elementwise op: it sees runs of a few hundred numbers, so
 * that chains of such ops are done in one pass over memory.
 */
typedef void (*StrataBlock) (const float *const *in, float *const *out, gsize n, gconstpointer attrs);

/**
 * StrataOp:
 * @name: lower case, unique
 * @n_inputs: how many inputs, or -1 where it varies
 * @n_outputs: how many outputs
 * @attrs_size: size of its attribute struct, 0 for none; plain data, copied
 * @flags: see [flags@OpFlags]
 * @epilogue_offset: where in the attributes the epilogue is
 * @in_place: for each output one more than the input, of the same size, that it may be
 *   written over; 0 for none. The run then finds the same memory in both
 * @block: for elementwise ops: the kernel for each instruction set; such ops
 *   need no other kernel, and no @infer
 * @infer: sets type and shape of each output of a node from its inputs, or fails
 *   with what was expected and what came; dimensions may be unknown
 * @scratch: bytes of scratch memory a run needs, or %NULL
 * @run: the kernel of other ops
 * @flops: floating-point operations of a run, for profiles and estimates, or %NULL
 * @steps: for ops that TensorFlow makes of several in low precision, each of which rounds: emits those, or %NULL
 * @gradient: emits ops for the gradient of each input into @input_grads (left
 *   %NULL where there is none) from those of the outputs (%NULL where no
 *   gradient arrives); %NULL for ops through which no gradient flows
 */
struct _StrataOp
{
  const char *name;
  int n_inputs;
  int n_outputs;
  gsize attrs_size;
  StrataOpFlags flags;
  gsize epilogue_offset;
  int in_place[STRATA_MAX_OUTPUTS];
  const StrataBlock *block;
  gboolean (*infer) (StrataNode *node, GError **error);
  gsize (*scratch) (const StrataNode *node);
  void (*run) (const StrataRun *run);
  double (*flops) (const StrataNode *node);
  StrataValue *(*steps) (StrataBuilder *b, const StrataNode *node);
  void (*gradient) (StrataBuilder *b, const StrataNode *node, StrataValue *const *grads, StrataValue **input_grads);
};

/**
 * StrataValue:
 * @node: what computes it
 * @index: which of the node's outputs
 * @dtype: element type
 * @precision: float16 or bfloat16 where numbers of float32 are known to be such
 * @shape: its shape; may have unknowns while only shapes are inferred
 * @tensor: its numbers where they are known: constants, and all when running eagerly
 */
struct _StrataValue
{
  StrataNode *node;
  guint index;
  StrataDType dtype;
  StrataDType precision;
  StrataShape shape;
  StrataTensor *tensor;
};

/**
 * StrataScope:
 * @name: the layer, loss, metric or optimizer
 * @outer: (nullable): the layer that it was called by
 *
 * What emits nodes: for messages and profiles.
 */
typedef struct _StrataScope StrataScope;
struct _StrataScope
{
  const char *name;
  const StrataScope *outer;
};

/**
 * StrataPhase:
 * @STRATA_PHASE_FORWARD: layers and losses
 * @STRATA_PHASE_BACKWARD: gradients
 * @STRATA_PHASE_UPDATE: the optimizer
 * @STRATA_PHASE_METRICS: what else is measured of a batch
 * @STRATA_PHASE_TEST: all that is computed of samples that were held out
 * @STRATA_PHASE_DATA: bringing samples
 *
 * What a step of training is for.
 */
typedef enum
{
  STRATA_PHASE_FORWARD,
  STRATA_PHASE_BACKWARD,
  STRATA_PHASE_UPDATE,
  STRATA_PHASE_METRICS,
  STRATA_PHASE_TEST,
  STRATA_PHASE_DATA,
} StrataPhase;

#define STRATA_N_PHASES (STRATA_PHASE_DATA + 1)

/**
 * StrataNode:
 * @op: which op; %NULL for leaves (inputs, constants, variables)
 * @attrs: its attributes
 * @inputs: its inputs
 * @n_inputs: how many
 * @outputs: its outputs
 * @id: its position in the order of recording
 * @scope: the layer that emitted it, kept by the builder, or %NULL
 * @phase: what it is for
 * @precision: the type that its results and those of its gradient are rounded to; float32 for none
 * @rounded: what the narrow op behind it makes of its output, or %NULL
 * @variable: the variable that a leaf reads, or %NULL
 * @name: an input leaf's name, kept by the builder, or %NULL
 */
struct _StrataNode
{
  const StrataOp *op;
  gpointer attrs;
  StrataValue **inputs;
  guint n_inputs;
  StrataValue outputs[STRATA_MAX_OUTPUTS];
  guint id;
  const StrataScope *scope;
  StrataPhase phase;
  StrataDType precision;
  StrataValue *rounded;
  StrataVariable *variable;
  const char *name;
};

/**
 * StrataRun:
 * @node: the node: attributes and shapes, all known
 * @in: memory of the inputs
 * @out: memory of the outputs
 * @scratch: as many bytes as @scratch of the op asked for, aligned to 64
 * @seed: the run's seed, for random ops
 * @step: how many steps came before
 *
 * One execution of a node. Kernels allocate nothing.
 */
struct _StrataRun
{
  const StrataNode *node;
  gconstpointer *in;
  gpointer *out;
  gpointer scratch;
  guint64 seed;
  guint64 step;
};

/* Numbers of one result, at most. */
#define STRATA_MOST_NUMBERS ((gint64) 1 << 40)

/* Cells of one channel that kernels set memory aside for, beside the arrays. */
#define STRATA_MOST_CELLS ((gint64) 1 << 28)

#define STRATA_ATTRS(T, node) ((const T *) (node)->attrs)

const StrataOp *const *strata_op_list         (void);
const StrataOp        *strata_op_lookup       (const char *name);
gboolean               strata_op_is_elementwise (const StrataOp *self);
gboolean               strata_op_infer        (StrataNode *node, GError **error);
gboolean               strata_op_mismatch     (StrataNode *node, GError **error, const char *format,
                                               ...) G_GNUC_PRINTF (3, 4);

/* What others see of a node's only output: for gradients that are told by it. */
static inline StrataValue *
strata_node_get_result (const StrataNode *node)
{
  return node->rounded != NULL ? node->rounded : (StrataValue *) &node->outputs[0];
}

static inline const StrataShape *
strata_node_shape (const StrataNode *node,
                   guint             input)
{
  return &node->inputs[input]->shape;
}

static inline void
strata_node_set_output (StrataNode        *node,
                        guint              index,
                        StrataDType        dtype,
                        const StrataShape *shape)
{
  node->outputs[index].dtype = dtype;
  node->outputs[index].shape = *shape;
}

G_END_DECLS
