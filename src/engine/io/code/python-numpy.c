/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>
#include <string.h>

#include "base/json.h"
#include "io/code/python-reader-private.h"

/* Arrays of numbers that code writes out, as layers are called on them: np.ones ((2, 3)). What NumPy makes of data
 * stays unknown. */

#define MAX_TOKENS 20000
#define MAX_NUMBERS 100000

typedef struct
{
  StrataShape shape;
  GArray *numbers; /* of doubles */
  const char *dtype;
} Array;

static void
array_clear (Array *self)
{
  g_clear_pointer (&self->numbers, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Array, array_clear)

/* Returns whether there is room for so many. */
static gboolean
array_init (Array             *self,
            const StrataShape *shape,
            const char        *dtype,
            double             number)
{
  gint64 n = strata_shape_get_size (shape);

  if (n < 0 || n > MAX_NUMBERS)
    return FALSE;
  array_clear (self);
  *self = (Array){ *shape, g_array_sized_new (FALSE, FALSE, sizeof (double), n), dtype };
  for (gint64 i = 0; i < n; i++)
    g_array_append_val (self->numbers, number);
  return TRUE;
}

static JsonNode *
write_number (const Array *self,
              double       number)
{
  JsonNode *node = json_node_alloc ();

  if (g_str_equal (self->dtype, "bool"))
    return json_node_init_boolean (node, number != 0);
  return strstr (self->dtype, "int") != NULL ? json_node_init_int (node, (gint64) number)
                                             : json_node_init_double (node, number);
}

static JsonNode *
write_axis (const Array *self,
            int          axis,
            guint       *next)
{
  JsonArray *list;
  JsonNode *node;

  if (axis == self->shape.rank)
    return write_number (self, g_array_index (self->numbers, double, (*next)++));
  list = json_array_new ();
  for (gint64 i = 0; i < self->shape.dims[axis]; i++)
    json_array_add_element (list, write_axis (self, axis + 1, next));
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, list);
  return node;
}

static StrataPythonData *
array_to_data (const Array *self,
               const char  *path)
{
  JsonObject *object = json_object_new (), *config = json_object_new ();
  StrataPythonData *data;
  guint next = 0;

  if (self->shape.rank == 0 && !g_str_equal (self->dtype, "bool"))
    return strata_python_data_new_number (g_array_index (self->numbers, double, 0),
                                          strstr (self->dtype, "int") != NULL);
  json_object_set_string_member (object, "class_name", "__numpy__");
  json_object_set_object_member (object, "config", config);
  json_object_set_member (config, "value", write_axis (self, 0, &next));
  json_object_set_string_member (config, "dtype", self->dtype);
  data = strata_python_data_new_opaque (path);
  data->plain = strata_json_wrap (object);
  return data;
}

/* Goes through lists in lists, which all must have the same lengths; the kinds of numbers are noted. */
static gboolean
read_numbers (Array    *self,
              JsonNode *node,
              int       axis,
              guint    *kinds)
{
  JsonArray *list;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      gboolean truth = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN;
      double number;

      if (axis != self->shape.rank || (!truth && !strata_json_is_number (node)))
        return FALSE;
      number = truth ? json_node_get_boolean (node) : json_node_get_double (node);
      *kinds |= truth ? 1 : json_node_get_value_type (node) == G_TYPE_INT64 ? 2 : 4;
      g_array_append_val (self->numbers, number);
      return self->numbers->len <= MAX_NUMBERS;
    }
  list = json_node_get_array (node);
  if (axis == self->shape.rank || json_array_get_length (list) != self->shape.dims[axis])
    return FALSE;
  for (guint i = 0; i < json_array_get_length (list); i++)
    if (!read_numbers (self, json_array_get_element (list, i), axis + 1, kinds))
      return FALSE;
  return TRUE;
}

static gboolean
read_array (Array            *self,
            StrataPythonData *data)
{
  static const char *const dtypes[] = { "float64", "bool", "int64", "int64" };
  g_autoptr (JsonNode) node = strata_python_data_to_json (data, NULL);
  guint kinds = 0;

  array_clear (self);
  *self = (Array){ .numbers = g_array_new (FALSE, FALSE, sizeof (double)) };
  for (JsonNode *at = node; at != NULL && JSON_NODE_HOLDS_ARRAY (at) && self->shape.rank < STRATA_MAX_RANK;)
    {
      JsonArray *list = json_node_get_array (at);

      self->shape.dims[self->shape.rank++] = json_array_get_length (list);
      at = json_array_get_length (list) > 0 ? json_array_get_element (list, 0) : NULL;
    }
  if (node == NULL || !read_numbers (self, node, 0, &kinds) || self->numbers->len == 0)
    return FALSE;
  self->dtype = kinds < 4 ? dtypes[kinds] : "float64";
  if (data->kind == STRATA_PYTHON_OPAQUE)
    self->dtype = g_intern_string (strata_json_get_string (strata_json_get_object (json_node_get_object (data->plain),
                                                                                   "config"), "dtype", "float64"));
  return TRUE;
}

