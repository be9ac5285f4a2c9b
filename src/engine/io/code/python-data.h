/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/symbol.h"
#include "models/model.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_PYTHON_PLAIN,    /* None, True, a number, a string */
  STRATA_PYTHON_LIST,     /* also a tuple */
  STRATA_PYTHON_DICT,
  STRATA_PYTHON_OBJECT,   /* of a class of Keras's: a layer, a model, a loss, ... */
  STRATA_PYTHON_TENSOR,
  STRATA_PYTHON_PATH,     /* a module, class or function by its name: "keras.layers.Dense" */
  STRATA_PYTHON_FUNCTION, /* one that the code defines */
  STRATA_PYTHON_METHOD,   /* of an object */
  STRATA_PYTHON_LAMBDA,   /* the text of an expression of x */
} StrataPythonKind;

/**
 * StrataPythonData:
 * @plain: what is plain
 * @items: (element-type StrataPythonData): what is in a list or dict
 * @keys: (element-type utf8): the keys of a dict; NULL for a list
 * @object: the object, or that a method is of
 * @symbol: the tensor
 * @path: the path, or the method's name; of a lambda, what it computes
 * @at: where the function's body begins
 *
 * A value of Python while code is read.
 */
typedef struct
{
  gatomicrefcount ref_count;
  StrataPythonKind kind;
  JsonNode *plain;
  GPtrArray *items;
  GPtrArray *keys;
  StrataObject *object;
  StrataSymbol *symbol;
  char *path;
  guint at;
} StrataPythonData;

StrataPythonData *strata_python_data_new        (StrataPythonKind kind) G_GNUC_WARN_UNUSED_RESULT;
StrataPythonData *strata_python_data_new_plain  (JsonNode *plain) G_GNUC_WARN_UNUSED_RESULT;
StrataPythonData *strata_python_data_new_number (double number, gboolean whole) G_GNUC_WARN_UNUSED_RESULT;
StrataPythonData *strata_python_data_new_list   (void) G_GNUC_WARN_UNUSED_RESULT;
StrataPythonData *strata_python_data_new_object (StrataObject *object) G_GNUC_WARN_UNUSED_RESULT;
StrataPythonData *strata_python_data_new_tensor (StrataSymbol *symbol) G_GNUC_WARN_UNUSED_RESULT;
StrataPythonData *strata_python_data_new_path   (const char *path) G_GNUC_WARN_UNUSED_RESULT;
StrataPythonData *strata_python_data_ref        (StrataPythonData *self);
void              strata_python_data_unref      (StrataPythonData *self);

gboolean          strata_python_data_is_number  (StrataPythonData *self);
gboolean          strata_python_data_is_none    (StrataPythonData *self);
JsonNode         *strata_python_data_to_json    (StrataPythonData *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataPythonData, strata_python_data_unref)

G_END_DECLS
