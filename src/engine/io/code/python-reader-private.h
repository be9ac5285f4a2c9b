/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "io/code/python-data.h"
#include "io/code/python-token.h"
#include "io/code/python.h"

G_BEGIN_DECLS

/**
 * StrataPythonReader:
 * @tokens: (element-type StrataPythonToken): the code
 * @at: the token that is read next
 * @scopes: (element-type GHashTable): names and what they stand for, the innermost last
 * @counts: how many layers of a class were named by Keras itself
 * @shapes: layer -> shape that was given to it as `input_shape`
 * @origins: (element-type StrataPythonOrigin): where layers come from
 * @model: the model that was made or used last outside of functions
 * @returned: what a function returns
 * @depth: how deep functions and brackets are
 * @n_calls: how much was done, so that no code goes on for ever
 * @line: of the token at which reading failed
 *
 * Code while it is read. It is not run: the reader knows a few statements and what Keras's
 * classes are, and puts the model together itself.
 */
typedef struct
{
  GArray *tokens;
  guint at;
  GPtrArray *scopes;
  GHashTable *counts;
  GHashTable *shapes;
  GArray *origins;
  StrataModel *model;
  StrataPythonData *returned;
  guint depth;
  guint n_calls;
  guint line;
  GError **error;
} StrataPythonReader;

/**
 * StrataPythonArguments:
 * @positional: (element-type StrataPythonData): arguments without names
 * @names: (element-type utf8): names of the others
 * @values: (element-type StrataPythonData): and their values
 * @line: where the call begins
 */
typedef struct
{
  GPtrArray *positional, *names, *values;
  guint line;
} StrataPythonArguments;

void              strata_python_arguments_init  (StrataPythonArguments *self);
void              strata_python_arguments_clear (StrataPythonArguments *self);
StrataPythonData *strata_python_arguments_get   (StrataPythonArguments *self, const char *name, int position);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataPythonArguments, strata_python_arguments_clear)

/* python-reader.c */
const StrataPythonToken *strata_python_reader_peek   (StrataPythonReader *self);
gboolean                 strata_python_reader_take   (StrataPythonReader *self, const char *sign);
gboolean                 strata_python_reader_expect (StrataPythonReader *self, const char *sign);
gpointer                 strata_python_reader_fail   (StrataPythonReader *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
gpointer                 strata_python_reader_give_up (StrataPythonReader *self, guint line, GError *error);
StrataPythonData        *strata_python_reader_find   (StrataPythonReader *self, const char *name);
StrataPythonData        *strata_python_reader_run    (StrataPythonReader *self, StrataPythonData *function);
char                    *strata_python_reader_next_name (StrataPythonReader *self, const char *class_name) G_GNUC_WARN_UNUSED_RESULT;
void                     strata_python_reader_note   (StrataPythonReader *self, StrataLayer *layer, int call, guint line, gboolean is_named);

/* python-expression.c */
StrataPythonData *strata_python_read_expression (StrataPythonReader *self);
StrataPythonData *strata_python_read_tuple      (StrataPythonReader *self);

/* python-subscript.c */
StrataPythonData *strata_python_read_subscript  (StrataPythonReader *self, StrataPythonData *owner);

/* python-lambda.c */
StrataPythonData *strata_python_read_lambda     (StrataPythonReader *self);

/* python-class.c */
StrataPythonData *strata_python_make        (StrataPythonReader *self, const char *path, StrataPythonArguments *arguments);
StrataPythonData *strata_python_call_method (StrataPythonReader *self, StrataPythonData *method, StrataPythonArguments *arguments);

/* python-tensor.c */
StrataPythonData *strata_python_call_layer  (StrataPythonReader *self, StrataLayer *layer, StrataPythonArguments *arguments);
StrataPythonData *strata_python_operate     (StrataPythonReader *self, const char *operation, StrataPythonArguments *arguments);
StrataPythonData *strata_python_call_function (StrataPythonReader *self, const char *path, StrataPythonArguments *arguments);

G_END_DECLS
