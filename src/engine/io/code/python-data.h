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
  STRATA_PYTHON_METHOD,   /* of an object, a list, a dict or a string */
  STRATA_PYTHON_PARTIAL,  /* a function or class with some of its arguments */
  STRATA_PYTHON_OPAQUE,   /* what is only known once code runs, such as data that is loaded */
  STRATA_PYTHON_LAMBDA,   /* the text of an expression of x */
} StrataPythonKind;

/**
 * StrataPythonData:
 * @plain: what is plain; of an opaque value, the array of numbers that it is, if that is known
 * @items: (element-type StrataPythonData): what is in a list or dict; of a function, the values that its last
 *   arguments have where none are given; of a partial call, the arguments
 * @keys: (element-type utf8): the keys of a dict; NULL for a list; the names of a function's arguments, or of the
 *   last arguments of a partial call
 * @object: the object, or that a method is of
 * @owner: what else a method is of, or what is called
 * @symbol: the tensor
 * @path: the path, or the method's name; of a lambda, what it computes; where an unknown value comes from
 * @at: where the function's body begins
 * @scope: which names the function sees
 *
 * A value of Python while code is read.
 */
typedef struct _StrataPythonData StrataPythonData;

struct _StrataPythonData
{
  gatomicrefcount ref_count;
  StrataPythonKind kind;
  JsonNode *plain;
  GPtrArray *items;
  GPtrArray *keys;
  StrataObject *object;
  StrataPythonData *owner;
  StrataSymbol *symbol;
  char *path;
  guint at;
  guint scope;
};

StrataPythonData *strata_python_data_new        (StrataPythonKind kind) G_GNUC_WARN_UNUSED_RESULT;
StrataPythonData *strata_python_data_new_plain  (JsonNode *plain) G_GNUC_WARN_UNUSED_RESULT;
StrataPythonData *strata_python_data_new_number (double number, gboolean whole) G_GNUC_WARN_UNUSED_RESULT;
StrataPythonData *strata_python_data_new_list   (void) G_GNUC_WARN_UNUSED_RESULT;
StrataPythonData *strata_python_data_new_object (StrataObject *object) G_GNUC_WARN_UNUSED_RESULT;
StrataPythonData *strata_python_data_new_tensor (StrataSymbol *symbol) G_GNUC_WARN_UNUSED_RESULT;
StrataPythonData *strata_python_data_new_path   (const char *path) G_GNUC_WARN_UNUSED_RESULT;
StrataPythonData *strata_python_data_new_dict   (void) G_GNUC_WARN_UNUSED_RESULT;
StrataPythonData *strata_python_data_new_none   (void) G_GNUC_WARN_UNUSED_RESULT;
StrataPythonData *strata_python_data_new_truth  (gboolean truth) G_GNUC_WARN_UNUSED_RESULT;
StrataPythonData *strata_python_data_new_string (const char *string) G_GNUC_WARN_UNUSED_RESULT;
StrataPythonData *strata_python_data_new_opaque (const char *path) G_GNUC_WARN_UNUSED_RESULT;
StrataPythonData *strata_python_data_from_json  (JsonNode *node) G_GNUC_WARN_UNUSED_RESULT;
void              strata_python_data_put        (StrataPythonData *self, const char *key, StrataPythonData *value);
StrataPythonData *strata_python_data_ref        (StrataPythonData *self);
void              strata_python_data_unref      (StrataPythonData *self);

gboolean          strata_python_data_is_number  (StrataPythonData *self);
gboolean          strata_python_data_is_none    (StrataPythonData *self);
gboolean          strata_python_data_is_whole   (StrataPythonData *self);
const char       *strata_python_data_get_string (StrataPythonData *self);
const char       *strata_python_data_get_unknown (StrataPythonData *self);
StrataPythonData *strata_python_data_get_item   (StrataPythonData *self, const char *key);
JsonNode         *strata_python_data_to_json    (StrataPythonData *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataPythonData, strata_python_data_unref)

G_END_DECLS
