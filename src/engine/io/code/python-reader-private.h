/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "io/code/python-data.h"
#include "io/code/python-token.h"
#include "io/code/python.h"

G_BEGIN_DECLS

/* Where code goes on when a line is done. */
typedef enum
{
  STRATA_PYTHON_GO_ON,
  STRATA_PYTHON_BREAK,
  STRATA_PYTHON_CONTINUE,
  STRATA_PYTHON_RETURN,
} StrataPythonJump;

/**
 * StrataPythonScope:
 * @names: (element-type utf8 StrataPythonData): names and what they stand for
 * @outer: the scope around it, by its number
 * @is_kept: whether a function that is defined in it may be called later
 */
typedef struct
{
  GHashTable *names;
  guint outer;
  gboolean is_kept;
} StrataPythonScope;

/**
 * StrataPythonReader:
 * @code: (element-type StrataPythonToken): the code
 * @tokens: (element-type StrataPythonToken): what is read of: the code, or a part of a string
 * @at: the token that is read next
 * @scopes: (element-type StrataPythonScope): the first is that of the whole code
 * @scope: the one that names are looked up in
 * @counts: how many layers of a class were named by Keras itself
 * @shapes: layer -> shape that was given to it as `input_shape`
 * @origins: (element-type StrataPythonOrigin): where layers come from
 * @model: the model that was made or used last outside of functions
 * @inner: the one that was made last in a function
 * @returned: what a function returns
 * @jump: whether a block ends before its last line
 * @loops: how many loops of a function the present line is in
 * @depth: how deep functions and brackets are
 * @spent: how much was done, so that no code goes on for ever
 * @line: of the token at which reading failed
 *
 * Code while it is read. It is not run: the reader knows a few statements and what Keras's
 * classes are, and puts the model together itself.
 */
