/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

/*
 * One function an elementwise op, made from the lists in ops/meson.build:
 * strata_exp (b, x), strata_add (b, x, y), strata_where (b, condition, x, y).
 */
#define STRATA_UNARY(name)                                                 \
  extern const StrataOp strata_op_##name;                                  \
  static inline StrataValue *strata_##name (StrataBuilder *b, StrataValue *x) \
  {                                                                        \
    return strata_builder_emit (b, &strata_op_##name, NULL, &x, 1);        \
  }
#define STRATA_BINARY(name)                                                \
  extern const StrataOp strata_op_##name;                                  \
  static inline StrataValue *strata_##name (StrataBuilder *b, StrataValue *x, StrataValue *y) \
  {                                                                        \
    StrataValue *inputs[] = { x, y };                                      \
                                                                           \
    return strata_builder_emit (b, &strata_op_##name, NULL, inputs, 2);    \
  }
#define STRATA_TERNARY(name)                                               \
  extern const StrataOp strata_op_##name;                                  \
  static inline StrataValue *strata_##name (StrataBuilder *b, StrataValue *x, StrataValue *y, StrataValue *z) \
  {                                                                        \
    StrataValue *inputs[] = { x, y, z };                                   \
                                                                           \
    return strata_builder_emit (b, &strata_op_##name, NULL, inputs, 3);    \
  }
#include "elementwise.inc"
#undef STRATA_UNARY
#undef STRATA_BINARY
#undef STRATA_TERNARY

StrataValue *strata_cast        (StrataBuilder *b, StrataValue *x, StrataDType dtype);
StrataValue *strata_scale       (StrataBuilder *b, StrataValue *x, double factor);
StrataValue *strata_offset      (StrataBuilder *b, StrataValue *x, double summand);
StrataValue *strata_add_bias    (StrataBuilder *b, StrataValue *x, StrataValue *bias);
StrataValue *strata_clip        (StrataBuilder *b, StrataValue *x, double minimum, double maximum);
StrataValue *strata_guard       (StrataBuilder *b, StrataValue *grad, StrataValue *input_grad);

G_END_DECLS