/* A type by its name, by Python's class, or as a member of NumPy; NULL for others. */
static const char *
get_dtype (StrataPythonData *data)
{
  static const char *const words[][2] = {
    { "bool", "bool" }, { "bool_", "bool" }, { "int", "int64" }, { "float", "float64" }, { "int32", "int32" },
    { "int64", "int64" }, { "float16", "float16" }, { "float32", "float32" }, { "float64", "float64" },
    { "f", "float32" }, { "f4", "float32" }, { "single", "float32" }, { "double", "float64" }, { "uint8", "uint8" },
  };
  const char *name = strata_python_data_get_string (data);

  if (name == NULL && data->path != NULL)
    name = strrchr (data->path, '.') != NULL ? strrchr (data->path, '.') + 1 : data->path;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i][0], name) == 0)
      return words[i][1];
  return NULL;
}

static gboolean
read_shape (StrataPythonData *data,
            StrataShape      *shape)
{
  g_autoptr (JsonNode) node = data != NULL ? strata_python_data_to_json (data, NULL) : NULL;
  GError *error = NULL;

  if (node != NULL && strata_json_is_number (node))
    *shape = (StrataShape){ .rank = 1, .dims = { json_node_get_int (node) } };
  else if (node == NULL || !strata_shape_from_json (node, shape, &error))
    {
      g_clear_error (&error);
      return FALSE;
    }
  return strata_shape_get_size (shape) > 0;
}

static gboolean
make_eye (Array            *self,
          StrataPythonData *size)
{
  gint64 n = size != NULL && strata_python_data_is_whole (size) ? json_node_get_int (size->plain) : 0;
  StrataShape shape = { .rank = 2, .dims = { n, n } };

  if (n <= 0 || n > MAX_NUMBERS || !array_init (self, &shape, "float64", 0))
    return FALSE;
  for (gint64 i = 0; i < n; i++)
    g_array_index (self->numbers, double, i * n + i) = 1;
  return TRUE;
}

/* Zeros above the diagonal, or below it. */
static gboolean
make_triangle (Array            *self,
               StrataPythonData *data,
               StrataPythonData *offset,
               gboolean          lower)
{
  gint64 k = offset != NULL && strata_python_data_is_whole (offset) ? json_node_get_int (offset->plain) : 0;
  gint64 rows, columns;

  if (data == NULL || !read_array (self, data) || self->shape.rank < 2)
    return FALSE;
  rows = self->shape.dims[self->shape.rank - 2];
  columns = self->shape.dims[self->shape.rank - 1];
  for (guint i = 0; i < self->numbers->len; i++)
    if (lower ? i % columns > i / columns % rows + k : i % columns < i / columns % rows + k)
      g_array_index (self->numbers, double, i) = 0;
  return TRUE;
}

static gboolean
make_range (Array            *self,
            StrataPythonData *end)
{
  gint64 n = end != NULL && strata_python_data_is_whole (end) ? json_node_get_int (end->plain) : 0;
  StrataShape shape = { .rank = 1, .dims = { n } };

  if (n <= 0 || n > MAX_NUMBERS || !array_init (self, &shape, "int64", 0))
    return FALSE;
  for (gint64 i = 0; i < n; i++)
    g_array_index (self->numbers, double, i) = (double) i;
  return TRUE;
}

static gboolean
make_filled (Array            *self,
             StrataPythonData *size,
             StrataPythonData *number)
{
  StrataShape shape;
  gboolean whole = number != NULL && strata_python_data_is_whole (number);

  return number != NULL && strata_python_data_is_number (number) && read_shape (size, &shape) &&
         array_init (self, &shape, whole ? "int64" : "float64", json_node_get_double (number->plain));
}

static gboolean
make_even (Array            *self,
           StrataPythonData *size,
           double            number)
{
  StrataShape shape;

  return read_shape (size, &shape) && array_init (self, &shape, "float64", number);
}

/* What a name of a type makes of a number, and what functions of numbers give. */
static gboolean
make_scalar (Array            *self,
             const char       *name,
             StrataPythonData *number)
{
  static const struct
  {
    const char *name;
    double (*compute) (double);
  } functions[] = { { "sqrt", sqrt }, { "log", log }, { "exp", exp }, { "ceil", ceil }, { "floor", floor } };
  const StrataShape scalar = { .rank = 0 };

  if (number == NULL || !strata_python_data_is_number (number) ||
      !array_init (self, &scalar, "float64", json_node_get_double (number->plain)))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    if (g_str_equal (functions[i].name, name))
      {
        double *value = &g_array_index (self->numbers, double, 0);

        *value = functions[i].compute (*value);
        return isfinite (*value);
      }
  return FALSE;
}