typedef struct
{
  GArray *code, *tokens;
  guint at;
  GPtrArray *scopes;
  guint scope;
  GHashTable *counts;
  GHashTable *shapes;
  GArray *origins;
  StrataModel *model, *inner;
  StrataPythonData *returned;
  StrataPythonJump jump;
  guint loops;
  guint depth;
  guint64 spent;
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
gboolean                 strata_python_reader_is     (StrataPythonReader *self, const char *text);
gboolean                 strata_python_reader_take   (StrataPythonReader *self, const char *sign);
const char              *strata_python_reader_take_name (StrataPythonReader *self);
gboolean                 strata_python_reader_expect (StrataPythonReader *self, const char *sign);
gpointer                 strata_python_reader_fail   (StrataPythonReader *self, const char *format,
                                                      ...) G_GNUC_PRINTF (2, 3);
gpointer                 strata_python_reader_give_up (StrataPythonReader *self, guint line, GError *error);
gpointer                 strata_python_reader_not_known (StrataPythonReader *self, const char *path);
gboolean                 strata_python_reader_spend  (StrataPythonReader *self, guint64 n);
StrataPythonData        *strata_python_reader_find   (StrataPythonReader *self, const char *name);
void                     strata_python_reader_use    (StrataPythonReader *self, StrataModel *model);
void                     strata_python_reader_bind   (StrataPythonReader *self, const char *name,
                                                      StrataPythonData *data);
guint                    strata_python_reader_enter  (StrataPythonReader *self, guint outer);
void                     strata_python_reader_leave  (StrataPythonReader *self, guint before);
char                    *strata_python_reader_next_name (StrataPythonReader *self,
                                                         const char *class_name) G_GNUC_WARN_UNUSED_RESULT;
void                     strata_python_reader_note   (StrataPythonReader *self, StrataLayer *layer, int call,
                                                      guint line, gboolean is_named);

/* python-scan.c */
guint             strata_python_scan            (StrataPythonReader *self, const char *const *words);
void              strata_python_skip_value      (StrataPythonReader *self);
void              strata_python_skip_brackets   (StrataPythonReader *self);
void              strata_python_skip_suite      (StrataPythonReader *self);

/* python-statement.c */
gboolean          strata_python_read_suite      (StrataPythonReader *self);
gboolean          strata_python_read_block      (StrataPythonReader *self);

/* python-assignment.c */
gboolean          strata_python_read_assignment (StrataPythonReader *self);
gboolean          strata_python_assign          (StrataPythonReader *self, StrataPythonData *value);

/* python-flow.c */
gboolean          strata_python_read_if         (StrataPythonReader *self);
gboolean          strata_python_read_for        (StrataPythonReader *self);

/* python-function.c */
gboolean          strata_python_read_function   (StrataPythonReader *self);
StrataPythonData *strata_python_run             (StrataPythonReader *self, StrataPythonData *function,
                                                 StrataPythonArguments *arguments);

/* python-condition.c */
StrataPythonData *strata_python_read_expression (StrataPythonReader *self);
StrataPythonData *strata_python_read_condition  (StrataPythonReader *self);
StrataPythonData *strata_python_read_tuple      (StrataPythonReader *self);
gboolean          strata_python_judge           (StrataPythonReader *self, StrataPythonData *data, gboolean *truth);

/* python-comparison.c */
StrataPythonData *strata_python_read_comparison (StrataPythonReader *self);

/* python-expression.c */
StrataPythonData *strata_python_read_sum        (StrataPythonReader *self);
StrataPythonData *strata_python_combine         (StrataPythonReader *self, const char *sign, StrataPythonData *a,
                                                 StrataPythonData *b);

/* python-primary.c */
StrataPythonData *strata_python_read_primary    (StrataPythonReader *self);
StrataPythonData *strata_python_read_step       (StrataPythonReader *self, StrataPythonData *owner, guint line);

/* python-items.c */
StrataPythonData *strata_python_read_items      (StrataPythonReader *self, const char *end);
StrataPythonData *strata_python_read_dict       (StrataPythonReader *self);
StrataPythonData *strata_python_list            (StrataPythonReader *self, StrataPythonData *data);
gboolean          strata_python_may_hold        (StrataPythonReader *self, StrataPythonData *list,
                                                 StrataPythonData *value);

/* python-attribute.c */
StrataPythonData *strata_python_read_attribute  (StrataPythonReader *self, StrataPythonData *owner);

/* python-builtin.c */
gboolean          strata_python_is_builtin      (const char *name);
StrataPythonData *strata_python_call_builtin    (StrataPythonReader *self, const char *name,
                                                 StrataPythonArguments *arguments);

/* python-method.c */
StrataPythonData *strata_python_call_collection (StrataPythonReader *self, StrataPythonData *method,
                                                 StrataPythonArguments *arguments);

/* python-format.c */
StrataPythonData *strata_python_read_part       (StrataPythonReader *self, const char *code);
StrataPythonData *strata_python_format          (StrataPythonReader *self, const char *text);
StrataPythonData *strata_python_fill_in         (StrataPythonReader *self, const char *text,
                                                 StrataPythonArguments *arguments);
StrataPythonData *strata_python_percent         (StrataPythonReader *self, const char *text, StrataPythonData *values);
char             *strata_python_dup_text        (StrataPythonReader *self, StrataPythonData *data);

/* python-subscript.c */
StrataPythonData *strata_python_read_subscript  (StrataPythonReader *self, StrataPythonData *owner);

/* python-lambda.c */
StrataPythonData *strata_python_read_lambda     (StrataPythonReader *self);

/* python-application.c */
#define STRATA_PYTHON_APPLICATIONS "keras.applications."

StrataPythonData *strata_python_call_application (StrataPythonReader *self, const char *path,
                                                  StrataPythonArguments *arguments);

/* python-class.c */
StrataPythonData *strata_python_make            (StrataPythonReader *self, const char *path,
                                                 StrataPythonArguments *arguments);
gboolean          strata_python_add_value       (StrataPythonReader *self, JsonObject *config, const char *name,
                                                 StrataPythonData *data, guint line);

/* python-numpy.c */
gboolean          strata_python_may_be_array    (StrataPythonReader *self, StrataPythonData *callee);
StrataPythonData *strata_python_make_array      (const char *path, StrataPythonArguments *arguments);

/* python-model.c */
StrataPythonData *strata_python_make_sequential (StrataPythonReader *self, StrataPythonArguments *arguments);
StrataPythonData *strata_python_make_functional (StrataPythonReader *self, StrataPythonArguments *arguments);
StrataPythonData *strata_python_call_method     (StrataPythonReader *self, StrataPythonData *method,
                                                 StrataPythonArguments *arguments);

/* python-tensor.c */
StrataPythonData *strata_python_call_layer      (StrataPythonReader *self, StrataLayer *layer,
                                                 StrataPythonArguments *arguments);
StrataPythonData *strata_python_operate         (StrataPythonReader *self, const char *operation,
                                                 StrataPythonArguments *arguments);
StrataPythonData *strata_python_call_function   (StrataPythonReader *self, const char *path,
                                                 StrataPythonArguments *arguments);

G_END_DECLS
