/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/layer.h"

G_BEGIN_DECLS

typedef struct _StrataOperation StrataOperation;

/**
 * StrataOperands:
 * @b: where ops go
 * @operation: what is called
 * @config: all of its parameters
 * @args: (nullable): positional arguments, tensors as `{"$": index into the call's inputs}`; %NULL for the inputs alone
 * @call: the call; its arguments by name are operands, too
 *
 * One call of an operation.
 */
typedef struct
{
  StrataBuilder *b;
  const StrataOperation *operation;
  JsonObject *config;
  JsonArray *args;
  StrataCall *call;
} StrataOperands;

/**
 * StrataOperationResult:
 * @STRATA_RESULT_FLOAT: always float32
 * @STRATA_RESULT_LIKE: whole numbers where all operands are
 * @STRATA_RESULT_BOOL: true or false
 *
 * The type of what is computed, which is in float32 as a rule.
 */
typedef enum
{
  STRATA_RESULT_FLOAT,
  STRATA_RESULT_LIKE,
  STRATA_RESULT_BOOL,
} StrataOperationResult;

/**
 * StrataOperation:
 * @name: Keras's class, such as "ExpandDims"
 * @module: (nullable): where Keras has the class; %NULL for "keras.src.ops.numpy"
 * @python: (nullable): what calls it in Python; %NULL for keras.ops and the name in lower case
 * @arguments: (nullable): names of what it is called with, parted by commas; a `*` at the end of one that is a
 *   list; %NULL for "x", or "x1,x2" where it is @binary
 * @parameters: (nullable): names of Keras's parameters with defaults in JSON: "axis=null,keepdims=false"
 * @result: type of the result of @unary and @binary
 * @unary, @binary: computes it from tensors of float32
 * @emit: computes it from whatever it is called with
 *
 * One of the functions of `keras.ops`, which functional models hold as nodes.
 */
struct _StrataOperation
{
  const char *name;
  const char *module;
  const char *python;
  const char *arguments;
  const char *parameters;
  StrataOperationResult result;
  StrataValue *(*unary) (StrataBuilder *b, StrataValue *x);
  StrataValue *(*binary) (StrataBuilder *b, StrataValue *x, StrataValue *y);
  void (*emit) (StrataOperands *self);
};

const StrataOperation *strata_operation_find          (const char *name);
const StrataOperation *strata_operation_find_function (const char *path);
char                  *strata_operation_dup_function  (const StrataOperation *self) G_GNUC_WARN_UNUSED_RESULT;
char                 **strata_operation_get_signature (const StrataOperation *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean               strata_operation_has_parameter (const StrataOperation *self, const char *name);
const char            *strata_operation_get_module    (const StrataOperation *self);
char                 **strata_operation_get_arguments (const StrataOperation *self) G_GNUC_WARN_UNUSED_RESULT;
JsonObject            *strata_operation_new_config    (const StrataOperation *self, JsonObject *given,
                                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean               strata_operation_is_default    (const StrataOperation *self, const char *name, JsonNode *value);
void                   strata_operation_call          (StrataOperands *operands);

/* Operands; where one is missing or does not fit, the builder fails */
JsonNode    *strata_operands_find       (StrataOperands *self, guint i);
StrataValue *strata_operands_get        (StrataOperands *self, guint i);
StrataValue *strata_operands_get_float  (StrataOperands *self, guint i);
guint        strata_operands_get_list   (StrataOperands *self, guint i, StrataValue **values, guint most);
StrataDType  strata_operands_get_dtype  (StrataOperands *self);
StrataTensor *strata_operands_read_floats (JsonNode *node) G_GNUC_WARN_UNUSED_RESULT;
void         strata_operands_return     (StrataOperands *self, StrataValue *value, StrataDType dtype);
void         strata_operands_fail       (StrataOperands *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Parameters */
JsonNode    *strata_operands_param      (StrataOperands *self, const char *name);
gboolean     strata_operands_flag       (StrataOperands *self, const char *name);
double       strata_operands_number     (StrataOperands *self, const char *name);
gint64       strata_operands_integer    (StrataOperands *self, const char *name);
int          strata_operands_axis       (StrataOperands *self, const char *name, int rank);
guint        strata_operands_axes       (StrataOperands *self, const char *name, int rank);
gboolean     strata_operands_ints       (StrataOperands *self, const char *name, StrataInts *ints);

G_END_DECLS