static gboolean
make (Array                 *self,
      const char            *name,
      StrataPythonArguments *arguments)
{
  StrataPythonData *first = strata_python_arguments_get (arguments, "shape", 0),
                   *second = strata_python_arguments_get (arguments, "fill_value", 1);

  if (g_str_equal (name, "array") || g_str_equal (name, "asarray") || g_str_equal (name, "constant"))
    return first != NULL && read_array (self, first);
  if (g_str_equal (name, "zeros") || g_str_equal (name, "ones"))
    return make_even (self, first, g_str_equal (name, "ones"));
  if (g_str_equal (name, "full"))
    return make_filled (self, first, second);
  if (g_str_equal (name, "eye") || g_str_equal (name, "identity"))
    return make_eye (self, first);
  if (g_str_equal (name, "tril") || g_str_equal (name, "triu"))
    return make_triangle (self, first, strata_python_arguments_get (arguments, "k", 1), g_str_equal (name, "tril"));
  if (g_str_equal (name, "arange"))
    return arguments->positional->len == 1 && make_range (self, first);
  return make_scalar (self, name, first);
}

/* Where the type comes among the arguments. */
static int
get_dtype_place (const char *name)
{
  static const struct
  {
    const char *name;
    int place;
  } places[] = { { "array", 1 }, { "asarray", 1 }, { "constant", 1 }, { "zeros", 1 }, { "ones", 1 }, { "full", 2 } };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_equal (places[i].name, name))
      return places[i].place;
  return -1;
}

static const char *
get_function (const char *path)
{
  static const char *const modules[] = { "numpy.", "math.", "tensorflow.constant" };

  for (guint i = 0; i < G_N_ELEMENTS (modules); i++)
    if (g_str_has_prefix (path, modules[i]))
      return strrchr (path, '.') + 1;
  return NULL;
}

/**
 * strata_python_may_be_array: (skip)
 * @callee: what is called; its opening bracket was taken
 *
 * Returns: whether all that is in the brackets is known, so that it can be read without a mistake of its own
 */
gboolean
strata_python_may_be_array (StrataPythonReader *self,
                            StrataPythonData   *callee)
{
  static const char *const words[] = { "True", "False", "None", "bool", "int", "float", NULL };
  int depth = 1;

  if (callee->kind != STRATA_PYTHON_PATH || get_function (callee->path) == NULL)
    return FALSE;
  for (guint i = self->at; i < self->at + MAX_TOKENS; i++)
    {
      const StrataPythonToken *token = &g_array_index (self->tokens, StrataPythonToken, i);
      StrataPythonData *data;
      gboolean member = i > 0 && g_strcmp0 (token[-1].text, ".") == 0;

      if (token->type == STRATA_PYTHON_SIGN && strchr ("([{", token->text[0]) != NULL)
        depth++;
      else if (token->type == STRATA_PYTHON_SIGN && strchr (")]}", token->text[0]) != NULL && --depth == 0)
        return TRUE;
      if (token->type == STRATA_PYTHON_SIGN || token->type == STRATA_PYTHON_VALUE || member ||
          (token->type == STRATA_PYTHON_NAME && g_strcmp0 (token[1].text, "=") == 0))
        continue;
      if (token->type != STRATA_PYTHON_NAME)
        return FALSE;
      data = strata_python_reader_find (self, token->text);
      if (!g_strv_contains (words, token->text) &&
          (data == NULL || (data->kind == STRATA_PYTHON_PATH ? get_function (data->path) == NULL &&
                            !g_str_equal (data->path, "numpy") && !g_str_equal (data->path, "math")
                            : data->kind != STRATA_PYTHON_PLAIN && data->kind != STRATA_PYTHON_LIST &&
                            data->kind != STRATA_PYTHON_OPAQUE)))
        return FALSE;
    }
  return FALSE;
}

/**
 * strata_python_make_array: (skip)
 * @path: a function of NumPy's, such as "numpy.ones"
 *
 * Returns: (transfer full) (nullable): the array, or %NULL where it is not known
 */
StrataPythonData *
strata_python_make_array (const char            *path,
                          StrataPythonArguments *arguments)
{
  const char *name = get_function (path);
  StrataPythonData *dtype = strata_python_arguments_get (arguments, "dtype", get_dtype_place (name));
  g_auto (Array) array = { .numbers = NULL };
  const char *type = get_dtype (&(StrataPythonData){ .path = (char *) name });

  if (type != NULL && arguments->positional->len == 1 &&
      read_array (&array, g_ptr_array_index (arguments->positional, 0)))
    array.dtype = type;
  else if (!make (&array, name, arguments))
    return NULL;
  if (g_str_equal (name, "constant"))
    array.dtype = g_str_equal (array.dtype, "float64") ? "float32" : g_str_equal (array.dtype, "int64") ? "int32"
                                                                                                       : array.dtype;
  if (dtype != NULL && !strata_python_data_is_none (dtype) && (array.dtype = get_dtype (dtype)) == NULL)
    return NULL;
  return array_to_data (&array, path);
}
