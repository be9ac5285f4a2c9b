/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "kernels/vmath.h"
#include "ops/builder.h"
#include "ops/elementwise.h"
#include "ops/shaping.h"

/*
 * What a file in ops/elementwise/ is made of: the kernel, compiled for each
 * instruction set, and, once, the op with its gradient. Most kernels are an
 * expression of x, y and z; STRATA_BLOCK_FUNCTION is for the others. The index
 * is the same in all blocks, so an output may overwrite an input, which the
 * compiler is told before the loop.
 */
#ifdef __clang__
#define STRATA_INDEPENDENT /* It looks for itself when the loop begins. */
#else
#define STRATA_INDEPENDENT _Pragma ("GCC ivdep")
#endif

#define STRATA_BLOCK_ARGUMENTS (const float *const *in, float *const *out, gsize n, gconstpointer attrs)

#define STRATA_BLOCK_FUNCTION(name)                                       \
  void STRATA_ISA_NAME (strata_block_##name) STRATA_BLOCK_ARGUMENTS;      \
  void STRATA_ISA_NAME (strata_block_##name) STRATA_BLOCK_ARGUMENTS

#define STRATA_BLOCK(name, n_inputs, expression)                                                             \
  STRATA_BLOCK_FUNCTION (name)                                                                               \
  {                                                                                                          \
    const float *a = in[0], *b = n_inputs > 1 ? in[1] : a, *c = n_inputs > 2 ? in[2] : a;                    \
    float *result = out[0];                                                                                  \
    STRATA_INDEPENDENT for (gsize i = 0; i < n; i++)                                                         \
    {                                                                                                        \
      float x = a[i], y = b[i], z = c[i];                                                                    \
      (void) x, (void) y, (void) z;                                                                          \
      result[i] = (expression);                                                                              \
    }                                                                                                        \
  }

#define STRATA_ELEMENTWISE(op_name, inputs, op_gradient, ...) \
  STRATA_ELEMENTWISE_MANY (op_name, inputs, 1, op_gradient, ##__VA_ARGS__)

#define STRATA_ELEMENTWISE_MANY(op_name, inputs, outputs, op_gradient, ...)                                  \
  STRATA_ISA_DECLARE (void, strata_block_##op_name, STRATA_BLOCK_ARGUMENTS)                                  \
  static const StrataBlock op_name##_blocks[] = STRATA_ISA_TABLE (strata_block_##op_name);                   \
  extern const StrataOp strata_op_##op_name;                                                                 \
  const StrataOp strata_op_##op_name = { .name = #op_name, .n_inputs = inputs, .n_outputs = outputs,         \
                                         .block = op_name##_blocks, .gradient = op_gradient, ##__VA_ARGS__ };

#define STRATA_GRADIENT(op_name) \
  static void op_name##_gradient (StrataBuilder *b, const StrataNode *node, StrataValue *const *grads,                 \
                                  StrataValue **input_grads)

/* The node's own result, for gradients that are told by it. */
#define STRATA_RESULT(node) strata_node_get_result (node)
